"""What something was at an earlier moment, and what each change made of it: folded from its history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, get_args
from uuid import UUID

from application.history.history import History
from application.history.recorded import Recorded
from domain.accounts import account as accounts
from domain.accounts import api_token as tokens
from domain.accounts import login as logins
from domain.asks import ask as asks
from domain.asks import rules as ask_rules
from domain.changes import Change, changes
from domain.congress import calendar as calendars
from domain.congress import congress as congresses
from domain.congress import council as councils
from domain.congress import materials, working_days
from domain.congress import rehearsal as rehearsals
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress import street_list as street_lists
from domain.congress import year_report as year_reports
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls import profile as profiles
from domain.polls import voiding as voidings
from domain.projects import candidate_list as lists
from domain.projects import deliberation, difficulty, implementation, implementation_facts, periods, remark
from domain.projects import duty_list as duty_lists
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.proposals import call as calls
from domain.proposals import house as houses
from domain.proposals import proposal as proposals
from domain.proposals import screening as screenings
from domain.proposals import support as supports
from domain.supervision import draw as draws
from domain.supervision import duty as duties
from domain.supervision import duty_rules
from domain.supervision import group as groups
from domain.supervision import inquiry as inquiries
from domain.supervision import inspection as inspections
from domain.supervision import note as notes
from domain.supervision import observation as observations
from domain.supervision import visit as visits
from domain.supervision import volunteer as volunteers

S = TypeVar("S")
Evolve = Callable[[S | None, Any], S]

_FOLDED: tuple[tuple[object, Evolve[Any]], ...] = (
    (accounts.AccountFact, accounts.evolve),
    (tokens.ApiTokenFact, tokens.evolve),
    (logins.LoginTakenBy, logins.evolve_login),
    (congresses.CongressFact, congresses.evolve),
    (congresses.SlugTakenBy, congresses.evolve_slug),
    (calendars.CalendarFact, calendars.evolve_year),
    (working_days.WorkingDaysFact, working_days.evolve),
    (rolls.RollFact, rolls.evolve),
    (sessions.SessionFact, sessions.evolve),
    (sessions.AttendanceFact, sessions.evolve_attendance),
    (sessions.SessionEntered, sessions.evolve_calendar),
    (rehearsals.RehearsalEntered, rehearsals.evolve_rehearsals),
    (councils.AgendaFact, councils.evolve),
    (year_reports.YearReportFact, year_reports.evolve),
    (street_lists.StreetListAnnounced, street_lists.evolve_street_list),
    (projects.ProjectFact, projects.evolve),
    (lists.CandidateListFact, lists.evolve),
    (lists.CardRead, lists.evolve_reading),
    (voted_lists.VotedListFact, voted_lists.evolve),
    (duty_lists.DutyListPublished, duty_lists.evolve),
    (implementation_facts.ImplementationFact, implementation.evolve),
    (difficulty.LeadingGroupMet, difficulty.evolve_meeting),
    (periods.ProgressRulesAdopted, periods.evolve_rules),
    (card_sets.CardSetFact, card_sets.evolve),
    (polls.PollFact, polls.evolve),
    (voidings.VoidingNoted, voidings.evolve),
    (profiles.ProfileFact, profiles.evolve),
    (asks.AskFact, asks.evolve),
    (ask_rules.AskRulesAdopted, ask_rules.evolve_rules),
    (calls.CallFact, calls.evolve),
    (houses.HouseFact, houses.evolve),
    (proposals.ProposalFact, proposals.evolve),
    (screenings.ScreeningRulesAdopted, screenings.evolve_rules),
    (supports.SupportGiven, supports.evolve_support),
    (groups.GroupFact, groups.evolve),
    (inspections.InspectionFact, inspections.evolve),
    (notes.NoteFact, notes.evolve),
    (draws.DrawFact, draws.evolve),
    (duties.DutyFact, duties.evolve),
    (duty_rules.DutyRulesAdopted, duty_rules.evolve_duty_rules),
    (inquiries.InquiryFact, inquiries.evolve),
    (observations.ObservationFact, observations.evolve),
    (visits.VisitFact, visits.evolve),
    (volunteers.VolunteerFact, volunteers.evolve),
    (materials.MaterialFact, materials.evolve),
    (materials.MaterialRead, materials.evolve_reading),
    (materials.ReadersReminded, materials.evolve_reminding),
    (remark.DeliberationFact, deliberation.evolve),
    (remark.ClosingFact, deliberation.evolve_closing),
)
_EVOLVE = {fact: evolve for facts, evolve in _FOLDED for fact in (get_args(facts) or (facts,))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One recorded fact of a stream with what it changed there."""

    number: int
    at: datetime
    by: UUID | None
    fact: object
    changed: tuple[Change, ...]


class Past:
    """The office as it stood when a moment was over.

    What counts is the order of recording: everything before the last fact of that moment had happened, whatever a
    clock said that was put right since.
    """

    def __init__(self, history: History, until: datetime) -> None:
        self._history = history
        self.until = until

    def state_of(self, stream: UUID, evolve: Evolve[S]) -> S | None:
        """The state of then, None when nothing was there yet."""
        return self.states_of((stream,), evolve).get(stream)

    def states_of(self, streams: Iterable[UUID], evolve: Evolve[S]) -> dict[UUID, S]:
        """Many states of then in one query; streams where nothing was are left out."""
        found: dict[UUID, S] = {}
        for stream, recorded in self._history.recorded_of(streams).items():
            state: S | None = None
            for one in recorded[: known_by(recorded, self.until)]:
                state = evolve(state, one.fact)
            if state is not None:
                found[stream] = state
        return found


def known_by(recorded: Sequence[Recorded], until: datetime) -> int:
    """How many facts of a stream were there when the moment was over."""
    return max((place for place, one in enumerate(recorded, start=1) if one.at <= until), default=0)


def versions_of(history: History, stream: UUID) -> tuple[Version, ...]:
    """Everything that was done to one thing, in order; empty when nothing is there."""
    return versions(history.recorded_of((stream,)).get(stream, []))


def versions(recorded: Iterable[Recorded]) -> tuple[Version, ...]:
    """The facts of a stream, each with what it changed; of a fact nobody folds, what it says."""
    found: list[Version] = []
    before: object | None = None
    for one in recorded:
        evolve = _EVOLVE.get(type(one.fact))
        after: object = evolve(before, one.fact) if evolve else one.fact
        changed = changes(before if evolve else None, after)
        found.append(Version(number=one.originator_version, at=one.at, by=one.by, fact=one.fact, changed=changed))
        before = after
    return tuple(found)


def version_at(history: History, stream: UUID, number: int) -> Version:
    """One fact with what it changed. Raises IndexError where there is none."""
    recorded = history.recorded_of((stream,)).get(stream, [])
    before, one = recorded[: number - 1], recorded[number - 1]
    evolve = _EVOLVE.get(type(one.fact))
    state: object | None = None
    for earlier in before if evolve else ():
        state = evolve(state, earlier.fact) if evolve else None
    after: object = evolve(state, one.fact) if evolve else one.fact
    return Version(number=number, at=one.at, by=one.by, fact=one.fact, changed=changes(state, after))


def is_folded(fact: type) -> bool:
    """Whether it is known what the fact makes of its stream."""
    return fact in _EVOLVE


def evolutions() -> tuple[Evolve[Any], ...]:
    """Every way in which facts add up to something."""
    return tuple(evolve for _facts, evolve in _FOLDED)
