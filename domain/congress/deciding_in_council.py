"""What a residents' council may do with its agenda; numbers always reconcile, majorities follow the adopted profile."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.congress.council import (
    Agenda,
    AgendaItem,
    AgendaItemEntered,
    AgendaItemPutRight,
    AgendaItemRemoved,
    AgendaOrdered,
    ChosenBy,
    DiscussionCorrected,
    DiscussionNoted,
    Hands,
    HandsShown,
    ItemDecided,
    ItemPassedOn,
    ItemPutToPoll,
    ItemResult,
    Matter,
    known_agenda,
)
from domain.polls.rules import RuleProfile, base_of, needed, quorum_number
from domain.proposals.deciding import refuse_personal
from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_TITLE = 60
LONGEST_WORDS = 2000
LONGEST_PART = 60
LONGEST_REASON = 200
MOST_ITEMS = 100


@dataclass(eq=False)
class HandsDoNotAddUp(Refused):
    """The four numbers are not everybody present; `missing` is negative when they are too many."""

    present: int
    total: int
    missing: int


@dataclass(eq=False)
class TooFewPresent(Refused):
    """The council has no quorum: nothing can be decided."""

    present: int
    members: int
    quorum: int


@dataclass(eq=False)
class MorePresentThanMembers(Refused):
    """More hands than the council has members."""

    present: int
    members: int


@dataclass(eq=False)
class ItemSettled(Refused):
    """The result went out of the council: passed on, or onto the street's list."""

    title: str


@dataclass(eq=False)
class ItemNotCarried(Refused):
    """An item is chosen only with enough hands, or by the poll it was put to."""

    title: str


@dataclass(eq=False)
class ItemNotChosen(Refused):
    """Only what the council chose is passed on."""

    title: str


@dataclass(eq=False)
class ItemWasVoted(Refused):
    """Hands were counted, or a poll decides: the item stays on the agenda as it was put."""

    title: str


@dataclass(eq=False)
class QuotaReached(Refused):
    """The adopted rules allow no more items to be chosen."""

    quota: int


@dataclass(eq=False)
class ProposalOnAgenda(Refused):
    """The proposal stands on this agenda already."""

    title: str


def enter_item(agenda: Agenda | None, fact: AgendaItemEntered) -> AgendaItemEntered:
    """Raises Missing (title), Invalid (too long, too many) or ProposalOnAgenda."""
    items = agenda.items if agenda else ()
    if len(items) >= MOST_ITEMS:
        raise Invalid(field="items", reason="too_many", value=str(MOST_ITEMS))
    twice = next((one for one in items if fact.proposal is not None and one.proposal == fact.proposal), None)
    if twice is not None:
        raise ProposalOnAgenda(title=twice.matter.title)
    return replace(fact, matter=_said(fact.matter))


def put_item_right(agenda: Agenda | None, item: UUID, matter: Matter) -> tuple[AgendaItemPutRight, ...]:
    """Nothing when nothing changes. Raises NotFound, ItemWasVoted, Missing (title) or Invalid (too long)."""
    known = known_agenda(agenda).item(item)
    said = _said(matter)
    if said == known.matter:
        return ()
    _unvoted(known)
    return (AgendaItemPutRight(item=item, matter=said),)


def move_item(agenda: Agenda | None, item: UUID, to: int) -> tuple[AgendaOrdered, ...]:
    """Puts an item at place `to`, counted from 1; beyond the ends means at the end. Raises NotFound."""
    known = known_agenda(agenda)
    moved = known.item(item).id
    rest = [one.id for one in known.items if one.id != moved]
    rest.insert(max(0, to - 1), moved)
    before = tuple(one.id for one in known.items)
    return () if tuple(rest) == before else (AgendaOrdered(order=tuple(rest)),)


def remove_item(agenda: Agenda | None, item: UUID, reason: str) -> AgendaItemRemoved:
    """Raises NotFound, ItemWasVoted, Invalid (reason), or Missing (reason) once something was said on it."""
    known = _unvoted(known_agenda(agenda).item(item))
    if known.decided is not None:
        raise ItemWasVoted(title=known.matter.title)
    why = _reason(reason)
    if known.notes and not why:
        raise Missing(fields=("reason",))
    return AgendaItemRemoved(item=item, reason=why)


def note_discussion(agenda: Agenda | None, fact: DiscussionNoted) -> DiscussionNoted:
    """Raises NotFound, Missing (words) or Invalid (too long)."""
    known_agenda(agenda).item(fact.item)
    speaker, words = _spoken(fact.speaker, fact.words)
    return replace(fact, speaker=speaker, words=words)


def correct_discussion(agenda: Agenda | None, fact: DiscussionCorrected) -> tuple[DiscussionCorrected, ...]:
    """Nothing when nothing changes. Raises NotFound, Missing (words, reason) or Invalid (too long)."""
    noted = next((note for note in known_agenda(agenda).item(fact.item).notes if note.id == fact.note), None)
    if noted is None:
        raise NotFound(kind="discussion_note", id=str(fact.note))
    speaker, words = _spoken(fact.speaker, fact.words)
    if (speaker, words) == (noted.speaker, noted.words):
        return ()
    why = _reason(fact.reason)
    if not why:
        raise Missing(fields=("reason",))
    return (replace(fact, speaker=speaker, words=words, reason=why),)


def show_hands(
    agenda: Agenda | None,
    item: UUID,
    hands: Hands,
    *,
    members: int,
    profile: UUID,
    version: int,
    rules: RuleProfile,
    on: date,
    reason: str,
) -> HandsShown:
    """Counts hands by the adopted rules.

    30 members under at least 2/3: 19 present cannot decide, 20 can; over one half of those 20 is 11. Without a
    base (plurality) more hands in favour than against are needed. Raises NotFound, ItemSettled, ItemWasVoted (a poll
    decides), Missing (counted_by, reason), Invalid (negative, too long), MorePresentThanMembers, HandsDoNotAddUp or
    TooFewPresent.
    """
    known = _unsettled(known_agenda(agenda).item(item))
    if known.poll is not None:
        raise ItemWasVoted(title=known.matter.title)
    counter, why = _reconcile(hands, members), _reason(reason)
    if known.shown is not None and not why:
        raise Missing(fields=("reason",))
    quorum = quorum_number(rules, members)
    if hands.present < quorum:
        raise TooFewPresent(present=hands.present, members=members, quorum=quorum)
    voting = hands.present - hands.not_voting
    base = base_of(rules, all_delegates=members, attending=hands.present, returned=voting, valid_marks=voting)
    return HandsShown(
        item=item,
        hands=replace(hands, counted_by=counter),
        members=members,
        quorum=quorum,
        needed=needed(rules, base) or hands.against + 1,
        profile=profile,
        profile_version=version,
        profile_title=rules.title,
        on=on,
        reason=why,
    )


def put_to_poll(agenda: Agenda | None, item: UUID, poll: UUID, poll_item: str) -> ItemPutToPoll:
    """Raises NotFound, ItemSettled, or ItemWasVoted once hands were counted."""
    known = _unsettled(known_agenda(agenda).item(item))
    if known.shown is not None:
        raise ItemWasVoted(title=known.matter.title)
    return ItemPutToPoll(item=item, poll=poll, poll_item=poll_item)


def decide_item(
    agenda: Agenda | None,
    item: UUID,
    result: ItemResult,
    *,
    quota: int | None,
    adopted: bool | None,
    on: date,
    reason: str,
) -> ItemDecided:
    """The result: chosen with enough hands or by its poll, as many as the quota allows.

    `adopted` is what the declared poll made of the item; None without one. Raises NotFound, ItemSettled,
    ItemNotCarried, QuotaReached, Invalid (reason), or Missing (reason) for an item that was deferred or not chosen
    though carried.
    """
    known = known_agenda(agenda)
    decided, why = _unsettled(known.item(item)), _reason(reason)
    carried = decided.is_carried if adopted is None else adopted
    if result is ItemResult.CHOSEN:
        if not carried:
            raise ItemNotCarried(title=decided.matter.title)
        others = [one for one in known.items if one.is_chosen and one.id != item and one.poll is None]
        if adopted is None and quota is not None and len(others) >= quota:
            raise QuotaReached(quota=quota)
    elif (result is ItemResult.DEFERRED or carried) and not why:
        raise Missing(fields=("reason",))
    by = ChosenBy.HANDS if decided.shown else ChosenBy.AGREEMENT
    by = by if adopted is None else ChosenBy.POLL
    if result is ItemResult.NOT_CHOSEN and by is ChosenBy.AGREEMENT:
        raise ItemNotCarried(title=decided.matter.title)
    return ItemDecided(item=item, result=result, by=by, on=on, reason=why)


def pass_on(agenda: Agenda | None, fact: ItemPassedOn) -> ItemPassedOn:
    """Raises NotFound, ItemNotChosen or ItemSettled."""
    known = known_agenda(agenda).item(fact.item)
    if not known.is_chosen:
        raise ItemNotChosen(title=known.matter.title)
    _unsettled(known)
    return fact


def _reconcile(hands: Hands, members: int) -> str:
    """Who counted, once the numbers agree."""
    numbers = {"present": hands.present, "votes_for": hands.votes_for, "against": hands.against}
    numbers |= {"abstain": hands.abstain, "not_voting": hands.not_voting}
    if negative := next((name for name, value in numbers.items() if value < 0), None):
        raise Invalid(field=negative, reason="negative", value=str(numbers[negative]))
    counter = " ".join(hands.counted_by.split())
    if not counter:
        raise Missing(fields=("counted_by",))
    _not_longer("counted_by", counter, LONGEST_PART)
    if hands.present > members:
        raise MorePresentThanMembers(present=hands.present, members=members)
    if hands.total != hands.present:
        raise HandsDoNotAddUp(present=hands.present, total=hands.total, missing=hands.present - hands.total)
    return counter


def _unvoted(item: AgendaItem) -> AgendaItem:
    if item.shown is not None or item.poll is not None:
        raise ItemWasVoted(title=item.matter.title)
    return item


def _unsettled(item: AgendaItem) -> AgendaItem:
    if item.is_settled:
        raise ItemSettled(title=item.matter.title)
    return item


def _said(matter: Matter) -> Matter:
    said = Matter(
        title=" ".join(matter.title.split()),
        content=matter.content.strip(),
        presenter=" ".join(matter.presenter.split()),
    )
    if not said.title:
        raise Missing(fields=("title",))
    for name, most in (("title", LONGEST_TITLE), ("content", LONGEST_WORDS), ("presenter", LONGEST_PART)):
        _not_longer(name, getattr(said, name), most)
    return said


def _spoken(speaker: str, words: str) -> tuple[str, str]:
    part, said = " ".join(speaker.split()), words.strip()
    if not said:
        raise Missing(fields=("words",))
    _not_longer("speaker", part, LONGEST_PART)
    _not_longer("words", said, LONGEST_WORDS)
    return part, said


def _reason(reason: str) -> str:
    """Reasons of results are public, all reasons stay in the history: no telephone numbers in them."""
    why = reason.strip()
    _not_longer("reason", why, LONGEST_REASON)
    return why


def _not_longer(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid(field=name, reason="too_long", value=str(most))
    refuse_personal(name, text)
