"""Inquiries, duties, volunteers and a guidance visit around one project, as facts alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from domain.shared import Year
from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFellOverdue,
    DutyOutcome,
    DutyRaised,
    DutySentBack,
    DutySource,
    DutyWithdrawn,
    EscalationStep,
    Origin,
)
from domain.supervision.duty_rules import READY_MADE, DutyRulesAdopted, duty_rules_stream
from domain.supervision.inquiry import (
    InquiryCancelled,
    InquiryHeld,
    InquiryKind,
    InquiryPlan,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    InquiryRearranged,
)
from domain.supervision.observation import (
    ObservationKind,
    ObservationMade,
    ObservationOutcome,
    ObservationPhotoErased,
    ObservationSettled,
)
from domain.supervision.visit import (
    VisitCancelled,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitFindingWithdrawn,
    VisitHeld,
    VisitPlan,
    VisitPlanned,
    VisitRearranged,
)
from domain.supervision.volunteer import (
    VolunteerAssigned,
    VolunteerEnlisted,
    VolunteerForgotten,
    VolunteerLinkIssued,
    VolunteerLinkRevoked,
    VolunteerReleased,
    volunteers_stream,
)
from tests.golden.make import sample

F = TypeVar("F")
Told = tuple[UUID, object]


def inquired(congress: UUID, year: Year, project: UUID, unit: UUID, delegate: UUID) -> Iterator[Told]:
    """Every fact of inquiries, duties, volunteers, observations and visits at least once."""
    yield from _inquiries(congress, year, project, delegate)
    yield from _duties(congress, year, project, unit)
    yield from _volunteers(congress, year, project)
    yield from _visits(congress, year, project)


def _inquiries(congress: UUID, year: Year, project: UUID, delegate: UUID) -> Iterator[Told]:
    held, off = uuid5(project, "inquiry"), uuid5(project, "hearing")
    first, second = uuid5(held, "first"), uuid5(held, "second")
    plan = _of(InquiryPlan, projects=(project,), delegates=(delegate,), on=date(year, 6, 1))
    about = {"congress": congress, "year": year, "plan": plan}
    yield held, _of(InquiryPlanned, inquiry=held, kind=InquiryKind.INQUIRY, **about)
    yield held, _of(InquiryRearranged, inquiry=held, plan=replace(plan, on=date(year, 6, 10)))
    yield held, _of(InquiryQuestionPut, inquiry=held, question=first, delegate=delegate)
    yield held, _of(InquiryQuestionPut, inquiry=held, question=second, delegate=None, unit=None)
    yield held, _of(InquiryQuestionCorrected, inquiry=held, question=first)
    yield held, _of(InquiryQuestionDropped, inquiry=held, question=second)
    yield held, _of(InquiryQuestionAnswered, inquiry=held, question=first)
    yield held, _of(InquiryHeld, inquiry=held, on=date(year, 6, 10))
    yield off, _of(InquiryPlanned, inquiry=off, kind=InquiryKind.HEARING, **about)
    yield off, _of(InquiryCancelled, inquiry=off)


def _duties(congress: UUID, year: Year, project: UUID, unit: UUID) -> Iterator[Told]:
    inquiry = Origin(kind=DutySource.INQUIRY, id=uuid5(project, "inquiry"), title="老旧小区改造")
    one, two = uuid5(project, "duty 1"), uuid5(project, "duty 2")
    raised = _of(DutyRaised, congress=congress, year=year, origin=inquiry, project=project, unit=unit)
    yield one, replace(raised, duty=one)
    yield one, _of(DutyChanged, duty=one, project=project, unit=unit)
    yield one, _of(DutyFellOverdue, duty=one)
    yield one, _of(DutyEscalated, duty=one, step=EscalationStep.REMINDED)
    yield one, _of(DutyAnswered, duty=one, outcome=DutyOutcome.UNDER_WAY, unit=unit)
    yield one, _of(DutySentBack, duty=one)
    yield one, _of(DutyAnswered, duty=one, outcome=DutyOutcome.DONE, unit=unit)
    yield one, _of(DutyApproved, duty=one)
    yield duty_rules_stream(congress), _of(DutyRulesAdopted, congress=congress, rules=READY_MADE)
    yield two, replace(raised, duty=two)
    yield two, _of(DutyWithdrawn, duty=two)


def _volunteers(congress: UUID, year: Year, project: UUID) -> Iterator[Told]:
    roster, who = volunteers_stream(congress), uuid5(congress, "volunteer")
    seen = uuid5(who, "observation")
    made = _of(ObservationMade, observation=seen, volunteer=who, number=1, congress=congress, year=year)
    yield roster, _of(VolunteerEnlisted, congress=congress, volunteer=who, number=1, projects=(project,))
    yield roster, _of(VolunteerAssigned, volunteer=who, projects=(project,))
    yield roster, _of(VolunteerLinkIssued, volunteer=who)
    yield seen, replace(made, project=project, kind=ObservationKind.PROBLEM)
    yield seen, _of(ObservationPhotoErased, observation=seen, file=made.photos[0].file)
    yield seen, _of(ObservationSettled, observation=seen, outcome=ObservationOutcome.NOTED, duty=None)
    yield roster, _of(VolunteerLinkRevoked, volunteer=who)
    yield roster, _of(VolunteerReleased, volunteer=who)
    yield roster, _of(VolunteerForgotten, volunteer=who)


def _visits(congress: UUID, year: Year, project: UUID) -> Iterator[Told]:
    """The upper congress is made up: it comes from outside of this year."""
    visit, off = uuid5(project, "visit"), uuid5(project, "visit off")
    first, second = uuid5(visit, "first"), uuid5(visit, "second")
    plan = _of(VisitPlan, on=date(year, 7, 1), projects=(project,))
    planned = _of(VisitPlanned, congress=uuid5(congress, "above"), year=year, visited=congress, plan=plan)
    yield visit, replace(planned, visit=visit)
    yield visit, _of(VisitRearranged, visit=visit, plan=plan)
    yield visit, _of(VisitHeld, visit=visit, on=date(year, 7, 1))
    yield visit, _of(VisitFindingNoted, visit=visit, finding=first, project=project)
    yield visit, _of(VisitFindingNoted, visit=visit, finding=second, project=None)
    yield visit, _of(VisitFindingWithdrawn, visit=visit, finding=second)
    yield visit, _of(VisitFindingAnswered, visit=visit, finding=first)
    yield visit, _of(VisitFindingSentBack, visit=visit, finding=first)
    yield visit, _of(VisitFindingAnswered, visit=visit, finding=first)
    yield visit, _of(VisitFindingApproved, visit=visit, finding=first)
    yield off, replace(planned, visit=off)
    yield off, _of(VisitCancelled, visit=off)


def _of(kind: type[F], /, **known: Any) -> F:
    made: Any = sample(kind, kind.__name__)
    return cast("F", replace(made, **known))
