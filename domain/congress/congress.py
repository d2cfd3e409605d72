"""A congress: one body at one level, with its units and delegations."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid5

from domain.congress.look import CongressLookChosen, Look
from domain.shared import Invalid, Missing, NotFound, Refused

SLUGS = UUID("6b1f5c0e-52a4-5d5b-8f43-0a3d6f2f7a10")
_SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?!-)){0,30}[a-z0-9]")
RESERVED_SLUGS = frozenset(
    {
        *("a", "account", "accounts", "api", "audit", "backup", "checkpoints", "congresses", "delegate"),
        *("docs", "en", "files", "h", "hall", "health", "healthz", "language", "metrics", "openapi", "p"),
        *("proposals", "propose", "public", "readyz", "records", "scrutineer", "sign-in", "sign-out"),
        *("staff", "static", "t", "unit", "v", "w", "zh"),
    }
)
"""Parts of addresses, at their beginning or behind `/staff`, that belong to the application itself."""


class Level(StrEnum):
    """Where a body stands; a street has a residents' council instead of a congress."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    STREET = "street"


PARENT_LEVELS: dict[Level, frozenset[Level]] = {
    Level.CITY: frozenset(),
    Level.COUNTY: frozenset({Level.CITY}),
    Level.TOWNSHIP: frozenset({Level.COUNTY, Level.CITY}),
    Level.STREET: frozenset({Level.COUNTY, Level.CITY}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CongressFounded:
    """A body enters the installation under its name and the word used in its addresses."""

    name: str
    short_name: str
    slug: str
    level: Level
    parent: UUID | None
    term: int
    """The number of its term 届, e.g. 16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CongressDescribed:
    """The names or the term of a congress were put right."""

    name: str
    short_name: str
    term: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CongressMoved:
    """A body stands under another one from now on, e.g. after a change of districts."""

    parent: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded:
    """A department or body that leads or assists. The duty phone is the unit's public number."""

    unit: UUID
    name: str
    duty_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged:
    """A unit has another name or another public duty phone."""

    unit: UUID
    name: str
    duty_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWithdrawn:
    """A unit is no longer offered for new work; what names it keeps its name."""

    unit: UUID


CongressFact = (
    CongressFounded | CongressDescribed | CongressMoved | CongressLookChosen | UnitAdded | UnitChanged | UnitWithdrawn
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A department as the congress knows it today."""

    id: UUID
    name: str
    duty_phone: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Congress:
    """What the office knows of a congress."""

    name: str
    short_name: str
    slug: str
    level: Level
    parent: UUID | None
    term: int
    units: dict[UUID, Unit] = field(default_factory=dict)
    look: Look | None = None
    """What it chose to look like, None before it has chosen."""

    def unit_named(self, name: str) -> Unit | None:
        """The unit in use under exactly this name, if any."""
        return next((u for u in self.units.values() if u.name == name and not u.withdrawn), None)


@dataclass(eq=False)
class SlugTaken(Refused):
    """Another congress already uses this word in its addresses."""

    slug: str


@dataclass(eq=False)
class WrongParent(Refused):
    """A body of this level cannot stand under a body of that level."""

    level: str
    parent_level: str


@dataclass(eq=False)
class AlreadyUnder(Refused):
    """The body stands there already."""

    name: str


@dataclass(eq=False)
class UnitExists(Refused):
    """A unit of this name is already there."""

    name: str


def slug_stream(slug: str) -> UUID:
    """The stream that holds a slug, so that two congresses cannot take the same one at once."""
    return uuid5(SLUGS, slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlugTakenBy:
    """A word of the addresses belongs to a congress."""

    slug: str
    congress: UUID


def hold_slug(holder: SlugTakenBy | None, slug: str, congress: UUID) -> SlugTakenBy:
    """Raises SlugTaken when another congress holds the word."""
    if holder is not None:
        raise SlugTaken(slug=slug)
    return SlugTakenBy(slug=slug, congress=congress)


def evolve_slug(holder: SlugTakenBy | None, fact: SlugTakenBy) -> SlugTakenBy:
    """The first holder stays."""
    return holder or fact


def found_congress(
    *,
    name: str,
    short_name: str,
    slug: str,
    level: Level,
    term: int,
    parent: UUID | None = None,
    parent_level: Level | None = None,
) -> CongressFounded:
    """Raises Missing, Invalid (slug, term) or WrongParent."""
    name, short_name, slug = name.strip(), short_name.strip(), slug.strip()
    _require(name=name, slug=slug)
    if not _SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        raise Invalid(field="slug", reason="slug", value=slug)
    if not 1 <= term <= 99:
        raise Invalid(field="term", reason="term", value=str(term))
    _refuse_wrong_parent(level, parent_level)
    return CongressFounded(name=name, short_name=short_name or name, slug=slug, level=level, parent=parent, term=term)


def describe_congress(*, name: str, short_name: str, term: int) -> CongressDescribed:
    """Raises Missing or Invalid (term)."""
    _require(name=name.strip())
    if not 1 <= term <= 99:
        raise Invalid(field="term", reason="term", value=str(term))
    return CongressDescribed(name=name.strip(), short_name=short_name.strip() or name.strip(), term=term)


def move_congress(congress: Congress, parent: UUID | None, parent_level: Level | None) -> CongressMoved:
    """Under another body, of a level that may stand above it; a body never stands under one below it.

    Raises AlreadyUnder or WrongParent.
    """
    if congress.parent == parent:
        raise AlreadyUnder(name=congress.name)
    _refuse_wrong_parent(congress.level, parent_level)
    return CongressMoved(parent=parent)


def add_unit(congress: Congress, unit: UUID, name: str, duty_phone: str = "") -> UnitAdded:
    """Raises Missing, or UnitExists for a name that is in use."""
    name = name.strip()
    _require(name=name)
    if congress.unit_named(name) is not None:
        raise UnitExists(name=name)
    return UnitAdded(unit=unit, name=name, duty_phone=_phone(duty_phone))


def change_unit(congress: Congress, unit: UUID, name: str, duty_phone: str) -> UnitChanged:
    """Raises NotFound, Missing, or UnitExists when another unit has the name."""
    name = name.strip()
    _require(name=name)
    if unit not in congress.units:
        raise NotFound(kind="unit", id=str(unit))
    other = congress.unit_named(name)
    if other is not None and other.id != unit:
        raise UnitExists(name=name)
    return UnitChanged(unit=unit, name=name, duty_phone=_phone(duty_phone))


def withdraw_unit(congress: Congress, unit: UUID) -> UnitWithdrawn:
    """Raises NotFound for a unit that is not in use."""
    if unit not in congress.units or congress.units[unit].withdrawn:
        raise NotFound(kind="unit", id=str(unit))
    return UnitWithdrawn(unit=unit)


def evolve(congress: Congress | None, fact: CongressFact) -> Congress:
    """The congress after one more fact."""
    match fact:
        case CongressFounded():
            return Congress(
                name=fact.name,
                short_name=fact.short_name,
                slug=fact.slug,
                level=fact.level,
                parent=fact.parent,
                term=fact.term,
            )
        case CongressDescribed():
            return replace(_known(congress), name=fact.name, short_name=fact.short_name, term=fact.term)
        case CongressMoved():
            return replace(_known(congress), parent=fact.parent)
        case CongressLookChosen():
            look = Look(emblem=fact.emblem, public_name=fact.public_name, colour=fact.colour, contact=fact.contact)
            return replace(_known(congress), look=look)
        case UnitAdded() | UnitChanged():
            unit = Unit(id=fact.unit, name=fact.name, duty_phone=fact.duty_phone)
            return replace(_known(congress), units={**_known(congress).units, fact.unit: unit})
        case UnitWithdrawn():
            gone = replace(_known(congress).units[fact.unit], withdrawn=True)
            return replace(_known(congress), units={**_known(congress).units, fact.unit: gone})


def _known(congress: Congress | None) -> Congress:
    if congress is None:
        raise NotFound(kind="congress", id="")
    return congress


def _refuse_wrong_parent(level: Level, parent_level: Level | None) -> None:
    """Every level has its levels above it, so that no circle can arise."""
    if parent_level is not None and parent_level not in PARENT_LEVELS[level]:
        raise WrongParent(level=level.value, parent_level=parent_level.value)


def _require(**values: str) -> None:
    empty = tuple(name for name, value in values.items() if not value)
    if empty:
        raise Missing(fields=empty)


def _phone(text: str) -> str:
    text = text.strip()
    if text and not re.fullmatch(r"[0-9+() \-]{3,30}", text):
        raise Invalid(field="duty_phone", reason="duty_phone", value=text)
    return text
