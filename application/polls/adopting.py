"""What a declared result brings about: projects adopted or passed over, the voted list, the asks of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from application.asks.issuing import issue_for_year
from application.office import Desk
from application.polls.evaluations import note_grades
from application.polls.lineage import filled_by
from domain.congress import session as sessions
from domain.polls import poll as polls
from domain.polls.count import open_items, read_count
from domain.polls.places import DecidedBy, PlacesDecided
from domain.polls.poll import Poll, counted_in
from domain.polls.rules import Form
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.project import FirstVote, Project, VoteOnProject
from domain.projects.voted_list import AdoptedProject
from domain.shared import NotFound


@dataclass(frozen=True, kw_only=True)
class _Adoption:
    """One declaration or decision on its way into the record."""

    desk: Desk
    poll: UUID
    state: Poll
    on: date
    notice_number: str
    by: DecidedBy | None = None

    @property
    def count(self) -> dict[str, Any]:
        return read_count(counted_in(self.state).count)

    @property
    def decided_by(self) -> str:
        return self.by.value if self.by else ""


def adopted_by_count(state: Poll) -> tuple[UUID, ...]:
    """The projects the current count adopts, by votes; none for an evaluation."""
    project_of = {item.id: item.project for item in state.prepared.items}
    adopted = read_count(counted_in(state).count)["outcome"].get("adopted", ())
    return tuple(project_of[item] for item in adopted)


def follow_declaration(desk: Desk, poll: UUID, state: Poll, *, on: date, notice_number: str) -> None:
    """What follows from declaring the counted poll; a rehearsal changes nothing outside itself.

    Raises ListAlreadyAnnounced, ListNotAnnounced, Missing (notice_number) or WrongStage.
    """
    if state.prepared.rehearsal:
        return
    done = _Adoption(desk=desk, poll=poll, state=state, on=on, notice_number=notice_number.strip())
    if state.prepared.profile.form is Form.GRADE:
        note_grades(desk, poll, state, on=on, notice_number=done.notice_number)
        return
    results = {item["id"]: item for item in done.count["outcome"]["items"]}
    waiting = open_items(done.count) | set(done.count["outcome"]["adopted"])
    _list(done, adopted_by_count(state), results)
    _pass_over(done, [item for item in results if item not in waiting], results)


def follow_decision(desk: Desk, poll: UUID, state: Poll, decided: PlacesDecided) -> None:
    """What follows from a body's decision on the places a declared poll left open. Raises as above."""
    if state.prepared.rehearsal:
        return
    done = _Adoption(
        desk=desk, poll=poll, state=state, on=decided.on, notice_number=decided.number.strip(), by=decided.by
    )
    results = {item["id"]: item for item in done.count["outcome"]["items"]}
    in_places = {item.id for item in state.prepared.items if item.project in decided.adopted}
    _list(done, decided.adopted, results)
    _pass_over(done, sorted(open_items(done.count) - in_places), results)


def _list(done: _Adoption, adopted: Sequence[UUID], results: Mapping[str, dict[str, Any]]) -> None:
    """Puts the projects on the year's list, under numbers that go on after the last."""
    prepared = done.state.prepared
    stream = voted_lists.voted_list_stream(prepared.congress, prepared.year)
    current = done.desk.load(stream, voted_lists.evolve)
    known = done.desk.load_many(adopted, projects.evolve)
    ids = {item.project: item.id for item in prepared.items}
    first_number = current.next_number if current else 1
    lines = tuple(
        AdoptedProject(project=project, number=number, name=known[project].card.name)
        for number, project in enumerate(adopted, first_number)
    )
    _announce(done, stream, current, lines)
    for line in lines:
        fact = projects.adopt_project(
            known[line.project],
            number=line.number,
            on=done.on,
            notice_number=done.notice_number,
            vote=_vote(done, results[ids[line.project]]),
            decided_by=done.decided_by,
        )
        done.desk.add(line.project, fact)
    _issue_asks(done, known, first=not _is_supplement(done))


def _is_supplement(done: _Adoption) -> bool:
    return done.by is not None or filled_by(done.desk, done.state.prepared) is not None


def _announce(
    done: _Adoption, stream: UUID, current: voted_lists.VotedList | None, lines: tuple[AdoptedProject, ...]
) -> None:
    prepared = done.state.prepared
    what = {"congress": prepared.congress, "year": prepared.year, "poll": done.poll}
    said: dict[str, Any] = {**what, "notice_number": done.notice_number, "on": done.on, "projects": lines}
    if not _is_supplement(done):
        done.desk.add(stream, voted_lists.announce_list(current, **said))
    elif lines:
        done.desk.add(stream, voted_lists.supplement_list(current, **said, decided_by=done.decided_by))


def _pass_over(done: _Adoption, items: Sequence[str], results: Mapping[str, dict[str, Any]]) -> None:
    project_of = {item.id: item.project for item in done.state.prepared.items}
    known = done.desk.load_many((project_of[item] for item in items), projects.evolve)
    number = done.notice_number if done.by else ""
    for item in items:
        project, vote = known.get(project_of[item]), _vote(done, results[item])
        fact = projects.pass_over_project(
            project, on=done.on, vote=vote, decided_by=done.decided_by, notice_number=number
        )
        done.desk.add(project_of[item], fact)


def _vote(done: _Adoption, result: dict[str, Any]) -> VoteOnProject:
    count = done.count
    return VoteOnProject(
        poll=done.poll,
        votes_for=result["for"],
        against=result["against"],
        abstain=result["abstain"],
        all_delegates=count["all_delegates"],
        attending=count["attending"],
        needed=result["needed"],
        rank=result["rank"],
        passed=result["passed"],
        candidates=len(count["items"]),
        first=_first_vote(done, result["id"]),
    )


def _first_vote(done: _Adoption, item: str) -> FirstVote | None:
    """How the project fared in the ballot whose open places this poll fills; items keep their ids."""
    parent_id = filled_by(done.desk, done.state.prepared)
    parent = done.desk.load(parent_id, polls.evolve) if parent_id else None
    if parent_id is None or parent is None:
        return None
    count = read_count(counted_in(parent).count)
    result = next(one for one in count["outcome"]["items"] if one["id"] == item)
    return FirstVote(
        poll=parent_id,
        again=count["outcome"]["second_ballot"]["reason"],
        votes_for=result["for"],
        rank=result["rank"],
        candidates=len(count["items"]),
    )


def _issue_asks(done: _Adoption, known: Mapping[UUID, Project], *, first: bool) -> None:
    """Ask 2 goes to the congress's own office, once; asks 3 and 4 to the lead unit of every adopted project."""
    prepared = done.state.prepared
    session = done.desk.load(prepared.session, sessions.evolve)
    if session is None:
        raise NotFound(kind="session", id=str(prepared.session))
    issue_for_year(done.desk, prepared.congress, prepared.year, known, session_ends_on=session.ends_on, first=first)
