"""Card sets: the cards of one colour and number, printed together, released for drawing, bound to one poll.

A card is dead when printed; a spare set serves a second ballot or a repeat (ballot.md, step 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid5

from domain.polls.card import CardId, Secret, card_id
from domain.shared import Invalid, Missing, Refused

PEOPLE_PRESENT = 2


class PrintAs(StrEnum):
    """How the secret stands on the card."""

    ADDRESS = "address"
    """The QR code is an address: convenient, but the maker of the scanning app sees the card."""
    BARE_CODE = "bare_code"
    """The QR code is the bare secret, read by the ballot page's own camera or typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetName:
    """What card, page and hall screen call a set: a colour, a word and a number."""

    colour: str
    word: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSetPrinted:
    """A set was streamed to the printer, once; `present` are the scrutineers who watched."""

    congress: UUID
    session: UUID
    colour: str
    word: str
    number: int
    print_as: PrintAs
    cards: tuple[CardId, ...]
    """Sorted, so that the order on the sheets is not stored."""
    per_sheet: int
    present: tuple[UUID, ...]
    rehearsal: bool = False
    """Printed for a rehearsal 演练: it serves no real poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSetReleased:
    """The chief and one scrutineer released the set for drawing; until then its cards are dead."""

    chief: UUID
    scrutineer: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSetBound:
    """The set serves this poll and no other."""

    poll: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSetDiscarded:
    """The set is not used: the print failed, or the sheets left the scrutineers' hands."""

    reason: str


CardSetFact = CardSetPrinted | CardSetReleased | CardSetBound | CardSetDiscarded


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSet:
    """A set of cards and how far it has come."""

    congress: UUID
    session: UUID
    name: SetName
    print_as: PrintAs
    cards: frozenset[CardId]
    released: bool = False
    poll: UUID | None = None
    discarded: bool = False
    rehearsal: bool = False

    @property
    def is_live(self) -> bool:
        """Whether its cards can be drawn and cast."""
        return self.released and self.poll is not None and not self.discarded


@dataclass(eq=False)
class SecondDownload(Refused):
    """The sheets of a set are streamed once; who lost them discards the set and prints another."""

    card_set: SetName


@dataclass(eq=False)
class TwoScrutineersNeeded(Refused):
    """Printing and releasing take two different people."""

    present: int


@dataclass(eq=False)
class SetAlreadyReleased(Refused):
    """A set is released once."""

    card_set: SetName


@dataclass(eq=False)
class SetNotReleased(Refused):
    """The cards are dead until the chief and one scrutineer release the set."""

    card_set: SetName


@dataclass(eq=False)
class SetAlreadyBound(Refused):
    """A set serves one poll only."""

    card_set: SetName
    poll: UUID


@dataclass(eq=False)
class SetNotBound(Refused):
    """The set belongs to no poll yet."""

    card_set: SetName


@dataclass(eq=False)
class SetDiscarded(Refused):
    """The set was taken out of use."""

    card_set: SetName


@dataclass(eq=False)
class SetOfRehearsal(Refused):
    """A set printed for a rehearsal serves no real poll."""

    card_set: SetName


@dataclass(eq=False)
class SetIsReal(Refused):
    """A real set is not used up by a rehearsal."""

    card_set: SetName


@dataclass(eq=False)
class SetInUse(Refused):
    """Cards of the set may have been cast; single cards are voided instead."""

    card_set: SetName


@dataclass(eq=False)
class UnknownCard(Refused):
    """No set of this session has such a card."""


@dataclass(eq=False)
class CardOfAnotherSet(Refused):
    """The card is good, but not for this poll; it is not used up by the attempt."""

    card_set: SetName
    open_sets: tuple[SetName, ...]


MOST_SETS = 999
"""The highest number of a set in a session."""


def card_set_stream(session: UUID, number: int) -> UUID:
    """Sets are numbered through in a session; a number is printed once."""
    return uuid5(session, f"card-set/{number}")


def evolve(card_set: CardSet | None, fact: CardSetFact) -> CardSet:
    """The set after the fact."""
    if isinstance(fact, CardSetPrinted):
        return _printed(fact)
    if card_set is None:
        raise ValueError("a set begins by being printed")
    match fact:
        case CardSetReleased():
            return replace(card_set, released=True)
        case CardSetBound(poll=poll):
            return replace(card_set, poll=poll)
        case CardSetDiscarded():
            return replace(card_set, discarded=True)


def _printed(fact: CardSetPrinted) -> CardSet:
    name = SetName(colour=fact.colour, word=fact.word, number=fact.number)
    return CardSet(
        congress=fact.congress,
        session=fact.session,
        name=name,
        print_as=fact.print_as,
        cards=frozenset(fact.cards),
        rehearsal=fact.rehearsal,
    )


def print_card_set(
    current: CardSet | None,
    *,
    congress: UUID,
    session: UUID,
    name: SetName,
    print_as: PrintAs,
    secrets: Iterable[Secret],
    per_sheet: int,
    present: Iterable[UUID],
    rehearsal: bool = False,
) -> CardSetPrinted:
    """In a rehearsal nobody has to watch.

    Raises SecondDownload, TwoScrutineersNeeded, Missing (colour, word) or Invalid (cards, number, per_sheet).
    """
    if current is not None:
        raise SecondDownload(card_set=current.name)
    watching = tuple(sorted(set(present)))
    if len(watching) < PEOPLE_PRESENT and not rehearsal:
        raise TwoScrutineersNeeded(present=len(watching))
    _check(name, per_sheet)
    return CardSetPrinted(
        congress=congress,
        session=session,
        colour=name.colour,
        word=name.word,
        number=name.number,
        print_as=print_as,
        cards=_card_ids(secrets),
        per_sheet=per_sheet,
        present=watching,
        rehearsal=rehearsal,
    )


def _check(name: SetName, per_sheet: int) -> None:
    empty = tuple(field for field in ("colour", "word") if not getattr(name, field).strip())
    if empty:
        raise Missing(fields=empty)
    if not 1 <= name.number <= MOST_SETS:
        raise Invalid(field="number", reason="set_number", value=str(name.number))
    if per_sheet < 1:
        raise Invalid(field="per_sheet", reason="too_small", value=str(per_sheet))


def _card_ids(secrets: Iterable[Secret]) -> tuple[CardId, ...]:
    ids = [card_id(secret) for secret in secrets]
    if not ids:
        raise Invalid(field="cards", reason="too_small", value="0")
    if len(set(ids)) != len(ids):
        raise Invalid(field="cards", reason="doubled", value=str(len(ids) - len(set(ids))))
    return tuple(sorted(ids))


def release_card_set(card_set: CardSet, *, chief: UUID, scrutineer: UUID) -> CardSetReleased:
    """Raises TwoScrutineersNeeded, SetAlreadyReleased or SetDiscarded."""
    if chief == scrutineer:
        raise TwoScrutineersNeeded(present=1)
    if card_set.discarded:
        raise SetDiscarded(card_set=card_set.name)
    if card_set.released:
        raise SetAlreadyReleased(card_set=card_set.name)
    return CardSetReleased(chief=chief, scrutineer=scrutineer)


def bind_card_set(card_set: CardSet, *, poll: UUID, rehearsal: bool = False) -> CardSetBound:
    """A set may be released before or after; one of a rehearsal serves rehearsals alone, a real one none.

    Raises SetOfRehearsal, SetIsReal, SetAlreadyBound (also to this very poll) or SetDiscarded.
    """
    if card_set.rehearsal != rehearsal:
        raise (SetOfRehearsal if card_set.rehearsal else SetIsReal)(card_set=card_set.name)
    if card_set.discarded:
        raise SetDiscarded(card_set=card_set.name)
    if card_set.poll is not None:
        raise SetAlreadyBound(card_set=card_set.name, poll=card_set.poll)
    return CardSetBound(poll=poll)


def discard_card_set(card_set: CardSet, *, reason: str, poll_has_opened: bool) -> CardSetDiscarded:
    """Raises Missing (reason), SetDiscarded, or SetInUse once the poll it is bound to was opened."""
    if not reason.strip():
        raise Missing(fields=("reason",))
    if card_set.discarded:
        raise SetDiscarded(card_set=card_set.name)
    if poll_has_opened:
        raise SetInUse(card_set=card_set.name)
    return CardSetDiscarded(reason=reason.strip())


def require_live(card_set: CardSet) -> None:
    """Before a card is drawn or cast. Raises SetDiscarded, SetNotReleased or SetNotBound."""
    if card_set.discarded:
        raise SetDiscarded(card_set=card_set.name)
    if not card_set.released:
        raise SetNotReleased(card_set=card_set.name)
    if card_set.poll is None:
        raise SetNotBound(card_set=card_set.name)


def admit_card(card: CardId, *, poll: UUID, sets: Iterable[CardSet]) -> None:
    """Whether the card is one of this poll's, given all sets of the session, for the desks that scan cards.

    Raises UnknownCard or CardOfAnotherSet (naming both).
    """
    every = tuple(sets)
    its_set = next((one for one in every if card in one.cards), None)
    if its_set is None:
        raise UnknownCard
    if its_set.poll != poll:
        raise CardOfAnotherSet(card_set=its_set.name, open_sets=tuple(one.name for one in every if one.poll == poll))
