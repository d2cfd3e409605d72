"""The annual voted list as its documents show it."""

from uuid import UUID

from domain.polls.count import read_count
from domain.polls.poll import Poll, counted_in
from domain.polls.rules import Form
from domain.projects.project import Project, Stage
from domain.shared import NotFound
from interfaces.documents.notice import Notice, NoticeProject, Turnout
from interfaces.documents.workbook import VotedListLine, VotedListSheet
from projections.congress_directory import ListedCongress
from projections.voted_list import VotedList, VotedProject

_BODIES = ("人民代表大会", "居民议事会")


def as_sheet(
    congress: str, listed: VotedList, voted: list[VotedProject], states: dict[UUID, Project], address: str
) -> VotedListSheet:
    """The adopted projects as lines of the workbook."""
    return VotedListSheet(
        congress=congress,
        year=listed.year,
        notice_number=listed.notice_number,
        full_counts=listed.full_counts,
        lines=tuple(_line(one, states[one.project], address) for one in voted if one.stage == Stage.ADOPTED),
    )


def _line(one: VotedProject, state: Project, address: str) -> VotedListLine:
    card = state.card
    return VotedListLine(
        number=one.number or 0,
        name=one.name,
        category=one.category,
        content=one.content,
        place=one.place,
        total_funds=one.total_funds,
        year_funds=card.year_funds,
        starts_on=card.starts_on,
        finishes_on=one.finishes_on,
        lead_unit=one.lead_unit,
        assisting_units="、".join(card.assisting_units),
        responsible=card.responsible,
        votes_for=one.votes_for,
        code=one.code,
        address=f"{address}/p/{one.code}",
    )


def as_notice(
    congress: ListedCongress,
    listed: VotedList,
    voted: list[VotedProject],
    states: dict[UUID, Project],
    poll: Poll,
) -> Notice:
    """The notice from the declared poll; without any figure where only the adopted projects are published."""
    if poll.opened is None:
        raise NotFound(kind="poll", id=str(listed.poll))
    outcome = read_count(counted_in(poll).count)["outcome"]
    results = {item["id"]: item for item in outcome["items"]}
    ids = {item.project: item.id for item in poll.prepared.items}
    turnout = Turnout(
        all_delegates=poll.opened.all_delegates,
        attending=poll.attending,
        issued=poll.issued,
        returned=outcome["returned"],
    )
    return Notice(
        congress=congress.name,
        place=_place(congress.name),
        session=poll.prepared.session_title,
        number=listed.notice_number,
        year=listed.year,
        voted_on=poll.declared.on if poll.declared else listed.announced_on,
        announced_on=listed.announced_on,
        signatory=f"{poll.prepared.session_title}主席团",
        profile_title=poll.prepared.profile.title,
        projects=tuple(_noticed(one, states[one.project], results[ids[one.project]]) for one in voted),
        turnout=turnout if listed.full_counts else None,
        chosen=poll.prepared.profile.form is Form.CHOOSE,
    )


def _noticed(one: VotedProject, state: Project, result: dict[str, int]) -> NoticeProject:
    return NoticeProject(
        number=one.number or 0,
        name=one.name,
        lead_unit=one.lead_unit,
        total_funds=one.total_funds,
        year_funds=state.card.year_funds,
        adopted=one.stage == Stage.ADOPTED,
        votes_for=result["for"],
        against=result["against"],
        abstain=result["abstain"],
        void=result["void"],
    )


def _place(name: str) -> str:
    """青城市 of 青城市人民代表大会."""
    for body in _BODIES:
        name = name.removesuffix(body)
    return name
