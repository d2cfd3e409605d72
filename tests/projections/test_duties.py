"""How duties, inquiries, volunteers and visits stand, on both stores."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.supervision.duty import STEPS, DutyAnswered, DutyApproved, DutyRaised
from projections import duties, guidance_visits, inquiries, volunteers
from projections.reading.projection import Projection
from tests.support.inquired import inquired
from tests.support.telling import Telling
from tests.support.year import CONGRESS, DELEGATES, UNIT, YEAR

PROJECT = UUID(int=77)
FACTS = list(inquired(CONGRESS, YEAR, PROJECT, UNIT, DELEGATES[0]))
FACTS_OF_A_DUTY = (
    next(fact for _, fact in FACTS if isinstance(fact, DutyRaised)),
    next(fact for _, fact in FACTS if isinstance(fact, DutyAnswered)),
)
"""Given, and answered as under way."""
MODELS = (duties, inquiries, volunteers, guidance_visits)


@pytest.fixture(params=MODELS, ids=lambda model: model.PROJECTION.name)
def projection(request: pytest.FixtureRequest) -> Projection:
    made: Projection = request.param.PROJECTION
    return made


def test_everything_that_happened_is_shown(telling: Telling, projection: Projection) -> None:
    telling.tell(*FACTS)
    {
        "duties": _duties,
        "inquiries": _inquiries,
        "volunteers": _volunteers,
        "guidance_visits": _visits,
    }[projection.name](telling)


def _duties(telling: Telling) -> None:
    one, two = telling.ask(duties.duties_of, CONGRESS, year=YEAR, project=PROJECT)
    assert (one.number, one.stage, one.outcome, one.step) == (1, "approved", "done", STEPS[0].value)
    assert (two.number, two.stage) == (2, "withdrawn")
    assert [step.kind for step in telling.ask(duties.steps_of, one.duty)] == [
        "raised",
        "changed",
        "fell_overdue",
        "reminded",
        "answered",
        "sent_back",
        "answered",
        "approved",
    ]
    assert telling.ask(duties.duties_from, [one.origin]) == [one, two]
    assert telling.ask(duties.duty_at, one.duty) == one
    assert telling.ask(duties.years, CONGRESS, UNIT) == [YEAR]
    assert telling.ask(duties.open_by_year, CONGRESS) == []
    (step, *_) = [step for step in telling.ask(duties.steps_of, one.duty) if step.files]
    assert telling.ask(duties.file_of, one.duty, UUID(step.files[0]["file"]))
    assert not one.is_overdue(date(2099, 1, 1))
    assert telling.ask(duties.late_duties, date(2099, 1, 1)) == [], "approved or withdrawn"
    (begun, *_), promised = FACTS_OF_A_DUTY, date(2026, 9, 1)
    later, told = UUID(int=78), replace(begun, duty=UUID(int=78))
    telling.tell((later, told))
    assert telling.ask(duties.late_duties, told.due_on) == []
    assert telling.ask(duties.late_duties, told.due_on + timedelta(days=1)) == [later]
    answer = replace(FACTS_OF_A_DUTY[1], duty=later, promised_on=promised)
    telling.tell((later, answer), (later, DutyApproved(duty=later, remark="", on=told.due_on)))
    assert telling.ask(duties.late_duties, promised) == []
    assert telling.ask(duties.late_duties, promised + timedelta(days=1)) == [later]
    assert one._replace(stage="open").is_overdue(one.due_on + timedelta(days=1))


def _inquiries(telling: Telling) -> None:
    held, off = sorted(
        telling.ask(inquiries.inquiries_of, CONGRESS, year=YEAR), key=lambda one: one.stage, reverse=True
    )
    assert (held.stage, held.questions, held.answered) == ("held", 1, 1)
    assert (off.stage, off.kind) == ("cancelled", "hearing")
    assert telling.ask(inquiries.projects_of, [held.inquiry]) == {held.inquiry: [PROJECT]}
    (question,) = telling.ask(inquiries.questions_of, held.inquiry)
    assert telling.ask(inquiries.questions_by, DELEGATES[0]) == [question]
    assert len(telling.ask(inquiries.inquiries_of, CONGRESS, project=PROJECT)) == 2
    assert telling.ask(inquiries.years, CONGRESS) == [YEAR]


def _volunteers(telling: Telling) -> None:
    (one,) = telling.ask(volunteers.volunteers_of, CONGRESS)
    assert (one.number, one.observations, one.forgotten, one.link_until) == (1, 1, True, None)
    assert telling.ask(volunteers.watched_by, [one.volunteer]) == {one.volunteer: [PROJECT]}
    assert telling.ask(volunteers.congresses_among, [one.volunteer, PROJECT]) == {one.volunteer: CONGRESS}
    (seen,) = telling.ask(volunteers.observations_of, CONGRESS, volunteer=one.volunteer, project=PROJECT)
    assert (seen.outcome, seen.photos) == ("noted", []), "the photo was erased"
    assert telling.ask(volunteers.observation_at, seen.observation) == seen
    assert telling.ask(volunteers.years, CONGRESS) == [YEAR]


def _visits(telling: Telling) -> None:
    held, off = sorted(telling.ask(guidance_visits.visits_of, CONGRESS), key=lambda one: one.stage, reverse=True)
    assert (held.stage, off.stage) == ("held", "cancelled")
    found = telling.ask(guidance_visits.findings_of, [held.visit, off.visit])
    (finding,) = found[held.visit]
    assert (finding.stage, finding.project, found[off.visit]) == ("approved", PROJECT, [])
    assert telling.ask(guidance_visits.visit_of, finding.finding) == held.visit
    assert telling.ask(guidance_visits.years, held.congress) == [YEAR]
