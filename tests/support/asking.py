"""A city over two counties, each with its office, and asks that are out; built by the commands an office would give."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from application.congress import found_congress
from application.office import Desk, Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.asks import ask as asks
from domain.asks.ask import Ask, AskIssued, AskKind, ask_id
from domain.congress.congress import Level
from domain.shared import NotFound, Year
from tests.support import polls
from tests.support.stores import by

YEAR = 2026


@dataclass
class City:
    """The city's clerk and two counties below it with theirs."""

    office: Office
    congress: UUID
    clerk: Actor
    counties: list[UUID] = field(default_factory=list)
    clerks: list[Actor] = field(default_factory=list)

    def issued(self, kind: AskKind, *, congress: UUID | None = None, unit_name: str = "水务局") -> UUID:
        """An ask to a unit of a project, as a declaration issues it."""
        project = uuid4()
        opens_on, due_on = asks.window(kind, YEAR)
        ask = ask_id(congress or self.congress, YEAR, kind, project)
        fact = AskIssued(
            congress=congress or self.congress,
            year=Year(YEAR),
            kind=kind,
            project=project,
            unit=uuid5(project, "unit"),
            unit_name=unit_name,
            opens_on=opens_on,
            due_on=due_on,
        )

        def decide(desk: Desk) -> None:
            desk.add(ask, fact)

        self.office.record(by(self.clerk), decide)
        return ask

    def state(self, ask: UUID) -> Ask:
        """The ask as it stands. Raises NotFound."""
        known = self.office.state_of(ask, asks.evolve)
        if known is None:
            raise NotFound(kind="ask", id=str(ask))
        return known


def city(office: Office) -> City:
    """The city and its two counties."""
    congress, clerk = polls.founded(office)
    made = City(office, congress, clerk)
    administrator = Actor(
        account=uuid5(congress, "administrator"),
        name="系统管理员",
        grants=(Grant(role=Role.ADMINISTRATOR, congress=None),),
    )
    for slug, name in (("dh", "东河区"), ("xh", "西河区")):
        county = uuid4()
        found_congress(
            office,
            by(administrator),
            county,
            name=f"{name}人民代表大会",
            short_name=name,
            slug=slug,
            level=Level.COUNTY,
            term=16,
            parent=congress,
        )
        made.counties.append(county)
        made.clerks.append(
            Actor(account=uuid5(county, "clerk"), name=f"{name}文书", grants=(Grant(role=Role.STAFF, congress=county),))
        )
    return made
