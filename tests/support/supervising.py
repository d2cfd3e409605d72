"""A city's congress with adopted projects, units and delegates, and a county below it: supervision has something to do.

`room = Supervising(office)`: the first three candidates are adopted, the fourth is not. `room.below` is the county.
"""

from datetime import date
from uuid import UUID, uuid5

from application.congress import add_units, found_congress
from application.office import Desk, Office
from domain.accounts.permissions import Grant, Role
from domain.congress import congress as congresses
from domain.congress.congress import Level
from domain.projects import project as projects
from domain.projects.project import adopt_project
from domain.supervision.duty import DutyOrder
from tests.support.deliberating import OTHER_UNIT, Deliberating
from tests.support.facts import NOTICE, vote
from tests.support.stores import actor, by, granted

UNIT, BELOW_UNIT = OTHER_UNIT, "县教育局"


class Supervising(Deliberating):
    """The congress, its people, and the county below."""

    def __init__(self, office: Office, *, slug: str = "jz") -> None:
        super().__init__(office, slug=slug)
        self.staff, self.root = self.clerk, actor("管理员", Grant(role=Role.ADMINISTRATOR, congress=None))
        self.below = uuid5(self.congress, "below")
        found_congress(
            office,
            by(self.root),
            self.below,
            name="北山县人民代表大会",
            short_name="北山县",
            slug=f"{slug}-below",
            level=Level.COUNTY,
            term=16,
            parent=self.congress,
        )
        self.below_staff = granted(Role.STAFF, self.below, name="县人大办公室")
        add_units(office, by(self.below_staff), self.below, [(BELOW_UNIT, "")])
        county = office.state_of(self.below, congresses.evolve)
        assert county is not None
        self.below_unit = next(iter(county.units))
        for number, project in enumerate(self.projects[:3], 1):
            self._adopt(project, number)

    def order(self, words: str = "校门口积水未整改", *, working_days: int = 15) -> DutyOrder:
        """A duty for the education bureau about the first project."""
        return DutyOrder(unit=self.units[UNIT], words=words, working_days=working_days, project=self.projects[0])

    def id(self, name: str) -> UUID:
        return uuid5(self.congress, name)

    def _adopt(self, project: UUID, number: int) -> None:
        def decide(desk: Desk) -> None:
            known = desk.load(project, projects.evolve)
            of_vote = vote(200, rank=number)
            desk.add(
                project, adopt_project(known, number=number, on=date(2026, 1, 9), notice_number=NOTICE, vote=of_vote)
            )

        self.office.record(by(self.root), decide)
