"""Facts about one project of one congress, told in the words of a test."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from domain.asks.ask import AskIssued, AskKind, ask_id
from domain.polls.poll import PollPrepared
from domain.polls.rules import Publication
from domain.projects.candidate_list import CandidateListPublished, ListedCandidate, list_stream
from domain.projects.card import CandidateCard
from domain.projects.project import (
    CandidateDrafted,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    VoteOnProject,
)
from domain.projects.voted_list import AdoptedProject, VotedListAnnounced, voted_list_stream
from domain.shared import Year, project_code
from tests.support import polls
from tests.support.year import of

CONGRESS = UUID("00000000-0000-5000-8000-00000c0de009")
YEAR = 2026
SESSION, POLL, UNIT = (uuid5(CONGRESS, name) for name in ("session", "poll", "unit"))
LIST, VOTED = list_stream(CONGRESS, YEAR), voted_list_stream(CONGRESS, YEAR)
NOTICE = "江人公〔2026〕4号"

Told = tuple[UUID, object]


def project(number: int, year: int = YEAR) -> UUID:
    return uuid5(CONGRESS, f"project {year}/{number}")


def card(number: int, /, **changed: Any) -> CandidateCard:
    """A card without gaps, but for what is changed."""
    return replace(polls.candidate(f"项目{number}", number, YEAR), **{"lead_unit": UNIT, **changed})


def drafted(number: int, /, *, year: int = YEAR, **changed: Any) -> Told:
    stream = project(number, year)
    fact = CandidateDrafted(congress=CONGRESS, year=Year(year), code=project_code(stream), card=card(number, **changed))
    return stream, fact


def listed(number: int) -> Told:
    return project(number), ProjectListed(number=number, on=date(YEAR, 1, 5))


def published(*numbers: int, decision: str = "主席团会议通过") -> Told:
    candidates = tuple(ListedCandidate(project=project(n), number=n, name=f"项目{n}") for n in numbers)
    fact = CandidateListPublished(
        congress=CONGRESS,
        year=Year(YEAR),
        session=SESSION,
        candidates=candidates,
        decision=decision,
        published_on=date(YEAR, 1, 5),
    )
    return LIST, fact


def vote(votes: int, *, rank: int, passed: bool = True, needed: int | None = 164) -> VoteOnProject:
    """Of 327 delegates 314 attended (rules 2 and 6)."""
    return VoteOnProject(
        poll=POLL,
        votes_for=votes,
        against=313 - votes,
        abstain=0,
        all_delegates=327,
        attending=314,
        needed=needed,
        rank=rank,
        passed=passed,
        candidates=12,
    )


def adopted(number: int, votes: int, *, place: int) -> Told:
    fact = ProjectAdopted(number=place, on=date(YEAR, 1, 20), notice_number=NOTICE, vote=vote(votes, rank=place))
    return project(number), fact


def passed_over(number: int, votes: int, *, rank: int, passed: bool) -> Told:
    return project(number), ProjectNotAdopted(on=date(YEAR, 1, 20), vote=vote(votes, rank=rank, passed=passed))


def prepared(publication: Publication = Publication.FULL_COUNTS) -> Told:
    rules = replace(polls.RULES, publication=publication)
    first = {"rehearsal": False, "keypad": False, "parent": None, "again": None, "electorate": ()}
    about = {"congress": CONGRESS, "session": SESSION, "session_title": "第四次会议", "year": Year(YEAR)}
    return POLL, of(PollPrepared, profile=rules, **about, **first)


def announced(*numbers: int) -> Told:
    projects = tuple(
        AdoptedProject(project=project(n), number=place, name=f"项目{n}") for place, n in enumerate(numbers, 1)
    )
    fact = VotedListAnnounced(
        congress=CONGRESS,
        year=Year(YEAR),
        poll=POLL,
        notice_number=NOTICE,
        announced_on=date(YEAR, 1, 21),
        projects=projects,
    )
    return VOTED, fact


def ask(kind: AskKind, number: int | None = None) -> UUID:
    return ask_id(CONGRESS, YEAR, kind, project(number) if number else None)


def issued(kind: AskKind, number: int | None = None, *, due_on: date = date(YEAR, 7, 31)) -> Told:
    fact = AskIssued(
        congress=CONGRESS,
        year=Year(YEAR),
        kind=kind,
        project=project(number) if number else None,
        unit=UNIT if number else None,
        unit_name="市水务局" if number else "",
        opens_on=date(YEAR, 6, 1),
        due_on=due_on,
    )
    return ask(kind, number), fact
