"""Asks are issued: by hand for next year's plan, to congresses below, and by a declaration for its year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.asks.rules import RulesInForce, rules_at
from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.asks import ask as asks
from domain.asks import deciding
from domain.asks.ask import AskAlreadyIssued, AskIssued, AskKind
from domain.asks.rules import Addressee
from domain.congress import session as sessions
from domain.polls import poll as polls
from domain.projects import voted_list as voted_lists
from domain.projects.project import Project
from domain.shared import Invalid, Missing, Refused, Year


@dataclass(eq=False)
class NotBelow(Refused):
    """A congress can put asks only to those that stand under it."""

    name: str


def ask_for_plan(office: Office, by: By, congress: UUID, year: int, due_on: date | None = None) -> int:
    """Issues ask 1 问计划 for a year, by the rules: to the government office, due at the end of the year before.

    Raises NotPermitted, NotFound, SessionUnknown, AskAlreadyIssued or Invalid.
    """
    by.actor.require(Act.ISSUE_ASK, congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        rules = rules_at(desk, congress)
        ends_on = session_ends_on(desk, congress, year)
        for to in rules.rules.of(AskKind.PLAN).to:
            fact = _issued(rules, AskKind.PLAN, congress, year, ends_on, to=to)
            _add(desk, _from_today(fact, office.today(), due_on))

    return office.record(by, decide)


def ask_below(
    office: Office,
    by: By,
    congress: UUID,
    kind: AskKind,
    year: int,
    below: Sequence[UUID],
    due_on: date | None = None,
) -> int:
    """Puts an ask to the offices of congresses below, all in one transaction; those that have it are passed over.

    The windows are those of the asking congress's rules. Raises NotPermitted, NotFound, NotBelow, Missing (below),
    SessionUnknown, AskAlreadyIssued where every one of them has it, or Invalid.
    """
    by.actor.require(Act.ISSUE_ASK, congress)
    chosen = tuple(dict.fromkeys(below))
    if not chosen:
        raise Missing(fields=("below",))

    def decide(desk: Desk) -> None:
        rules = rules_at(desk, congress)
        streams = {one: asks.ask_id(one, year, kind, asked_by=congress) for one in chosen}
        out = desk.load_many(streams.values(), asks.evolve)
        fresh = [one for one in chosen if streams[one] not in out]
        if not fresh:
            raise AskAlreadyIssued(kind=kind.value, year=year)
        for one in fresh:
            _require_below(desk, one, congress)
            fact = _issued(rules, kind, one, year, _session_or(desk, one, year, due_on), to=Addressee.OFFICE)
            _add(desk, _from_today(replace(fact, asked_by=congress), office.today(), due_on))

    return office.record(by, decide)


def issue_for_year(
    desk: Desk,
    congress: UUID,
    year: int,
    known: Mapping[UUID, Project],
    *,
    session_ends_on: date,
    first: bool,
) -> None:
    """What a declaration issues: ask 2 once, asks 3 and 4 to the lead unit of every adopted project.

    Where the rules put ask 4 to the government or the office too, they get it once. Raises Invalid.
    """
    rules = rules_at(desk, congress)
    once = [(AskKind.RESULT, to) for to in rules.rules.of(AskKind.RESULT).to]
    once += [(AskKind.SUMMARY, to) for to in rules.rules.of(AskKind.SUMMARY).to if to is not Addressee.LEAD_UNITS]
    for kind, to in once if first else ():
        _add(desk, _issued(rules, kind, congress, year, session_ends_on, to=to))
    for project, state in known.items():
        for kind in (AskKind.PROGRESS, AskKind.SUMMARY):
            if Addressee.LEAD_UNITS in rules.rules.of(kind).to:
                fact = _issued(rules, kind, congress, year, session_ends_on, to=Addressee.LEAD_UNITS)
                card = state.card
                _add(desk, replace(fact, project=project, unit=card.lead_unit, unit_name=card.lead_unit_name))


def session_ends_on(desk: Desk, congress: UUID, year: int) -> date | None:
    """The last day of the session that voted on the year, None before its result was declared."""
    announced = desk.load(voted_lists.voted_list_stream(congress, year), voted_lists.evolve)
    poll = desk.load(announced.poll, polls.evolve) if announced else None
    session = desk.load(poll.prepared.session, sessions.evolve) if poll else None
    return session.ends_on if session else None


def _session_or(desk: Desk, congress: UUID, year: int, due_on: date | None) -> date | None:
    """Where the session is not known, a due day that was typed stands for the end of its window."""
    return session_ends_on(desk, congress, year) or due_on


def _issued(
    rules: RulesInForce, kind: AskKind, congress: UUID, year: int, ends_on: date | None, *, to: Addressee
) -> AskIssued:
    rule = rules.rules.of(kind)
    opens_on, due_on = rule.window(year, ends_on)
    return AskIssued(
        congress=congress,
        year=Year(year),
        kind=kind,
        project=None,
        unit=None,
        unit_name="",
        opens_on=opens_on,
        due_on=due_on,
        to=to,
        required=rule.required,
        questions=rule.questions,
        rules_of=rules.congress,
        rules_version=rules.version,
    )


def _from_today(fact: AskIssued, today: date, due_on: date | None) -> AskIssued:
    """An ask that somebody issues by hand can be answered at once, and is never due before that day: raises Invalid."""
    if due_on is not None and due_on < today:
        raise Invalid(field="due_on", reason="ask_due_in_the_past", value=due_on.isoformat())
    due = due_on or max(fact.due_on, today)
    return replace(fact, opens_on=min(fact.opens_on, today, due), due_on=due)


def _add(desk: Desk, fact: AskIssued) -> None:
    stream = asks.ask_id(fact.congress, fact.year, fact.kind, fact.project, asked_by=fact.asked_by, to=fact.to)
    desk.add(stream, deciding.issue_ask(desk.load(stream, asks.evolve), fact))


def _require_below(desk: Desk, congress: UUID, above: UUID) -> None:
    """Raises NotFound, or NotBelow unless `above` stands somewhere over the congress."""
    known = existing(desk, congress)
    parent = known.parent
    while parent is not None and parent != above:
        parent = existing(desk, parent).parent
    if parent is None:
        raise NotBelow(name=known.short_name)
