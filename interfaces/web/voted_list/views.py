"""The annual voted list as its documents show it."""

from dataclasses import replace
from uuid import UUID

from domain.polls.count import open_items, read_count
from domain.polls.places import Again, DecidedBy
from domain.polls.poll import Poll, PollItem, counted_in
from domain.polls.rules import Form
from domain.projects.project import Project, Stage
from domain.shared import NotFound
from interfaces.documents.notice import Notice, NoticeProject, Turnout
from interfaces.documents.workbook import VotedListLine, VotedListSheet
from interfaces.web._base.language import worded
from interfaces.web.polls.sequel import BODIES
from interfaces.web.voted_list.words import how_adopted
from projections.congress_directory import ListedCongress
from projections.voted_list import Supplement, VotedList, VotedProject

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
        how=how_adopted(one),
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
        signatory=f"{poll.prepared.session_title}{worded('主席团')}",
        profile_title=poll.prepared.profile.title,
        projects=_noticed_projects(voted, states, poll),
        turnout=turnout if listed.full_counts else None,
        chosen=poll.prepared.profile.form is Form.CHOOSE,
        again=poll.prepared.again.value if poll.prepared.again in (Again.TIE, Again.SHORTFALL) else "",
    )


def as_decision(
    congress: ListedCongress,
    listed: VotedList,
    added: Supplement,
    voted: list[VotedProject],
    states: dict[UUID, Project],
    poll: Poll,
) -> Notice:
    """The notice of what a body decided on open places: the projects, without any figure of the vote."""
    who = str(BODIES[added.decided_by])
    prepared = poll.prepared
    return Notice(
        congress=_announcing(congress.name, added.decided_by),
        place=_place(congress.name),
        session=prepared.session_title,
        number=added.notice_number,
        year=listed.year,
        voted_on=added.announced_on,
        announced_on=added.announced_on,
        signatory=_signatory(congress.name, prepared.session_title, added.decided_by),
        profile_title=prepared.profile.title,
        projects=tuple(
            _plain(one, states[one.project])
            for one in voted
            if one.stage == Stage.ADOPTED
            and (one.decided_by, one.notice_number) == (added.decided_by, added.notice_number)
        ),
        turnout=None,
        decided_by=who,
    )


def _signatory(congress: str, session: str, decided_by: str) -> str:
    return f"{session}{worded('主席团')}" if decided_by == DecidedBy.PRESIDIUM else _announcing(congress, decided_by)


def _announcing(congress: str, decided_by: str) -> str:
    """What the standing committee decided it announces itself."""
    return congress if decided_by == DecidedBy.PRESIDIUM else f"{congress}{worded('常务委员会')}"


def _noticed_projects(voted: list[VotedProject], states: dict[UUID, Project], poll: Poll) -> tuple[NoticeProject, ...]:
    """What this very poll decided, whatever came of it since: adopted by number, then the others by votes."""
    outcome = read_count(counted_in(poll).count)["outcome"]
    results = {item["id"]: item for item in outcome["items"]}
    left, by_project = open_items({"outcome": outcome}), {one.project: one for one in voted}
    adopted = set(poll.declared.adopted if poll.declared else ())
    found = [_noticed(by_project[item.project], states[item.project], results[item.id]) for item in poll.prepared.items]
    told = [
        replace(
            one,
            number=one.number if item.project in adopted else _ballot_number(item),
            adopted=item.project in adopted,
            open=item.id in left,
        )
        for item, one in zip(poll.prepared.items, found, strict=True)
    ]
    return tuple(sorted(told, key=lambda one: (not one.adopted, one.number if one.adopted else -one.votes_for)))


def _ballot_number(item: PollItem) -> int:
    return int(item.id) if item.id.isdecimal() else 0


def _plain(one: VotedProject, state: Project) -> NoticeProject:
    return NoticeProject(
        number=one.number or 0,
        name=one.name,
        lead_unit=one.lead_unit,
        total_funds=one.total_funds,
        year_funds=state.card.year_funds,
        adopted=True,
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
