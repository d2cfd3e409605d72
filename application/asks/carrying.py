"""Ask 4's left-overs, proposals and lessons go into the next year's file, with the approval and once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import Desk
from domain.asks.answers import SummaryAnswer
from domain.asks.ask import Ask, AskKind, NextYearOpened
from domain.asks.next_year import NextYearMatter, matters_of, proposal_id, require_matters
from domain.projects import project as projects
from domain.proposals import deciding as proposing
from domain.proposals.call import Channel
from domain.proposals.proposal import ProposalForm, ProposalReceived, Suggestion, tracking_code
from domain.shared import Year


def open_next_year(
    desk: Desk, ask: UUID, state: Ask, chosen: Sequence[NextYearMatter] | None, today: date
) -> tuple[NextYearOpened, ...]:
    """Receives the matters as proposals of the year after, in the file of the congress that approves.

    A year's file may be opened by them, before its call is published. Raises Invalid, Missing or OpenedAlready.
    """
    matters = require_matters(state, tuple(_offered(desk, state) if chosen is None else chosen))
    if not matters:
        return ()
    unit_name = _unit_name(desk, state)
    year = Year(state.year + 1)
    for matter in matters:
        proposal = proposal_id(ask, matter)
        received = ProposalReceived(
            congress=state.asker,
            year=year,
            code=tracking_code(proposal),
            form=ProposalForm.UNIT,
            channel=Channel.SUMMARY,
            received_on=today,
            suggestion=Suggestion(title=matter.title, content=matter.content),
            unit_name=unit_name,
            unit=state.unit if state.asked_by is None else None,
            origin=ask,
        )
        desk.add(proposal, proposing.receive(received))
    opened = tuple(proposal_id(ask, matter) for matter in matters)
    return (NextYearOpened(congress=state.asker, year=year, proposals=opened),)


def _offered(desk: Desk, state: Ask) -> tuple[NextYearMatter, ...]:
    """Everything of an own summary; what a congress below answered is its own affair unless somebody chooses it."""
    if state.kind is not AskKind.SUMMARY or state.asked_by is not None or not isinstance(state.answer, SummaryAnswer):
        return ()
    project = desk.load(state.project, projects.evolve) if state.project else None
    return matters_of(state.answer, project.card.name if project else existing(desk, state.congress).name)


def _unit_name(desk: Desk, state: Ask) -> str:
    """Who proposes: the lead unit, else the congress whose office or government answered."""
    congress = existing(desk, state.congress)
    unit = congress.units.get(state.unit) if state.unit else None
    return unit.name if unit else congress.name
