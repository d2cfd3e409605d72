"""Ballot cards of one set, printed on A4 and cut; the sheets are streamed once and never stored (ballot.md, step 3).

The cards lie on the sheets in the order of their own random secrets, never in the order in which they were made or
in which their hashes are kept. They carry no number: nothing on a card or about its place leads to who drew it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.polls.card import MistypedCode, Secret, printed_code, read_secret
from domain.polls.card_set import PrintAs, SetName
from domain.shared import Invalid
from interfaces.documents.typesetting import qr_svg, typeset

CARDS_A_SHEET: Final = 8

INKS: Final[Mapping[str, str]] = {
    "红": "#b42318",
    "橙": "#b45309",
    "绿": "#1a7f4b",
    "青": "#0f766e",
    "蓝": "#1f5fa8",
    "紫": "#6d3fa9",
    "粉": "#b83280",
    "棕": "#7a4a21",
    "灰": "#57606a",
}
"""The colours a set may have, by their words; white letters on each have a contrast above 4.5 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheets:
    """A set as the scrutineers' station prints it.

    The colour of `name` is one of INKS (with or without 色), and its word stands on the card as well, so that sets
    are told apart in black and white. `address` is the public address of the installation; `poll` stays empty for
    spare sets, which are bound to a poll later.
    """

    session: str
    poll: str = ""
    name: SetName
    print_as: PrintAs
    address: str
    secrets: tuple[Secret, ...]
    rehearsal: bool = False
    """Every card says 演练 across itself: it serves no real poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    qr: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    title: str
    session: str
    poll: str
    name: str
    number: int
    ink: str
    scanned_by_address: bool
    ballot_page: str
    rehearsal: bool
    cards: tuple[_Card, ...]


def card_sheets(sheets: CardSheets) -> bytes:
    """The PDF of all cards of a set, CARDS_A_SHEET on a page with cut marks.

    Raises Invalid for an unknown colour and for a secret that could not be typed back or comes twice: no card is
    printed that cannot be used.
    """
    secrets = sorted(sheets.secrets)
    _refuse_unusable(secrets)
    page = f"{sheets.address.rstrip('/')}/v"
    by_address = sheets.print_as is PrintAs.ADDRESS
    colour = sheets.name.colour.removesuffix("色")
    return typeset(
        "cards",
        _Sheets(
            title=f"票卡 {colour}色{sheets.name.word} 第{sheets.name.number}套",
            session=sheets.session,
            poll=sheets.poll,
            name=f"{colour}色 · {sheets.name.word}",
            number=sheets.name.number,
            ink=_ink(colour),
            scanned_by_address=by_address,
            ballot_page=page,
            rehearsal=sheets.rehearsal,
            cards=tuple(
                _Card(qr=qr_svg(f"{page}#{secret}" if by_address else secret), typed=printed_code(secret))
                for secret in secrets
            ),
        ),
    )


def _ink(colour: str) -> str:
    if colour not in INKS:
        raise Invalid(field="colour", reason="colour", value=colour)
    return INKS[colour]


def _refuse_unusable(secrets: Iterable[Secret]) -> None:
    seen: set[str] = set()
    for secret in secrets:
        if not _can_be_typed(secret):
            raise Invalid(field="secrets", reason="card_code")
        if secret in seen:
            raise Invalid(field="secrets", reason="card_twice")
        seen.add(secret)


def _can_be_typed(secret: Secret) -> bool:
    try:
        return read_secret(printed_code(secret)) == secret
    except MistypedCode:
        return False
