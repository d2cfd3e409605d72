"""Commands of a residents' council: its agenda, what was said, hands, results, and what becomes of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.congress import existing, session_at, session_of
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import council as councils
from domain.congress import deciding_in_council as deciding
from domain.congress import roll as rolls
from domain.congress import street_list as street_lists
from domain.congress.council import (
    Agenda,
    AgendaFact,
    AgendaItemEntered,
    DiscussionCorrected,
    DiscussionNoted,
    Hands,
    ItemListed,
    ItemPassedOn,
    ItemResult,
    Matter,
)
from domain.congress.rehearsal import NotInRehearsal
from domain.polls import poll as polls
from domain.polls import profile as profiles
from domain.polls.poll import PollStage
from domain.polls.rules import Form
from domain.proposals import call as calls
from domain.proposals import deciding as proposing
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.proposals.proposal import (
    Outcome,
    ProposalForm,
    ProposalReceived,
    ProposalTransferred,
    Suggestion,
    TransferTo,
    tracking_code,
)
from domain.shared import NotFound, Refused


@dataclass(eq=False)
class NoUpperBody(Refused):
    """Nobody stands above this body to whom results could be passed on."""


@dataclass(eq=False)
class PollNotDeclared(Refused):
    """The poll that decides on the item has no declared result."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item to be entered: what it says, and the street's proposal it is about, if any."""

    matter: Matter
    proposal: UUID | None = None


def enter_items(office: Office, by: By, session: UUID, items: Sequence[NewItem]) -> int:
    """Puts items at the end of the agenda, in this order.

    Raises NotPermitted, NotFound (session, proposal), NotInRehearsal, Missing (title), Invalid or ProposalOnAgenda.
    """

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        convened = session_at(desk, session)
        facts: list[AgendaFact] = []
        for place, entered in enumerate(items):
            if entered.proposal is not None:
                known = desk.load(entered.proposal, proposals.evolve)
                if known is None or known.congress != convened.congress:
                    raise NotFound(kind="proposal", id=str(entered.proposal))
            fact = AgendaItemEntered(
                congress=convened.congress,
                session=session,
                item=office.new_id(by, f"agenda-item/{place}"),
                matter=entered.matter,
                proposal=entered.proposal,
            )
            facts.append(deciding.enter_item(agenda, fact))
            agenda = councils.evolve(agenda, fact)
        return facts

    return _change(office, by, session, decide)


def put_item_right(office: Office, by: By, session: UUID, item: UUID, matter: Matter) -> int:
    """Raises NotPermitted, NotFound, ItemWasVoted, Missing (title) or Invalid (too long)."""
    return _change(office, by, session, lambda _, agenda: deciding.put_item_right(agenda, item, matter))


def move_item(office: Office, by: By, session: UUID, item: UUID, to: int) -> int:
    """Puts an item at place `to`, counted from 1. Raises NotPermitted or NotFound."""
    return _change(office, by, session, lambda _, agenda: deciding.move_item(agenda, item, to))


def remove_item(office: Office, by: By, session: UUID, item: UUID, reason: str) -> int:
    """Raises NotPermitted, NotFound, ItemWasVoted or Missing (reason)."""
    return _change(office, by, session, lambda _, agenda: (deciding.remove_item(agenda, item, reason),))


def note_discussion(office: Office, by: By, session: UUID, item: UUID, speaker: str, words: str) -> int:
    """Raises NotPermitted, NotFound, Missing (words) or Invalid (too long)."""
    note = office.new_id(by, "discussion-note")
    fact = DiscussionNoted(item=item, note=note, speaker=speaker, words=words)
    return _change(office, by, session, lambda _, agenda: (deciding.note_discussion(agenda, fact),))


def correct_discussion(office: Office, by: By, session: UUID, fact: DiscussionCorrected) -> int:
    """Raises NotPermitted, NotFound, Missing (words, reason) or Invalid (too long)."""
    return _change(office, by, session, lambda _, agenda: deciding.correct_discussion(agenda, fact))


def show_hands(
    office: Office, by: By, session: UUID, item: UUID, hands: Hands, *, profile: UUID, reason: str = ""
) -> int:
    """Counts hands for an item by an adopted rule profile of this body; N is the roll of this moment.

    Raises NotPermitted, NotFound, ProfileNotAdopted, ItemSettled, ItemWasVoted, Missing, Invalid,
    MorePresentThanMembers, HandsDoNotAddUp or TooFewPresent.
    """

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        congress = councils.known_agenda(agenda).congress
        known = desk.load(profile, profiles.evolve)
        rules = profiles.adopted_rules(known)
        if known is None or known.congress != congress or rules.form is Form.GRADE:
            raise NotFound(kind="profile", id=str(profile))
        roll = desk.load(rolls.roll_stream(congress), rolls.evolve)
        shown = deciding.show_hands(
            agenda,
            item,
            hands,
            members=roll.all_delegates if roll else 0,
            profile=profile,
            version=known.version,
            rules=rules,
            on=office.today(),
            reason=reason,
        )
        return (shown,)

    return _change(office, by, session, decide)


def put_to_poll(office: Office, by: By, session: UUID, item: UUID, poll: UUID, poll_item: str) -> int:
    """A poll of the same meeting decides on the item. Raises NotPermitted, NotFound, ItemSettled or ItemWasVoted."""

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        state = polls.known(desk.load(poll, polls.evolve))
        if state.prepared.session != session or state.stage is PollStage.CANCELLED:
            raise NotFound(kind="poll", id=str(poll))
        if poll_item not in {one.id for one in state.prepared.items}:
            raise NotFound(kind="agenda_item", id=poll_item)
        return (deciding.put_to_poll(agenda, item, poll, poll_item),)

    return _change(office, by, session, decide)


def decide_item(office: Office, by: By, session: UUID, item: UUID, result: ItemResult, reason: str = "") -> int:
    """The council's result on an item.

    Raises NotPermitted, NotFound, PollNotDeclared, ItemSettled, ItemNotCarried, QuotaReached or Missing (reason).
    """

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        known = councils.known_agenda(agenda).item(item)
        quota = None
        if known.shown is not None:
            quota = profiles.known(desk.load(known.shown.profile, profiles.evolve)).rules.quota
        adopted = _adopted(desk, known) if result is not ItemResult.DEFERRED else None
        on = office.today()
        return (deciding.decide_item(agenda, item, result, quota=quota, adopted=adopted, on=on, reason=reason),)

    return _change(office, by, session, decide)


def pass_on(office: Office, by: By, session: UUID, suggestions: Mapping[UUID, Suggestion]) -> int:
    """Chosen items become proposals of the upper body's call for the meeting's year, all of them or none.

    `suggestions` say by item what is proposed there, in whose name and with which count. A street's open proposal
    behind an item is transferred with it, so that its author goes on following it; what was transferred before does not
    go twice.
    Raises NotPermitted, NoUpperBody, NotFound (item, call), ItemNotChosen, ItemSettled, ProposalSettled, Missing or
    Invalid.
    """

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        known = councils.known_agenda(agenda)
        street, year = existing(desk, known.congress), session_at(desk, session).year
        if street.parent is None:
            raise NoUpperBody
        on = office.today()
        calls.require_open(desk.load(calls.call_stream(street.parent, year), calls.evolve), on, Channel.COUNCIL)
        passed: list[AgendaFact] = []
        for item, suggestion in suggestions.items():
            onward = office.new_id(by, f"passed-on/{item}")
            code = tracking_code(onward)
            going = ItemPassedOn(item=item, congress=street.parent, proposal=onward, code=code)
            passed.append(deciding.pass_on(known, going))
            received = ProposalReceived(
                congress=street.parent,
                year=year,
                code=code,
                form=ProposalForm.UNIT,
                channel=Channel.COUNCIL,
                received_on=on,
                suggestion=suggestion,
                unit_name=street.name,
                origin=item,
            )
            desk.add(onward, proposing.receive(received))
            _transfer(desk, known.item(item).proposal, street.parent, onward)
        return passed

    return _change(office, by, session, decide)


def announce_street_list(office: Office, by: By, session: UUID, items: Sequence[UUID], notice_number: str) -> int:
    """Items chosen by hands come onto the street's own list of the meeting's year.

    Raises NotPermitted, NotFound, NothingToList, Missing or Invalid (notice_number).
    """

    def decide(desk: Desk, agenda: Agenda | None) -> Sequence[AgendaFact]:
        known = councils.known_agenda(agenda)
        wanted = {known.item(item).id for item in items}
        year = session_at(desk, session).year
        stream = street_lists.street_list_stream(known.congress, year)
        announced = street_lists.announce_street_list(
            desk.load(stream, street_lists.evolve_street_list),
            congress=known.congress,
            year=year,
            session=session,
            notice_number=notice_number,
            on=office.today(),
            chosen=tuple(one for one in known.items if one.id in wanted),
        )
        desk.add(stream, announced)
        return [ItemListed(item=line.item, number=line.number) for line in announced.lines]

    return _change(office, by, session, decide)


def _change(
    office: Office, by: By, session: UUID, decide: Callable[[Desk, Agenda | None], Sequence[AgendaFact]]
) -> int:
    """Raises NotPermitted, NotFound (session), NotInRehearsal and what is decided."""
    convened = session_of(office, session)
    by.actor.require(Act.KEEP_AGENDA, convened.congress)
    if convened.is_rehearsal:
        raise NotInRehearsal(title=convened.title)
    stream = councils.agenda_stream(session)

    def at(desk: Desk) -> None:
        desk.add(stream, *decide(desk, desk.load(stream, councils.evolve)))

    return office.record(by, at)


def _adopted(desk: Desk, item: councils.AgendaItem) -> bool | None:
    """What the declared poll made of an item; None for one that no poll decides. Raises PollNotDeclared."""
    if item.poll is None:
        return None
    state = polls.known(desk.load(item.poll, polls.evolve))
    if state.declared is None:
        raise PollNotDeclared(title=state.prepared.title)
    project = next(one.project for one in state.prepared.items if one.id == item.poll_item)
    return project in state.declared.adopted


def _transfer(desk: Desk, proposal: UUID | None, to: UUID, onward: UUID) -> None:
    """The street's own proposal goes along, while it is open.

    Raises ProposalSettled for one that went away already, e.g. with an item of an earlier meeting.
    """
    known = desk.load(proposal, proposals.evolve) if proposal else None
    if proposal is None or known is None or known.outcome not in {None, Outcome.TRANSFERRED}:
        return
    upper = existing(desk, to)
    fact = ProposalTransferred(
        to=TransferTo.CONGRESS, name=upper.name, congress=to, onward=onward, reason="居民议事会会商后报送。"
    )
    desk.add(proposal, proposing.transfer(known, fact))
