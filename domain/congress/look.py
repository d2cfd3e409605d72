"""What a congress looks like to whoever opens its pages: a seal-like mark, a public name, a colour, a contact line."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.shared import Invalid

LONGEST_PUBLIC_NAME = 40
LONGEST_CONTACT = 120
_EMBLEM = re.compile(r"[\u3400-\u9fffA-Z0-9]{1,4}")
_ENDINGS = ("人民代表大会", "居民议事会", "人大常委会", "议事会", "人大")


class Colour(StrEnum):
    """The colours to choose from. Each is dark enough for white letters on it and for itself on white."""

    CRIMSON = "crimson"
    INDIGO = "indigo"
    PINE = "pine"
    PLUM = "plum"
    UMBER = "umber"
    SLATE = "slate"


@dataclass(frozen=True, slots=True, kw_only=True)
class CongressLookChosen:
    """The mark, name, colour and contact line on the pages and papers of a congress from now on."""

    emblem: str
    """One to four characters, drawn like a seal."""
    public_name: str
    """What the public reads instead of the full name; empty: the full name."""
    colour: Colour
    contact: str
    """The office's public address and telephone in one line; never a person's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was chosen last."""

    emblem: str
    public_name: str
    colour: Colour
    contact: str


def emblem_from(short_name: str) -> str:
    """The mark of a congress that has chosen none: the first two characters of its place, 青城 for 青城市人大."""
    place = short_name
    for ending in _ENDINGS:
        place = place.removesuffix(ending)
    return (place or short_name)[:2]


def choose_look(*, emblem: str, public_name: str, colour: Colour, contact: str) -> CongressLookChosen:
    """Raises Invalid (emblem, public_name, contact)."""
    emblem, public_name, contact = "".join(emblem.split()), public_name.strip(), contact.strip()
    if not _EMBLEM.fullmatch(emblem):
        raise Invalid(field="emblem", reason="emblem", value=emblem)
    if len(public_name) > LONGEST_PUBLIC_NAME:
        raise Invalid(field="public_name", reason="too_long", value=str(LONGEST_PUBLIC_NAME))
    if len(contact) > LONGEST_CONTACT:
        raise Invalid(field="contact", reason="too_long", value=str(LONGEST_CONTACT))
    return CongressLookChosen(emblem=emblem, public_name=public_name, colour=colour, contact=contact)
