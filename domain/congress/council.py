"""A residents' council 居民会商: the agenda of one meeting, what was said on each item, hands shown, and results.

What may be done with it is in `deciding_in_council`; which items came onto the street's own list is in `street_list`.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import NotFound


class ItemResult(StrEnum):
    """What the council made of an item."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    DEFERRED = "deferred"
    """Taken up again at a later meeting."""


class ChosenBy(StrEnum):
    """How the council chose."""

    HANDS = "hands"
    POLL = "poll"
    """A secret poll of the same meeting."""
    AGREEMENT = "agreement"
    """Nothing was voted; deferring an item needs no vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What an agenda item says: one matter, and who presents it."""

    title: str
    content: str = ""
    presenter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemEntered:
    """An item stands at the end of the agenda."""

    congress: UUID
    session: UUID
    item: UUID
    matter: Matter
    proposal: UUID | None = None
    """The street's proposal it is about; None for a matter of the council's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemPutRight:
    """The wording or the presenter of an item was changed."""

    item: UUID
    matter: Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaOrdered:
    """The items of the agenda, all of them, in another order."""

    order: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemRemoved:
    """An item is not taken up at this meeting."""

    item: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionNoted:
    """What was said on an item. `speaker` is the part somebody spoke in, e.g. 第三小组成员 or 街道办事处."""

    item: UUID
    note: UUID
    speaker: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionCorrected:
    """A note was put right; the first one stays in the history."""

    item: UUID
    note: UUID
    speaker: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Hands counted for one item: the four numbers are everybody present."""

    present: int
    votes_for: int
    against: int
    abstain: int
    not_voting: int
    counted_by: str

    @property
    def total(self) -> int:
        """Everybody the count accounts for."""
        return self.votes_for + self.against + self.abstain + self.not_voting


@dataclass(frozen=True, slots=True, kw_only=True)
class HandsShown:
    """Hands were counted under an adopted rule profile; counted again, the later count holds."""

    item: UUID
    hands: Hands
    members: int
    """All members of the council at that moment, N."""
    quorum: int
    """The least attendance that the profile asks for."""
    needed: int
    """The least number of hands in favour with which the item is carried."""
    profile: UUID
    profile_version: int
    profile_title: str
    on: date
    reason: str = ""
    """Why hands were counted again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPutToPoll:
    """A secret poll of the meeting decides on the item instead of hands."""

    item: UUID
    poll: UUID
    poll_item: str
    """The number of the item on that poll's ballot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecided:
    """The council's result on an item; decided again, the later one holds."""

    item: UUID
    result: ItemResult
    by: ChosenBy
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPassedOn:
    """A chosen item went to the upper body's call, as a proposal of its own there."""

    item: UUID
    congress: UUID
    proposal: UUID
    code: str
    """The proposal's tracking code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemListed:
    """A chosen item stands on the street's own list."""

    item: UUID
    number: int


AgendaFact = (
    AgendaItemEntered
    | AgendaItemPutRight
    | AgendaOrdered
    | AgendaItemRemoved
    | DiscussionNoted
    | DiscussionCorrected
    | HandsShown
    | ItemPutToPoll
    | ItemDecided
    | ItemPassedOn
    | ItemListed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it reads now."""

    id: UUID
    speaker: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An item as it stands."""

    id: UUID
    matter: Matter
    proposal: UUID | None = None
    notes: tuple[Note, ...] = ()
    shown: HandsShown | None = None
    poll: UUID | None = None
    poll_item: str = ""
    decided: ItemDecided | None = None
    passed_on: ItemPassedOn | None = None
    listed: int | None = None
    """Its number on the street's own list."""

    @property
    def is_carried(self) -> bool:
        """Whether enough hands were shown."""
        return self.shown is not None and self.shown.hands.votes_for >= self.shown.needed

    @property
    def is_chosen(self) -> bool:
        """Whether the council chose it."""
        return self.decided is not None and self.decided.result is ItemResult.CHOSEN

    @property
    def is_settled(self) -> bool:
        """Whether the result went out of the council already."""
        return self.passed_on is not None or self.listed is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The agenda of one meeting, in order; what was removed is gone from it."""

    congress: UUID
    session: UUID
    items: tuple[AgendaItem, ...] = ()

    def item(self, item: UUID) -> AgendaItem:
        """Raises NotFound for an item that is not on the agenda."""
        found = next((one for one in self.items if one.id == item), None)
        if found is None:
            raise NotFound(kind="agenda_item", id=str(item))
        return found


def agenda_stream(session: UUID) -> UUID:
    """A meeting has one agenda."""
    return uuid5(session, "agenda")


def evolve(agenda: Agenda | None, fact: AgendaFact) -> Agenda:
    """The agenda after one more fact."""
    match fact:
        case AgendaItemEntered():
            known = agenda or Agenda(congress=fact.congress, session=fact.session)
            entered = AgendaItem(id=fact.item, matter=fact.matter, proposal=fact.proposal)
            return replace(known, items=(*known.items, entered))
        case AgendaOrdered():
            known = known_agenda(agenda)
            return replace(known, items=tuple(known.item(item) for item in fact.order))
        case AgendaItemRemoved():
            known = known_agenda(agenda)
            return replace(known, items=tuple(one for one in known.items if one.id != fact.item))
        case _:
            known = known_agenda(agenda)
            changed = _changed(known.item(fact.item), fact)
            return replace(known, items=tuple(changed if one.id == fact.item else one for one in known.items))


def _changed(
    item: AgendaItem,
    fact: AgendaItemPutRight
    | DiscussionNoted
    | DiscussionCorrected
    | HandsShown
    | ItemPutToPoll
    | ItemDecided
    | ItemPassedOn
    | ItemListed,
) -> AgendaItem:
    match fact:
        case AgendaItemPutRight():
            return replace(item, matter=fact.matter)
        case DiscussionNoted():
            return replace(item, notes=(*item.notes, Note(id=fact.note, speaker=fact.speaker, words=fact.words)))
        case DiscussionCorrected():
            right = Note(id=fact.note, speaker=fact.speaker, words=fact.words)
            return replace(item, notes=tuple(right if note.id == fact.note else note for note in item.notes))
        case HandsShown():
            return replace(item, shown=fact, decided=None)
        case ItemPutToPoll():
            return replace(item, poll=fact.poll, poll_item=fact.poll_item, decided=None)
        case ItemDecided():
            return replace(item, decided=fact)
        case ItemPassedOn():
            return replace(item, passed_on=fact)
        case ItemListed():
            return replace(item, listed=fact.number)


def known_agenda(agenda: Agenda | None) -> Agenda:
    """Raises NotFound while nothing stands on the agenda."""
    if agenda is None:
        raise NotFound(kind="agenda", id="")
    return agenda
