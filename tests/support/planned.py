"""A congress with adopted projects whose plans can be filed, in few facts and without a vote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from application import projects
from application.implementation import duty_list, plans
from application.office import Desk, Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.projects.card import CandidateCard
from domain.projects.plan import ImplementationPlan, plan_of
from domain.projects.project import ProjectAdopted, ProjectListed
from domain.projects.project import evolve as evolve_project
from domain.projects.voted_list import AdoptedProject, VotedListAnnounced, evolve, voted_list_stream
from domain.shared import Year
from tests.support import facts, polls
from tests.support.stores import by

YEAR = 2026
NOTICE, NUMBER = "第五号", "青人办发〔2026〕8号"
ON = date(YEAR, 1, 24)
SAFEGUARDS = "专班每周调度，资金按月拨付。"


@dataclass
class Planned:
    """The congress, its clerk, and what was adopted."""

    office: Office
    congress: UUID
    clerk: Actor
    projects: list[UUID]

    def officer(self, unit: UUID | None) -> Actor:
        """Of a department, or of the government office."""
        role = Role.DEPARTMENT if unit else Role.GOVERNMENT
        grant = Grant(role=role, congress=self.congress, unit=unit)
        return Actor(account=uuid5(self.congress, f"officer/{unit}"), name="承办人", grants=(grant,))

    def lead_unit(self, place: int = 0) -> UUID:
        """Of a project, by its card."""
        unit = self.card(place).lead_unit
        assert unit is not None
        return unit

    def card(self, place: int = 0) -> CandidateCard:
        """What the delegates voted on."""
        known = self.office.state_of(self.projects[place], evolve_project)
        assert known is not None
        return known.card

    def plan(self, place: int = 0, **other: Any) -> ImplementationPlan:
        """A plan without gaps that keeps to the vote, but for what is changed."""
        return replace(plan_of(self.card(place), YEAR), **{"safeguards": SAFEGUARDS, **other})

    def file(self, place: int = 0, **other: Any) -> int:
        """Files that plan."""
        return plans.file_plan(self.office, by(self.clerk), self.projects[place], self.plan(place, **other))

    def publish(self, *places: int, number: str = NUMBER, on: date | None = None) -> int:
        """Publishes the filed plans of these."""
        chosen = [self.projects[place] for place in places]
        day = on or self.office.today()
        return duty_list.publish_duty_list(self.office, by(self.clerk), self.congress, YEAR, chosen, number, day)

    def in_force(self, place: int = 0, **other: Any) -> None:
        """Files and publishes one."""
        self.file(place, **other)
        self.publish(place)


def planned(
    office: Office,
    cards: Sequence[CandidateCard] = (),
    congress: UUID | None = None,
    clerk: Actor | None = None,
) -> Planned:
    """Adopted projects of 2026, three of them unless their cards are given; the clock stands after the session."""
    if congress is None or clerk is None:
        congress, clerk = polls.founded(office)
    drafts = list(cards) or [polls.candidate(name, number, YEAR) for number, name in enumerate("甲乙丙", 1)]
    import_id = uuid4()
    projects.import_candidates(office, by(clerk), congress, YEAR, import_id, drafts)
    made = Planned(office, congress, clerk, [uuid5(import_id, str(place)) for place in range(len(drafts))])
    _adopt(made, drafts)
    return made


def _adopt(made: Planned, drafts: Sequence[CandidateCard]) -> None:
    def decide(desk: Desk) -> None:
        for number, project in enumerate(made.projects, 1):
            desk.load(project, evolve_project)
            vote = facts.vote(300 - number, rank=number)
            adopted = ProjectAdopted(number=number, on=ON, notice_number=NOTICE, vote=vote)
            desk.add(project, ProjectListed(number=number, on=date(YEAR, 1, 5)), adopted)
        stream = voted_list_stream(made.congress, YEAR)
        desk.load(stream, evolve)
        lines = [
            AdoptedProject(project=project, number=number, name=card.name)
            for number, (project, card) in enumerate(zip(made.projects, drafts, strict=True), 1)
        ]
        announced = VotedListAnnounced(
            congress=made.congress,
            year=Year(YEAR),
            poll=facts.POLL,
            notice_number=NOTICE,
            announced_on=ON,
            projects=tuple(lines),
        )
        desk.add(stream, announced)

    made.office.record(by(made.clerk), decide)
