"""Materials 会议材料 sent to the delegates before a session: who has read them, and who was reminded.

Rule 16 knows nothing of them: the pre-reading days run from the publication of the candidate list alone, and a
material that is sent late neither shortens nor lengthens them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.files import Attached
from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_TITLE = 100
LONGEST_WORDS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialSent:
    """A material reached the delegates of a session."""

    congress: UUID
    session: UUID
    title: str
    words: str
    file: Attached | None
    delegations: tuple[str, ...]
    """To these alone; empty: to all delegates."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialReplaced:
    """A better edition took the place of the last one, which is kept; who had read that reads again."""

    title: str
    words: str
    file: Attached | None
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialWithdrawn:
    """The material does not hold any more; delegates are told why."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRead:
    """A delegate opened a material: the read receipt, once for each edition (counted from 1)."""

    congress: UUID
    material: UUID
    delegate: UUID
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadersReminded:
    """Those who had not read something were reminded. `about` is a material or the year's candidate list."""

    congress: UUID
    about: UUID
    on: date
    unread: int
    """How many delegates the reminder was for."""


MaterialFact = MaterialSent | MaterialReplaced | MaterialWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A material as it was sent once."""

    title: str
    words: str
    file: Attached | None
    sent_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A material with all its editions, the newest last."""

    congress: UUID
    session: UUID
    delegations: tuple[str, ...]
    editions: tuple[Edition, ...]
    withdrawn: bool = False

    @property
    def edition(self) -> int:
        """The number of the newest edition."""
        return len(self.editions)

    def is_for(self, delegation: str) -> bool:
        """Whether the delegates of a delegation are sent it."""
        return not self.delegations or delegation in self.delegations


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialReading:
    """The newest edition that one delegate has read of a material."""

    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """When readers were last reminded."""

    on: date


@dataclass(eq=False)
class MaterialIsWithdrawn(Refused):
    """The material was withdrawn."""

    title: str


@dataclass(eq=False)
class MaterialWasReplaced(Refused):
    """A newer edition came while the delegate had an earlier one open: that is the one to be read."""

    title: str


@dataclass(eq=False)
class RemindedToday(Refused):
    """Readers are reminded once a day at most."""

    on: date


@dataclass(eq=False)
class NobodyToRemind(Refused):
    """Everybody has read it."""


def reading_stream(material: UUID, delegate: UUID) -> UUID:
    """What a delegate has read of a material; a stream for each, so that a crowd that reads waits for nobody."""
    return uuid5(material, f"reading/{delegate}")


def reminding_stream(about: UUID) -> UUID:
    """The reminders about a material or a list."""
    return uuid5(about, "reminders")


def send_material(fact: MaterialSent, delegations: Collection[str]) -> MaterialSent:
    """`delegations` are those of the roll.

    Raises Missing (title; words where there is no file), or Invalid for a delegation that is not on the roll.
    """
    title, words = _checked(fact.title, fact.words, fact.file)
    for name in fact.delegations:
        if name not in delegations:
            raise Invalid(field="delegations", reason="unknown_delegation", value=name)
    return replace(fact, title=title, words=words)


def replace_material(
    material: Material | None, *, title: str, words: str, file: Attached | None, reason: str, on: date
) -> MaterialReplaced:
    """Without a new file the last one goes on. Raises NotFound, MaterialIsWithdrawn or Missing."""
    known = _standing(material)
    kept = file or known.editions[-1].file
    title, words = _checked(title, words, kept)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return MaterialReplaced(title=title, words=words, file=kept, reason=reason.strip(), on=on)


def withdraw_material(material: Material | None, reason: str, on: date) -> MaterialWithdrawn:
    """Raises NotFound, MaterialIsWithdrawn or Missing (reason)."""
    _standing(material)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return MaterialWithdrawn(reason=reason.strip(), on=on)


def read_material(
    material: Material | None, reading: MaterialReading | None, fact: MaterialRead, delegation: str
) -> tuple[MaterialRead, ...]:
    """A receipt is given once for an edition, and for the newest alone.

    Raises NotFound for a material sent to others or an edition there never was, MaterialIsWithdrawn, or
    MaterialWasReplaced for an earlier edition.
    """
    known = _standing(material)
    if not known.is_for(delegation):
        raise NotFound(kind="material", id=str(fact.material))
    if not 1 <= fact.edition <= known.edition:
        raise NotFound(kind="material", id=str(fact.material))
    if fact.edition < known.edition:
        raise MaterialWasReplaced(title=known.editions[-1].title)
    return () if reading is not None and reading.edition >= known.edition else (fact,)


def remind_readers(
    reminding: Reminding | None, *, congress: UUID, about: UUID, unread: int, today: date
) -> ReadersReminded:
    """Raises RemindedToday, or NobodyToRemind where everybody has read."""
    if reminding is not None and reminding.on >= today:
        raise RemindedToday(on=reminding.on)
    if unread < 1:
        raise NobodyToRemind
    return ReadersReminded(congress=congress, about=about, on=today, unread=unread)


def evolve(material: Material | None, fact: MaterialFact) -> Material:
    """The material after one more fact."""
    match fact:
        case MaterialSent():
            first = Edition(title=fact.title, words=fact.words, file=fact.file, sent_on=fact.on)
            return Material(
                congress=fact.congress, session=fact.session, delegations=fact.delegations, editions=(first,)
            )
        case MaterialReplaced():
            known = _known(material)
            latest = Edition(title=fact.title, words=fact.words, file=fact.file, sent_on=fact.on)
            return replace(known, editions=(*known.editions, latest))
        case MaterialWithdrawn():
            return replace(_known(material), withdrawn=True)


def evolve_reading(_reading: MaterialReading | None, fact: MaterialRead) -> MaterialReading:
    """The reading after one more receipt."""
    return MaterialReading(edition=fact.edition)


def evolve_reminding(_reminding: Reminding | None, fact: ReadersReminded) -> Reminding:
    """The reminding after one more reminder."""
    return Reminding(on=fact.on)


def _known(material: Material | None) -> Material:
    if material is None:
        raise NotFound(kind="material", id="")
    return material


def _standing(material: Material | None) -> Material:
    known = _known(material)
    if known.withdrawn:
        raise MaterialIsWithdrawn(title=known.editions[-1].title)
    return known


def _checked(title: str, words: str, file: Attached | None) -> tuple[str, str]:
    title, words = title.strip(), words.strip()
    empty = (("title",) if not title else ()) + (("words",) if not words and file is None else ())
    if empty:
        raise Missing(fields=empty)
    for name, said, most in (("title", title, LONGEST_TITLE), ("words", words, LONGEST_WORDS)):
        if len(said) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    return title, words
