"""A city with what stands below it: two districts, two townships and a street, each at another point of the year.

The district 东河区 has the proposals of rule 18: 37 received = 12 became candidates + 20 merged + 5 declined.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

from application.history.history import History
from domain.congress.congress import CongressFounded, Level, SlugTakenBy, UnitAdded, slug_stream
from domain.congress.session import SessionConvened
from domain.projects.candidate_list import CandidateListPublished, ListedCandidate, list_stream
from domain.projects.voted_list import AdoptedProject, VotedListAnnounced, voted_list_stream
from domain.proposals.call import CallPublished, call_stream
from domain.proposals.proposal import (
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalMerged,
    ProposalReceived,
    Suggestion,
    tracking_code,
)
from domain.shared import Year
from tests.support.year import Told, of, record

ROOT = UUID("00000000-0000-5000-8000-00000c0de0aa")
CITY, EAST, WEST, HILLS, LAKE, STREET, ELSEWHERE = (
    uuid5(ROOT, name) for name in ("city", "east", "west", "hills", "lake", "street", "elsewhere")
)
YEAR = Year(2026)


def build(history: History) -> None:
    """Records all of it."""
    record(history, facts())


def facts() -> Iterator[Told]:
    """Every fact with its stream."""
    yield from founded(CITY, "青城市", "city", Level.CITY, None)
    yield from founded(EAST, "东河区", "east", Level.COUNTY, CITY)
    yield from founded(WEST, "西山区", "west", Level.COUNTY, CITY)
    yield from founded(HILLS, "丘陵镇", "hills", Level.TOWNSHIP, EAST)
    yield from founded(LAKE, "湖滨镇", "lake", Level.TOWNSHIP, EAST)
    yield from founded(STREET, "河岸街道", "street", Level.STREET, EAST)
    yield from founded(ELSEWHERE, "外市", "elsewhere", Level.CITY, None)
    for congress in (EAST, WEST, HILLS):
        yield _call(congress)
    yield from _proposals_of_east()
    yield from _proposals(HILLS, 6)
    yield _session(WEST, date(2026, 1, 10))
    yield (
        list_stream(WEST, YEAR),
        of(CandidateListPublished, congress=WEST, year=YEAR, candidates=_candidates(WEST, 12)),
    )
    yield voted_list_stream(WEST, YEAR), of(VotedListAnnounced, congress=WEST, year=YEAR, projects=_adopted(WEST, 10))
    yield _session(LAKE, date(2026, 1, 24))


def founded(congress: UUID, place: str, slug: str, level: Level, parent: UUID | None) -> Iterator[Told]:
    body = "居民议事会" if level is Level.STREET else "人民代表大会"
    short = place if level is Level.STREET else f"{place}人大"
    named = {"name": f"{place}{body}", "short_name": short, "slug": slug, "level": level, "parent": parent}
    yield slug_stream(slug), SlugTakenBy(slug=slug, congress=congress)
    yield congress, of(CongressFounded, term=16, **named)
    yield congress, of(UnitAdded, unit=uuid5(congress, "unit"), name="教育局", duty_phone="0471-1234567")


def _call(congress: UUID) -> Told:
    opens, closes = date(2025, 9, 20), date(2025, 10, 19)
    return call_stream(congress, YEAR), of(
        CallPublished, congress=congress, year=YEAR, opens_on=opens, closes_on=closes
    )


def _session(congress: UUID, starts_on: date) -> Told:
    called = of(SessionConvened, congress=congress, year=YEAR, starts_on=starts_on, ends_on=starts_on)
    return uuid5(congress, "session"), called


def _candidates(congress: UUID, number: int) -> tuple[ListedCandidate, ...]:
    return tuple(of(ListedCandidate, project=uuid5(congress, f"project {n}"), number=n) for n in range(1, number + 1))


def _adopted(congress: UUID, number: int) -> tuple[AdoptedProject, ...]:
    return tuple(of(AdoptedProject, project=uuid5(congress, f"project {n}"), number=n) for n in range(1, number + 1))


def _proposals(congress: UUID, number: int) -> Iterator[Told]:
    for place in range(number):
        proposal = uuid5(congress, f"proposal {place}")
        said = Suggestion(title=f"第 {place + 1} 件", content="请修路。")
        received = {"congress": congress, "year": YEAR, "code": tracking_code(proposal), "suggestion": said}
        nobody = {"origin": None, "split_from": None, "house": None, "delegate": None, "unit": None}
        yield proposal, of(ProposalReceived, received_on=date(2025, 10, 1), **received, **nobody)


def _proposals_of_east() -> Iterator[Told]:
    yield from _proposals(EAST, 37)
    for place in range(37):
        proposal = uuid5(EAST, f"proposal {place}")
        if place < 12:
            yield proposal, of(ProposalBecameCandidate, project=uuid5(EAST, f"project {place}"))
        elif place < 32:
            yield proposal, of(ProposalMerged, into=uuid5(EAST, "proposal 0"))
        else:
            yield proposal, of(ProposalDeclined)
