"""Overdue duties are noted and go up by themselves, by the rules of the congress or of the one above it."""

import pytest

from application.office import Desk, Office
from application.supervision.duties import known_duty, raise_duty_at
from application.supervision.duty_overdue import note_overdue_duties
from application.supervision.duty_rules import adopt_duty_rules, duty_rules_for
from domain.shared import NotPermitted
from domain.supervision.duty import DutyOrder, DutySource, EscalationStep, Origin
from domain.supervision.duty_rules import READY_MADE, DutyRules, DutyRung
from tests.support.stores import Clock, by
from tests.support.supervising import Supervising

SOON = DutyRules(rungs=(DutyRung(step=EscalationStep.REMINDED, after=2),))


@pytest.fixture
def room(office: Office, clock: Clock) -> Supervising:
    clock.set(2026, 3, 2, 9)
    return Supervising(office)


def test_the_round_notes_each_thing_once_and_lower_congresses_follow_the_rules_above(
    room: Supervising, clock: Clock
) -> None:
    origin = Origin(kind=DutySource.INSPECTION, id=room.id("inspection"), title="视察")
    below = DutyOrder(unit=room.below_unit, words="屋顶漏水", working_days=5)

    def decide(desk: Desk) -> None:
        raise_duty_at(desk, room.office, room.congress, room.id("theirs above"), origin, room.order(working_days=5))
        raise_duty_at(desk, room.office, room.below, room.id("theirs below"), origin, below)

    room.office.record(by(room.staff), decide)
    late = [room.id("theirs above"), room.id("theirs below")]
    clock.set(2026, 3, 9, 23)
    assert note_overdue_duties(room.office, late) == 0, "the fifth working day after Monday the 2nd is its day"
    with pytest.raises(NotPermitted):
        adopt_duty_rules(room.office, by(room.below_staff), room.congress, SOON, "县里不能改市里的")
    clock.set(2026, 3, 10, 0)
    assert note_overdue_duties(room.office, late, lambda: False) == 0, "whoever has to stop leaves it to the next look"
    assert note_overdue_duties(room.office, late) == 2
    assert note_overdue_duties(room.office, late) == 0
    above = known_duty(room.office, room.id("theirs above"))
    assert (above.noted_late, above.step) == (above.due_on, EscalationStep.REMINDED)
    assert duty_rules_for(room.office, room.below).rules == READY_MADE
    adopt_duty_rules(room.office, by(room.staff), room.congress, SOON, "主任会议第3次会议")
    inherited = duty_rules_for(room.office, room.below)
    assert (inherited.rules, inherited.congress, inherited.version) == (SOON, room.congress, 1)
    clock.set(2026, 3, 16, 1)
    assert note_overdue_duties(room.office, late) == 0, "the harder steps are left to the office now"
    adopt_duty_rules(room.office, by(room.below_staff), room.below, READY_MADE, "县主任会议")
    assert note_overdue_duties(room.office, late) == 1
    assert known_duty(room.office, room.id("theirs below")).step is EscalationStep.PRESSED
