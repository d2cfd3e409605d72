"""Places that a tie at the cut or a shortfall left open: the second ballot, the decision of a body (rules 8 and 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.polls.count import open_items, read_count
from domain.polls.places import Again, DecidedBy, HeldAgain, PlacesDecided
from domain.polls.poll import Poll, PollItem, PollPrepared, PollStage, Sealing, counted_in, in_stage, known
from domain.polls.rules import RuleProfile, TieAtCut
from domain.shared import Invalid, Missing, Refused


@dataclass(eq=False)
class NothingLeftOpen(Refused):
    """The poll left no place open for this."""

    title: str


@dataclass(eq=False)
class AlreadyHeldAgain(Refused):
    """Another poll is held for the open places."""

    title: str


@dataclass(eq=False)
class PlacesAlreadyDecided(Refused):
    """A body decided on the open places."""

    number: str


@dataclass(eq=False)
class MoreThanPlaces(Refused):
    """More projects were named than there are places."""

    named: int
    places: int


@dataclass(eq=False)
class NotAmongTheOpen(Refused):
    """Only the items the count left open may get a place; one that failed or stands below the cut never does."""

    name: str


@dataclass(eq=False)
class ByVoteAlone(Refused):
    """The profile gives these places to a second ballot: a body may leave them empty, not fill them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlaces:
    """What a declared poll left open: these items for so many places; `again` for a second ballot, else `by`."""

    items: tuple[str, ...]
    places: int
    again: Again | None = None
    by: DecidedBy | None = None


def open_places(poll: Poll) -> OpenPlaces | None:
    """What the current count leaves open, whether or not somebody has seen to it since; None for nothing."""
    if poll.counted is None:
        return None
    outcome: Mapping[str, Any] = read_count(poll.counted.count)["outcome"]
    if found := outcome.get("second_ballot"):
        return OpenPlaces(items=tuple(found["items"]), places=found["places"], again=Again(found["reason"]))
    if found := outcome.get("decision"):
        return OpenPlaces(items=tuple(found["items"]), places=found["places"], by=DecidedBy(found["by"]))
    return None


def waits_for_second_ballot(poll: Poll) -> bool:
    """Whether a second ballot is to be held and none is prepared."""
    found = open_places(poll)
    declared = poll.stage is PollStage.DECLARED
    return declared and found is not None and found.again is not None and poll.again_in is None and poll.places is None


def waits_for_decision(poll: Poll) -> bool:
    """Whether a body has yet to decide on open places."""
    found = open_places(poll)
    return poll.stage is PollStage.DECLARED and found is not None and found.by is not None and poll.places is None


def second_ballot_rules(rules: RuleProfile, again: Again, places: int) -> RuleProfile:
    """The parent's profile for the places left (tally format, "A second ballot").

    After a tie no surplus is asked for, and what is still tied goes to the presidium.
    """
    if again is Again.TIE:
        least, tie = Decimal(0), TieAtCut.PRESIDIUM_DECIDES
        return replace(rules, quota=places, min_surplus_rate=least, tie_at_cut=tie)
    return replace(rules, quota=places)


def second_ballot(
    parent_id: UUID,
    parent: Poll | None,
    *,
    title: str,
    card_set: UUID | None,
    sealing: Sealing,
    paper_colour: str,
    waiver: str = "",
) -> PollPrepared:
    """The poll on the items the declared parent left to a second ballot.

    Raises PollInWrongStage before the declaration, NothingLeftOpen, AlreadyHeldAgain or PlacesAlreadyDecided.
    """
    parent = in_stage(parent, PollStage.DECLARED)
    prepared, found = parent.prepared, open_places(parent)
    if found is None or found.again is None:
        raise NothingLeftOpen(title=prepared.title)
    _require_unsettled(parent)
    by_id = {item.id: item for item in prepared.items}
    return replace(
        prepared,
        title=title.strip(),
        items=tuple(by_id[item] for item in _as_on_the_ballot(prepared.items, found.items)),
        profile=second_ballot_rules(prepared.profile, found.again, found.places),
        card_set=card_set,
        sealing=sealing,
        paper_colour=paper_colour,
        waiver=waiver.strip(),
        parent=parent_id,
        again=found.again,
    )


def _as_on_the_ballot(items: tuple[PollItem, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The order of the first ballot: that of votes would show voters who was ahead."""
    return tuple(item.id for item in items if item.id in chosen)


def repetition(
    parent_id: UUID,
    parent: Poll | None,
    *,
    title: str,
    card_set: UUID | None,
    sealing: Sealing,
    paper_colour: str,
) -> PollPrepared:
    """The same poll once more, after it was opened and ended without a result. Raises PollInWrongStage."""
    parent = in_stage(parent, PollStage.CANCELLED)
    if parent.opened is None:
        raise NothingLeftOpen(title=parent.prepared.title)
    return replace(
        parent.prepared,
        title=title.strip(),
        card_set=card_set,
        sealing=sealing,
        paper_colour=paper_colour,
        parent=parent_id,
        again=Again.REPEAT,
    )


def hold_again(parent: Poll | None, poll: UUID, again: Again) -> HeldAgain:
    """Notes on the poll that left places open that another is held for them.

    Raises AlreadyHeldAgain or PlacesAlreadyDecided.
    """
    _require_unsettled(known(parent))
    return HeldAgain(poll=poll, again=again)


def decide_places(poll: Poll | None, *, number: str, on: date, adopted: tuple[UUID, ...]) -> PlacesDecided:
    """The decision of the body the outcome names.

    Where a second ballot cannot be held the presidium decides that the places stay empty.
    Raises PollInWrongStage, NothingLeftOpen, AlreadyHeldAgain, PlacesAlreadyDecided, Missing (number), Invalid (on),
    NotAmongTheOpen, MoreThanPlaces or ByVoteAlone.
    """
    poll = in_stage(poll, PollStage.DECLARED)
    found = open_places(poll)
    if found is None:
        raise NothingLeftOpen(title=poll.prepared.title)
    _require_unsettled(poll)
    if not number.strip():
        raise Missing(fields=("number",))
    if poll.declared is not None and on < poll.declared.on:
        raise Invalid(field="on", reason="before_declaration", value=on.isoformat())
    _require_open(poll, adopted)
    if found.by is None and adopted:
        raise ByVoteAlone
    if len(adopted) > found.places:
        raise MoreThanPlaces(named=len(adopted), places=found.places)
    by = found.by or DecidedBy.PRESIDIUM
    return PlacesDecided(by=by, number=number.strip(), on=on, adopted=_in_order(poll, adopted))


def _require_unsettled(poll: Poll) -> None:
    if poll.places is not None:
        raise PlacesAlreadyDecided(number=poll.places.number)
    if poll.again_in is not None:
        raise AlreadyHeldAgain(title=poll.prepared.title)


def _require_open(poll: Poll, adopted: tuple[UUID, ...]) -> None:
    left = open_items(read_count(counted_in(poll).count))
    names = {item.project: item.name for item in poll.prepared.items}
    among = {item.project for item in poll.prepared.items if item.id in left}
    for project in adopted:
        if project not in among:
            raise NotAmongTheOpen(name=names.get(project, str(project)))


def _in_order(poll: Poll, adopted: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """In the order of the ballot, each once."""
    return tuple(item.project for item in poll.prepared.items if item.project in adopted)
