"""Evaluations 测评 of a year's adopted projects: preparing one, and what its count says of each (rules 23 and 24)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from application.congress import session_of
from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.electorate import require_on_roll
from application.polls.preparing import bind_set, rules_at
from domain.accounts.permissions import Act
from domain.polls import preparing as judged
from domain.polls.count import read_count
from domain.polls.grading import graded
from domain.polls.poll import Poll, PollItem, PollPrepared, Sealing, counted_in
from domain.polls.rules import Publication
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.project import Project, ProjectEvaluated
from domain.projects.voted_list import ListNotAnnounced, VotedList
from domain.shared import Year


def prepare_evaluation(
    office: Office,
    box: Box,
    by: By,
    poll: UUID,
    *,
    session: UUID,
    year: int,
    profile: UUID,
    card_set: UUID | None,
    title: str,
    electorate: Sequence[UUID] = (),
    sealing: Sealing = Sealing.SEALED,
    keypad: bool = False,
    paper_colour: str = "",
) -> int:
    """Prepares the evaluation of all projects on the year's voted list, in a session of the congress.

    `electorate` names the standing committee's members, or whoever else evaluates; empty: all delegates. Raises
    NotPermitted, NotFound (also for an elector who is not on the roll), ListNotAnnounced, ProfileNotAdopted,
    NotAnEvaluation, CardSetNeeded, SetAlreadyBound, SetDiscarded, Missing, Invalid, SealingRequired, NotInRehearsal
    or NotSecret.
    """
    convened = session_of(office, session)
    by.actor.require(Act.PREPARE_POLL, convened.congress)

    def decide(desk: Desk) -> None:
        version, rules = rules_at(desk, profile, convened)
        require_on_roll(desk, convened.congress, electorate)
        prepared = PollPrepared(
            congress=convened.congress,
            session=session,
            session_title=convened.title,
            year=Year(year),
            title=title.strip(),
            items=_adopted(desk, convened.congress, year),
            profile_id=profile,
            profile_version=version,
            profile=rules,
            card_set=card_set,
            sealing=sealing,
            sent_on=office.today(),
            keypad=keypad,
            paper_colour=paper_colour.strip(),
            electorate=tuple(dict.fromkeys(electorate)),
        )
        desk.add(poll, judged.prepare_evaluation(prepared))
        bind_set(desk, poll, prepared)

    box.prepare(poll)
    return office.record(by, decide)


def _adopted(desk: Desk, congress: UUID, year: int) -> tuple[PollItem, ...]:
    """The voted list as questions, under its own numbers. Raises ListNotAnnounced."""
    listed: VotedList | None = desk.load(voted_lists.voted_list_stream(congress, year), voted_lists.evolve)
    if listed is None:
        raise ListNotAnnounced(year=year)
    known: dict[UUID, Project] = desk.load_many((line.project for line in listed.projects), projects.evolve)
    return tuple(
        PollItem(
            id=str(line.number),
            name=line.name,
            project=line.project,
            lead_unit=known[line.project].card.lead_unit_name,
            summary=known[line.project].card.lead_unit_name,
        )
        for line in listed.projects
    )


def note_grades(desk: Desk, poll: UUID, state: Poll, *, on: date, notice_number: str) -> None:
    """Adds the grade to every project's record, with its figures where the profile publishes full counts.

    Raises WrongStage for a project that is on no voted list.
    """
    prepared = state.prepared
    results = graded(prepared.profile, read_count(counted_in(state).count))
    full = prepared.profile.publication is Publication.FULL_COUNTS
    known = desk.load_many((item.project for item in prepared.items), projects.evolve)
    for item, result in zip(prepared.items, results, strict=True):
        fact = ProjectEvaluated(
            poll=poll,
            title=prepared.title,
            on=on,
            notice_number=notice_number,
            grade=result.grade_name,
            band=result.band if full else "",
            score=result.score if full else None,
            rank=result.rank if full else None,
            evaluated=len(prepared.items),
            valid_marks=result.valid_marks if full else 0,
            satisfaction=result.satisfaction if full else None,
            overall=result.overall if full else None,
        )
        desk.add(item.project, projects.evaluate_project(known.get(item.project), fact))
