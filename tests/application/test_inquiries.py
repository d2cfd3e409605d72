"""Commands about duties, volunteers and visits: who may, what counts as a working day, and what is done once."""

import pytest

from application.office import Desk, Office
from application.private import contacts
from application.private.contacts import Contact
from application.private.store import open_private
from application.supervision import duties, observations, visits, volunteers
from application.supervision.duties import DutyAnswer, raise_duty_at
from application.supervision.observations import NotTheirProject, Observed
from domain.accounts.permissions import Role
from domain.projects.project import WrongStage
from domain.shared import NotFound, NotPermitted
from domain.supervision.duty import DutyOutcome, DutySource, Origin
from domain.supervision.observation import ObservationKind
from domain.supervision.visit import VisitPlan
from domain.supervision.visiting import VisitedNotBelow
from tests.support.stores import Clock, by, granted
from tests.support.supervising import UNIT, Supervising


@pytest.fixture
def room(office: Office, clock: Clock) -> Supervising:
    clock.set(2026, 1, 12, 9)
    return Supervising(office)


def given_duty(room: Supervising, name: str, working_days: int = 15) -> None:
    origin = Origin(kind=DutySource.INSPECTION, id=room.id("inspection"), title="视察")

    def decide(desk: Desk) -> None:
        raise_duty_at(desk, room.office, room.congress, room.id(name), origin, room.order(working_days=working_days))

    room.office.record(by(room.staff), decide)


def test_a_day_in_working_days_leaps_over_holidays_and_counts_make_up_days(room: Supervising, clock: Clock) -> None:
    clock.set(2026, 9, 18, 9)  # a Friday; Sunday the 20th is worked, the Mid-Autumn days from the 25th are free
    given_duty(room, "five", 5)
    assert duties.known_duty(room.office, room.id("five")).due_on.isoformat() == "2026-09-24"
    clock.set(2026, 6, 12, 9)  # rule 19: 2026-06-20 falls into a holiday, from the 19th to the 21st
    given_duty(room, "six", 5)
    assert duties.known_duty(room.office, room.id("six")).due_on.isoformat() == "2026-06-22"


def test_only_the_unit_itself_the_government_and_the_office_answer_a_duty(room: Supervising) -> None:
    given_duty(room, "duty")
    answer = DutyAnswer(words="已整改", outcome=DutyOutcome.DONE)
    other = next(name for name in room.units if name != UNIT)
    for stranger in (room.officer(other), room.delegate(0), room.below_staff):
        with pytest.raises(NotPermitted):
            duties.answer_duty(room.office, by(stranger), room.id("duty"), answer)
    government = granted(Role.GOVERNMENT, room.congress, name="政府办")
    for known in (room.officer(UNIT), government, room.staff):
        duties.answer_duty(room.office, by(known), room.id("duty"), answer)
    for nobody in (room.officer(UNIT), government, room.delegate(0)):
        with pytest.raises(NotPermitted):
            duties.approve_duty(room.office, by(nobody), room.id("duty"))


def test_a_volunteer_watches_adopted_projects_only_and_sending_the_form_twice_enlists_once(
    room: Supervising, database_url: str
) -> None:
    private = open_private(database_url)
    who, key = Contact(name="赵某某", phone="13800001111"), "once"
    made = room.id("volunteer")
    with pytest.raises(WrongStage):
        volunteers.enlist_volunteer(
            room.office, private, by(room.staff), room.congress, made, who, projects=(room.projects[3],)
        )
    assert contacts.contact_of(private, made) is None, "nothing is kept of what was refused"
    for _ in range(2):
        volunteers.enlist_volunteer(
            room.office, private, by(room.staff, key), room.congress, made, who, projects=(room.projects[0],)
        )
    assert [one.number for one in volunteers.known_volunteers(room.office, room.congress).values()] == [1]
    _, secret = volunteers.issue_link(room.office, private, by(room.staff), room.congress, made, room.office.today())
    link, _known = volunteers.living_link(room.office, private, secret)
    seen = Observed(project=room.projects[1], kind=ObservationKind.PROBLEM, words="没有围挡")
    with pytest.raises(NotTheirProject):
        observations.observe(room.office, by(), link, room.id("seen"), seen)
    volunteers.release_volunteer(room.office, private, by(room.staff), room.congress, made, "任期届满")
    with pytest.raises(NotFound):
        volunteers.living_link(room.office, private, secret)
    with pytest.raises(NotFound):
        observations.observe(room.office, by(), link, room.id("seen"), seen)
    private.close()


def test_only_a_congress_above_visits_and_only_the_one_below_answers(room: Supervising) -> None:
    plan = VisitPlan(on=room.office.today(), place="", topic="推进情况", members="", projects=())
    with pytest.raises(VisitedNotBelow):
        visits.plan_visit(room.office, by(room.below_staff), room.below, room.id("up"), room.congress, plan)
    visits.plan_visit(room.office, by(room.staff), room.congress, room.id("visit"), room.below, plan)
    with pytest.raises(NotPermitted):
        visits.cancel_visit(room.office, by(room.below_staff), room.id("visit"), "不来")
    with pytest.raises(NotPermitted):
        visits.answer_finding(room.office, by(room.staff), room.id("visit"), room.id("finding"), "已办")
