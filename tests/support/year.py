"""A made-up year of a congress as facts alone, from its founding to the answers of the departments.

Facts come from the samples of the golden files, with the identities put right: what they say is
without meaning, who and what they belong to is not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from application.history.history import History
from application.history.recorded import Recorded
from domain.accounts.account import AccountOpened, RoleGranted
from domain.accounts.api_token import ApiTokenIssued
from domain.accounts.permissions import Role
from domain.asks.ask import (
    AskApproved,
    AskEscalated,
    AskFellOverdue,
    AskHandedOver,
    AskIssued,
    AskKind,
    AskPhotoErased,
    AskSentBack,
    AskUrged,
    AskWithdrawn,
    NextYearOpened,
    ProgressAnswered,
    SummaryAnswered,
    ask_id,
)
from domain.asks.rules import READY_MADE, AskRulesAdopted, rules_stream
from domain.congress.calendar import CalendarEntryAdded, year_calendar_stream
from domain.congress.congress import CongressFounded, SlugTakenBy, UnitAdded, slug_stream
from domain.congress.council import (
    AgendaItemEntered,
    AgendaItemPutRight,
    AgendaItemRemoved,
    AgendaOrdered,
    DiscussionCorrected,
    DiscussionNoted,
    HandsShown,
    ItemDecided,
    ItemListed,
    ItemPassedOn,
    ItemPutToPoll,
    agenda_stream,
)
from domain.congress.look import CongressLookChosen
from domain.congress.materials import MaterialRead, MaterialSent, ReadersReminded, reminding_stream
from domain.congress.materials import reading_stream as material_reading_stream
from domain.congress.roll import DelegateEntry, DelegatesImported, roll_stream
from domain.congress.session import CardDrawn, DelegateCheckedIn, SessionConvened, attendance_stream
from domain.congress.street_list import ListedItem, StreetListAnnounced, street_list_stream
from domain.congress.year_report import (
    ReportKind,
    YearReportSubmitted,
    YearReportTakenBack,
    YearReportWritten,
    year_report_stream,
)
from domain.polls.card_set import CardSetBound, CardSetPrinted, CardSetReleased
from domain.polls.count import canonical_count, count_hash
from domain.polls.outcome import Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.poll import Poll, PollClosed, PollCounted, PollDeclared, PollItem, PollOpened, PollPrepared
from domain.polls.profile import ProfileAdopted, ProfileDrafted, ProfileRevised
from domain.polls.rules import RuleProfile
from domain.projects.candidate_list import CandidateListPublished, CandidateListPutToVote, ListedCandidate
from domain.projects.deliberation import deliberation_stream
from domain.projects.duty_list import DutyListPublished, duty_list_stream
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    VoteOnProject,
)
from domain.projects.remark import QuestionAsked, RemarkAnswered, RemarkAssigned, RemarkCorrected, RemarkRecorded
from domain.projects.voted_list import AdoptedProject, VotedListAnnounced, voted_list_stream
from domain.proposals.call import CallExtended, CallPublished, CallReworded, call_stream
from domain.proposals.house import HouseChanged, HouseOpened, house_code
from domain.proposals.proposal import (
    ProposalDeclined,
    ProposalMerged,
    ProposalPutRight,
    ProposalReceived,
    ProposalScreened,
    ProposalTookIn,
    tracking_code,
)
from domain.proposals.support import SupportGiven, support_stream
from domain.shared import CHINA, Year, project_code
from tests.golden.make import sample
from tests.support.counting import votes
from tests.support.course import PLAN, course, rules
from tests.support.inquired import inquired
from tests.support.watched import watched

F = TypeVar("F")
CONGRESS = UUID("00000000-0000-5000-8000-00000c0de001")
YEAR = Year(2026)
UPPER = UUID("00000000-0000-5000-8000-00000c0de0ff")
"""A congress above that asks."""
SESSION, POLL, UNIT, ACCOUNT = (uuid5(CONGRESS, name) for name in ("session", "poll", "unit", "account"))
HOUSE = uuid5(CONGRESS, "house")
PROFILE, CARDS = (uuid5(CONGRESS, name) for name in ("profile", "cards"))
PROJECTS = tuple(uuid5(CONGRESS, f"project {number}") for number in range(1, 41))
DELEGATES = tuple(uuid5(CONGRESS, f"delegate {number}") for number in range(1, 121))
ADOPTED = PROJECTS[:10]
PROPOSALS = tuple(uuid5(CONGRESS, f"proposal {number}") for number in range(1, 4))
RULES = RuleProfile(title="票决办法", quota=10, unsealed_allowed=True, allow_equal=True)

Told = tuple[UUID, object]


def of(kind: type[F], /, **known: Any) -> F:
    """A sample of the fact in which these fields are as they must be."""
    made: Any = sample(kind, kind.__name__)
    return cast("F", replace(made, **known))


OPENED = of(PollOpened, all_delegates=len(DELEGATES), attending=len(DELEGATES), issued=len(DELEGATES))
CLOSED = of(PollClosed, ballots=len(DELEGATES), cards_printed=len(DELEGATES), cards_voided=0)


def record(history: History, of_these: Iterable[Told] = ()) -> int:
    """Records the year, a fact a minute, many to a transaction; returns the last position."""
    versions: Counter[UUID] = Counter()
    at, told = datetime(2025, 10, 1, 8, 0, tzinfo=CHINA), []
    for stream, fact in of_these or facts():
        versions[stream] += 1
        at += timedelta(minutes=1)
        told.append(Recorded(stream, versions[stream], at, ACCOUNT, fact))
    for start in range(0, len(told), 100):
        history.append(told[start : start + 100], seen={})
    return history.last_position()


def facts() -> Iterator[Told]:
    """Every fact with its stream, in the order of the year."""
    yield from _founding()
    yield from _call()
    yield from _proposals()
    yield from _candidates()
    yield from _deliberation()
    yield from _session()
    yield from _council()
    yield from _declaration()
    yield from _asks()
    yield from _implementation()
    yield from watched(CONGRESS, YEAR, ADOPTED[0], DELEGATES)
    yield from inquired(CONGRESS, YEAR, ADOPTED[0], UNIT, DELEGATES[0])
    yield from _year_report()


def in_short() -> Iterator[Told]:
    """The same year with three projects and nobody present: what residents are shown, quickly recorded."""
    left_out = {*PROJECTS[3:], *(attendance_stream(SESSION, delegate) for delegate in DELEGATES)}
    left_out |= {ask_id(CONGRESS, YEAR, AskKind.PROGRESS, project) for project in PROJECTS[3:]}
    yield from ((stream, _shortened(fact)) for stream, fact in facts() if stream not in left_out)


def _shortened(fact: object) -> object:
    """The same about the first three projects alone."""
    kept = PROJECTS[:3]
    match fact:
        case CandidateListPublished():
            return replace(fact, candidates=fact.candidates[:3])
        case PollPrepared():
            return replace(fact, items=fact.items[:3])
        case PollCounted():
            return counted(prepared_with(PROJECTS[:3]))
        case PollDeclared():
            return replace(fact, adopted=kept)
        case VotedListAnnounced():
            return replace(fact, projects=fact.projects[:3])
    return fact


def _founding() -> Iterator[Told]:
    yield ACCOUNT, of(AccountOpened, login="staff")
    yield ACCOUNT, of(RoleGranted, role=Role.STAFF, congress=CONGRESS)
    yield uuid5(CONGRESS, "token"), of(ApiTokenIssued, account=ACCOUNT, congress=CONGRESS)
    yield slug_stream("city"), SlugTakenBy(slug="city", congress=CONGRESS)
    yield CONGRESS, of(CongressFounded, slug="city", parent=None)
    yield CONGRESS, of(CongressLookChosen, emblem="青城", public_name="", contact="")
    yield year_calendar_stream(CONGRESS), of(CalendarEntryAdded, congress=CONGRESS)
    yield CONGRESS, of(UnitAdded, unit=UNIT)
    entries = tuple(
        of(DelegateEntry, delegate=delegate, number=str(number)) for number, delegate in enumerate(DELEGATES, 1)
    )
    yield roll_stream(CONGRESS), of(DelegatesImported, congress=CONGRESS, entries=entries)


def _call() -> Iterator[Told]:
    call = call_stream(CONGRESS, YEAR)
    yield call, of(CallPublished, congress=CONGRESS, year=YEAR)
    yield call, of(CallExtended)
    yield call, of(CallReworded)
    yield HOUSE, of(HouseOpened, congress=CONGRESS, code=house_code(HOUSE))
    yield HOUSE, of(HouseChanged)


def _proposals() -> Iterator[Told]:
    taker, merged, declined = PROPOSALS
    for proposal in PROPOSALS:
        known = {"congress": CONGRESS, "year": YEAR, "code": tracking_code(proposal), "split_from": None}
        yield proposal, of(ProposalReceived, **known)
    yield support_stream(taker), of(SupportGiven, congress=CONGRESS, year=YEAR, proposal=taker)
    yield declined, of(ProposalPutRight)
    yield declined, of(ProposalScreened)
    yield declined, of(ProposalDeclined)
    yield merged, of(ProposalMerged, into=taker)
    yield taker, of(ProposalTookIn, proposal=merged)


def _candidates() -> Iterator[Told]:
    for number, project in enumerate(PROJECTS, 1):
        drafted = of(CandidateDrafted, congress=CONGRESS, year=YEAR, code=project_code(project))
        card = replace(drafted.card, number=number, name=f"项目 {number}", lead_unit=UNIT)
        yield project, replace(drafted, card=card)
        yield project, CandidateRevised(card=replace(card, purpose="改"))
        yield project, ProjectListed(number=number, on=date(2025, 12, 20))
    yield (
        uuid5(CONGRESS, "candidates"),
        of(
            CandidateListPublished,
            congress=CONGRESS,
            year=YEAR,
            session=SESSION,
            candidates=tuple(
                ListedCandidate(project=project, number=number, name=f"项目 {number}")
                for number, project in enumerate(PROJECTS, 1)
            ),
        ),
    )


def _deliberation() -> Iterator[Told]:
    said, question, material = (uuid5(CONGRESS, name) for name in ("remark", "question", "material"))
    about = {"congress": CONGRESS, "year": YEAR, "project": PROJECTS[0], "unit": UNIT}
    stream = deliberation_stream(PROJECTS[0], YEAR)
    yield stream, of(RemarkRecorded, **about, remark=said, delegate=None)
    yield stream, of(RemarkCorrected, remark=said)
    yield stream, of(RemarkAssigned, remark=said, unit=UNIT)
    yield stream, of(RemarkAnswered, remark=said, answered_by=UNIT)
    yield stream, of(QuestionAsked, **about, remark=question, delegate=DELEGATES[0])
    yield material, of(MaterialSent, congress=CONGRESS, session=SESSION, delegations=(), file=None)
    read = MaterialRead(congress=CONGRESS, material=material, delegate=DELEGATES[0], edition=1)
    yield material_reading_stream(material, DELEGATES[0]), read
    yield reminding_stream(material), of(ReadersReminded, congress=CONGRESS, about=material)


def _session() -> Iterator[Told]:
    yield SESSION, of(SessionConvened, congress=CONGRESS, year=YEAR)
    yield PROFILE, ProfileDrafted(congress=CONGRESS, rules=replace(RULES, title="草案"))
    yield PROFILE, ProfileRevised(rules=RULES)
    yield PROFILE, of(ProfileAdopted, session=SESSION)
    yield CARDS, of(CardSetPrinted, congress=CONGRESS, session=SESSION)
    yield POLL, prepared_with(PROJECTS)
    yield CARDS, of(CardSetBound, poll=POLL)
    yield CARDS, of(CardSetReleased)
    yield uuid5(CONGRESS, "candidates"), CandidateListPutToVote(poll=POLL)
    for delegate in DELEGATES:
        known = {"congress": CONGRESS, "session": SESSION, "delegate": delegate}
        yield attendance_stream(SESSION, delegate), of(DelegateCheckedIn, **known)
        yield attendance_stream(SESSION, delegate), of(CardDrawn, **known, poll=POLL)
    yield POLL, OPENED
    yield POLL, CLOSED


def prepared_with(projects: tuple[UUID, ...]) -> PollPrepared:
    """A poll on these projects in which ten may be adopted."""
    items = tuple(
        of(PollItem, id=str(number), name=f"项目 {number}", project=project)
        for number, project in enumerate(projects, 1)
    )
    return of(
        PollPrepared,
        congress=CONGRESS,
        session=SESSION,
        year=YEAR,
        items=items,
        profile=RULES,
        profile_id=PROFILE,
        card_set=CARDS,
        rehearsal=False,
        keypad=False,
        parent=None,
        again=None,
        electorate=(),
    )


def counted(prepared: PollPrepared) -> PollCounted:
    """A real count: the first item has the most votes, each further one has two less."""
    columns = votes(*(len(DELEGATES) - 2 * place for place in range(len(prepared.items))), returned=len(DELEGATES))
    turnout = Turnout(all_delegates=len(DELEGATES), attending=len(DELEGATES), issued=len(DELEGATES))
    parts = Parts(electronic=columns)
    outcome = tally_parts(prepared.profile, prepared.items, turnout, parts)
    text = canonical_count(POLL, Poll(prepared=prepared, opened=OPENED, closed=CLOSED), turnout, parts, outcome)
    return PollCounted(version=1, count=text, count_hash=count_hash(text))


def _council() -> Iterator[Told]:
    stream = agenda_stream(SESSION)
    first, second, third = (uuid5(SESSION, f"item {number}") for number in (1, 2, 3))
    for item in (first, second, third):
        yield stream, of(AgendaItemEntered, congress=CONGRESS, session=SESSION, item=item, proposal=None)
    yield stream, of(AgendaItemPutRight, item=second)
    yield stream, of(AgendaItemRemoved, item=first)
    yield stream, AgendaOrdered(order=(third, second))
    note = uuid5(first, "note")
    yield stream, of(DiscussionNoted, item=second, note=note)
    yield stream, of(DiscussionCorrected, item=second, note=note)
    yield stream, of(HandsShown, item=second, profile=PROFILE)
    yield stream, of(ItemDecided, item=second)
    yield stream, of(ItemPutToPoll, item=third, poll=POLL)
    yield stream, of(ItemDecided, item=third)
    yield stream, of(ItemPassedOn, item=third, congress=CONGRESS)
    yield stream, ItemListed(item=second, number=1)
    line = of(ListedItem, item=second, number=1)
    listed = of(StreetListAnnounced, congress=CONGRESS, year=YEAR, session=SESSION, lines=(line,))
    yield street_list_stream(CONGRESS, YEAR), listed


def _year_report() -> Iterator[Told]:
    report = year_report_stream(CONGRESS, ReportKind.ANALYSIS, YEAR, YEAR)
    years = {"kind": ReportKind.ANALYSIS, "first_year": YEAR, "last_year": YEAR}
    yield report, of(YearReportWritten, congress=CONGRESS, **years)
    yield report, of(YearReportSubmitted)
    yield report, of(YearReportTakenBack)
    yield report, of(YearReportWritten, congress=CONGRESS, title="重新写过", **years)
    yield report, of(YearReportSubmitted)


def _declaration() -> Iterator[Told]:
    yield POLL, counted(prepared_with(PROJECTS))
    yield POLL, of(PollDeclared, adopted=ADOPTED)
    for rank, project in enumerate(PROJECTS, 1):
        vote = of(VoteOnProject, poll=POLL, rank=rank, passed=project in ADOPTED, first=None)
        if project in ADOPTED:
            yield project, of(ProjectAdopted, number=rank, vote=vote, decided_by="")
        else:
            yield project, of(ProjectNotAdopted, vote=vote, decided_by="")
    adopted = tuple(
        AdoptedProject(project=project, number=number, name=f"项目 {number}")
        for number, project in enumerate(ADOPTED, 1)
    )
    announced = of(VotedListAnnounced, congress=CONGRESS, year=YEAR, poll=POLL, projects=adopted)
    yield voted_list_stream(CONGRESS, YEAR), announced


def _asks() -> Iterator[Told]:
    for project in ADOPTED:
        ask = ask_id(CONGRESS, YEAR, AskKind.PROGRESS, project)
        issued = {"congress": CONGRESS, "year": YEAR, "kind": AskKind.PROGRESS, "project": project, "unit": UNIT}
        yield ask, of(AskIssued, **issued)
        yield ask, of(ProgressAnswered)
        yield ask, of(AskSentBack)
        yield ask, of(ProgressAnswered)
        yield ask, of(AskPhotoErased)
        yield ask, of(AskHandedOver, unit=UNIT)
        yield ask, of(AskApproved)
    yield rules_stream(CONGRESS), of(AskRulesAdopted, congress=CONGRESS, rules=READY_MADE)
    summary = ask_id(CONGRESS, YEAR, AskKind.SUMMARY, ADOPTED[0])
    about = {"kind": AskKind.SUMMARY, "project": ADOPTED[0], "unit": UNIT, "asked_by": None}
    yield summary, of(AskIssued, congress=CONGRESS, year=YEAR, **about)
    for fact in (AskUrged, AskFellOverdue, AskEscalated, SummaryAnswered, AskApproved, NextYearOpened):
        yield summary, of(fact)
    plan = ask_id(CONGRESS, YEAR, AskKind.PLAN, asked_by=UPPER)
    yield plan, of(AskIssued, congress=CONGRESS, year=YEAR, kind=AskKind.PLAN, project=None, unit=None, asked_by=UPPER)
    yield plan, of(AskWithdrawn)


def _implementation() -> Iterator[Told]:
    yield rules(CONGRESS)
    yield from course(CONGRESS, YEAR, ADOPTED[0], replace(PLAN, lead_unit=UNIT))
    listed = of(DutyListPublished, congress=CONGRESS, year=YEAR, projects=ADOPTED[:1])
    yield duty_list_stream(CONGRESS, YEAR), listed
