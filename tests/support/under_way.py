"""A year under way: three adopted projects, their plans published on 2026-02-10 with two milestones each.

`way = UnderWay(office, clock)`; the clock then stands on that day. `way.report(...)` moves it on.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from application.congress import add_units
from application.implementation import reports
from application.office import Office
from domain.accounts.permissions import Actor, Role
from domain.congress import congress as congresses
from domain.projects.implementation import Implementation, evolve, implementation_stream
from domain.projects.plan import Milestone
from domain.projects.reporting import Progress
from domain.shared import Money
from tests.support import polls
from tests.support.planned import YEAR, planned
from tests.support.stores import Clock, by, granted

OTHER_UNIT, THIRD_UNIT = "市教育局", "市民政局"
MARCH, JUNE = date(YEAR, 3, 20), date(YEAR, 6, 22)
"""Rule 19: 2026-06-20 falls into a holiday and moves to the Monday."""
MILESTONES = (
    Milestone(number=1, name="全面开工", due_on=date(YEAR, 4, 30), percent=Decimal(40)),
    Milestone(number=2, name="主体完工", due_on=date(YEAR, 9, 30), percent=Decimal(80)),
)


class UnderWay:
    """The congress, its people and its projects; `UNIT` leads, `OTHER_UNIT` assists."""

    def __init__(self, office: Office, clock: Clock, **other: Any) -> None:
        """`other`: what the plan of the first project has instead."""
        self.office, self.clock = office, clock
        clock.set(YEAR, 2, 10, 9)
        made = planned(office)
        self.congress, self.clerk, self.projects = made.congress, made.clerk, made.projects
        add_units(office, by(self.clerk), self.congress, [(OTHER_UNIT, ""), (THIRD_UNIT, "")])
        known = office.state_of(self.congress, congresses.evolve)
        assert known is not None
        self.units = {unit.name: unit.id for unit in known.units.values()}
        usual = {"assisting_units": (OTHER_UNIT,), "milestones": MILESTONES}
        for place in range(len(self.projects)):
            made.file(place, **{**usual, **(other if place == 0 else {})})
        made.publish(*range(len(self.projects)))

    @property
    def first(self) -> UUID:
        return self.projects[0]

    @property
    def state(self) -> Implementation:
        """Of the first project."""
        found = self.office.state_of(implementation_stream(self.first), evolve)
        assert found is not None
        return found

    def officer(self, name: str = polls.UNIT) -> Actor:
        return granted(Role.DEPARTMENT, self.congress, unit=self.units[name], name=f"{name}承办人")

    def on(self, day: date) -> None:
        self.clock.set(day.year, day.month, day.day, 9)

    def report(self, due_on: date, percent: int, on: date, *, place: int = 0, **said: Any) -> UUID:
        """The lead unit reports on a day; returns the report's identity. A thousand yuan are spent for each percent."""
        self.on(on)
        made = uuid4()
        told = {"percent": Decimal(percent), "funds_spent": Money(Decimal(percent) * 1000), "words": "正在施工。"}
        reports.report_progress(
            self.office, by(self.officer()), self.projects[place], made, due_on, Progress(**{**told, **said})
        )
        return made

    def approve(self, report: UUID, place: int = 0) -> int:
        return reports.approve_report(self.office, by(self.clerk), self.projects[place], report)
