"""What is late is reminded of by the daily round, where the congress's rules of progress say so; on both stores."""

from datetime import date

from application.implementation import lights
from application.implementation.reminding import remind_late_projects
from application.office import Office
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.periods import ProgressRules
from tests.support.stores import Clock, by
from tests.support.under_way import MARCH, UnderWay


def test_each_lead_unit_is_reminded_once_and_nobody_by_rules_that_do_not_ask_for_it(
    office: Office, clock: Clock
) -> None:
    way = UnderWay(office, clock)
    projects = [(way.congress, project) for project in way.projects]
    way.report(MARCH, 10, MARCH)
    way.on(date(2026, 3, 25))
    assert remind_late_projects(office, projects) == 0, "by hand unless the congress adopts otherwise"
    rules = ProgressRules(title="本市办法", remind_after=3)
    lights.adopt_progress_rules(office, by(way.clerk), way.congress, rules)
    way.on(date(2026, 3, 24))
    assert remind_late_projects(office, projects) == 0
    way.on(date(2026, 3, 25))
    assert remind_late_projects(office, projects, lambda: False) == 0
    assert remind_late_projects(office, projects) == len(projects) - 1
    assert remind_late_projects(office, projects) == 0
    assert not way.state.urged
    way.on(date(2026, 5, 8))  # the milestone of 04-30 is overdue everywhere: 05-06 to 05-08 are the working days
    assert remind_late_projects(office, projects) == len(projects)
    assert [one.level for one in way.state.urged] == [UrgingLevel.REMINDER]
