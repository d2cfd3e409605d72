"""From suggestions to a fixed list in the story: candidates, screening, approvals and the presidium's decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from application import approvals, projects
from application.proposals import becoming, handling, screening
from domain.accounts.permissions import Actor
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded
from domain.projects.card import CandidateCard
from domain.proposals.screening import READY_MADE, ApprovalKind
from interfaces.demo.gathering import Gathering
from interfaces.demo.suggestions import Theme
from interfaces.demo.town_hall import TownHall

ORDER = (ApprovalKind.DEPARTMENTS, ApprovalKind.EXECUTIVE_MEETING, ApprovalKind.PARTY_COMMITTEE)


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """The work between one call and one list; `drafted` holds the candidates' projects in the order of the cards."""

    gathering: Gathering
    cards: Sequence[CandidateCard]
    government: Actor
    drafted: dict[str, UUID]

    @property
    def hall(self) -> TownHall:
        """Whose story it is."""
        return self.gathering.hall

    @property
    def projects(self) -> list[UUID]:
        """The candidates, in the order of the cards."""
        return [self.drafted[card.name] for card in self.cards]

    def adopt_rules(self, decision: str) -> None:
        """The ready-made lists, and who must consent in which order."""
        screening.adopt_screening_rules(
            self.hall.office,
            self.hall.by(self.gathering.staff),
            self.gathering.congress,
            replace(READY_MADE, approvals=ORDER),
            decision,
        )

    def screen(self, themes: Sequence[Theme]) -> None:
        """The first suggestions of each matter are held against the lists; they are clean."""
        for theme in themes:
            for proposal in self.gathering.received[theme.name][:2]:
                found = screening.Findings(note="符合正面清单，未触及负面清单。")
                screening.screen_proposal(self.hall.office, self.hall.by(self.government), proposal, found)

    def draft(self, themes: Sequence[Theme]) -> None:
        """The first suggestion becomes a candidate, the second stands behind it, the others are merged into the first.

        A candidate that nobody suggested is drafted by the government.
        """
        named = {theme.name: theme for theme in themes}
        hall = self.hall
        for card in self.cards:
            by = hall.by(self.gathering.staff)
            project = hall.office.new_id(by, "project")
            self.drafted[card.name] = project
            behind = self.gathering.received[card.name] if card.name in named else []
            if not behind:
                projects.draft_candidate(hall.office, by, self.gathering.congress, self.gathering.year, project, card)
                continue
            becoming.become_candidate(hall.office, by, behind[0], project, card)
            if behind[1:2]:
                becoming.stand_behind(hall.office, hall.by(self.gathering.staff), behind[1], project)
            if behind[2:]:
                words = "事项相同，合并办理；您的建议与其他居民的建议一并列入候选项目。"
                handling.merge(hall.office, hall.by(self.gathering.staff), behind[2:], behind[0], words)

    def approve(self, kind: ApprovalKind, body: str, number: str) -> None:
        """One body consents to every candidate; each lead department speaks for itself, one asks for a change."""
        hall = self.hall
        for place, (card, project) in enumerate(zip(self.cards, self.projects, strict=True)):
            by = hall.by(self.government)
            of_department = kind is ApprovalKind.DEPARTMENTS
            changes = of_department and place == 3
            fact = ApprovalRecorded(
                approval=hall.office.new_id(by, "approval"),
                kind=kind,
                body=card.lead_unit_name if of_department else body,
                outcome=ApprovalOutcome.CONSENT_WITH_CHANGES if changes else ApprovalOutcome.CONSENT,
                number="" if of_department else number,
                on=hall.office.today(),
                words="建议把年度目标按月分解，汛期前完成地下部分。" if changes else "",
            )
            approvals.record_approval(hall.office, by, project, fact)
