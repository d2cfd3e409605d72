"""All years of all congresses in the order of time, and their way into an empty history."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from uuid import UUID

from application.history.book import BOOK
from application.history.mapper import FactMapper
from application.history.recorded import Recorded
from application.history.transfer import filling
from application.history.transfer_lines import StoredFact
from domain.asks.answers import Completion, CompletionCount, PlanAnswer, ResultAnswer, SummaryAnswer
from domain.asks.ask import (
    AskApproved,
    AskFact,
    AskIssued,
    AskKind,
    PlanAnswered,
    ResultAnswered,
    SummaryAnswered,
    ask_id,
)
from domain.shared import CHINA, Year
from interfaces.demo.scale.bodies import QUOTA, Body, Told, bodies
from interfaces.demo.scale.vote import CANDIDATES, Vote
from interfaces.demo.scale.work import Work

YEARS, CONGRESSES = 10, 60


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large the city is; its last year is that of `today`, and nothing is told of days to come."""

    today: date
    years: int = YEARS
    congresses: int = CONGRESSES

    @property
    def first_year(self) -> int:
        """The first year that was voted on."""
        return self.today.year - self.years + 1


def fill(url: str, size: Size) -> int:
    """Writes everything into an empty history; returns the number of facts. Raises NotEmpty."""
    written = 0

    def counted() -> Iterator[StoredFact]:
        nonlocal written
        for fact in _stored(told(size)):
            written = fact.position
            yield fact

    with filling(url) as into:
        into.require_empty_history()
        into.fill_facts(counted())
    return written


def told(size: Size) -> Iterator[Told]:
    """Every fact with its stream and moment, in the order of time."""
    until = datetime.combine(size.today, time(0), CHINA)
    waiting = defaultdict[int, list[Told]](list)
    there = bodies(size.congresses, size.first_year)
    for body in there:
        _keep(waiting, body.founding())
    for year in range(size.first_year, size.today.year + 1):
        for body in there:
            _keep(waiting, _year(body, year))
        yield from _until(waiting.pop(year - 1, []), until)
    for year in sorted(waiting):
        yield from _until(waiting[year], until)


def _keep(waiting: dict[int, list[Told]], facts: Iterator[Told]) -> None:
    for fact in facts:
        waiting[fact[1].year].append(fact)


def _until(facts: list[Told], until: datetime) -> Iterator[Told]:
    facts.sort(key=itemgetter(1))
    return (fact for fact in facts if fact[1] < until)


def _stored(facts: Iterator[Told]) -> Iterator[StoredFact]:
    mapper, versions = FactMapper(BOOK), defaultdict[UUID, int](int)
    for position, (stream, at, fact) in enumerate(facts, start=1):
        versions[stream] += 1
        event = mapper.to_stored_event(Recorded(stream, versions[stream], at, None, fact))
        yield StoredFact(position, stream, versions[stream], event.topic, event.state)


def _year(body: Body, year: int) -> Iterator[Told]:
    vote = Vote(body, year)
    yield from vote.told()
    for place in range(QUOTA):
        yield from Work(vote, place).told()
    yield from _asks(vote)


def _asks(vote: Vote) -> Iterator[Told]:
    """Those that are put once a year: the plan, the result and the summary; here and there one stays open."""
    year = vote.year
    well = sum(Work(vote, place).ends_well for place in range(QUOTA))
    plan = PlanAnswer(
        call_from=date(year - 1, 8, 1),
        call_until=date(year - 1, 9, 30),
        channels="网络、社区、代表之家",
        proposals_received=60 + vote.body.number,
        draft_candidates=CANDIDATES,
    )
    result = ResultAnswer(
        poll=vote.poll,
        all_delegates=vote.body.delegates,
        attending=vote.body.delegates * 96 // 100,
        issued=vote.body.delegates * 96 // 100,
        returned=vote.body.delegates * 96 // 100,
        candidates=CANDIDATES,
        quota=QUOTA,
        adopted=QUOTA,
        notice_number=vote.notice,
        duty_list_on=vote.on + timedelta(days=16),
    )
    summary = SummaryAnswer(
        completion=Completion.BASICALLY_COMPLETED,
        results=f"{QUOTA} 项中 {well} 项完成并通过验收。",
        lessons="早落点位、早办手续。",
        counts=(CompletionCount(completion=Completion.COMPLETED, projects=well),),
    )
    yield from _ask(vote, AskKind.PLAN, date(year - 1, 10, 1), PlanAnswered(answer=plan, on=date(year - 1, 11, 20)))
    answered = vote.on + timedelta(days=8)
    yield from _ask(vote, AskKind.RESULT, vote.on + timedelta(days=1), ResultAnswered(answer=result, on=answered))
    yield from _ask(vote, AskKind.SUMMARY, date(year, 11, 1), SummaryAnswered(answer=summary, on=date(year, 12, 20)))


def _ask(
    vote: Vote, kind: AskKind, issued_on: date, answered: PlanAnswered | ResultAnswered | SummaryAnswered
) -> Iterator[Told]:
    ask = ask_id(vote.body.id, vote.year, kind)
    issued = AskIssued(
        congress=vote.body.id,
        year=Year(vote.year),
        kind=kind,
        project=None,
        unit=None,
        unit_name="",
        opens_on=issued_on,
        due_on=answered.on + timedelta(days=10),
    )
    facts: list[tuple[date, AskFact]] = [(issued_on, issued)]
    if (vote.body.number + vote.year) % 13 != list(AskKind).index(kind):
        facts += [
            (answered.on, answered),
            (answered.on + timedelta(days=3), AskApproved(on=answered.on + timedelta(days=3))),
        ]
    for on, fact in facts:
        yield ask, datetime.combine(on, time(9), CHINA), fact
