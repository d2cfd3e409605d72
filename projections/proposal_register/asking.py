"""What the register is asked: lists of a year, one proposal, what stands behind a project, and the totals."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from domain.proposals.proposal import TRACKING_DIGITS, Outcome
from domain.proposals.totals import Totals
from domain.shared import is_code, normal_code
from projections.proposal_register.search import holds, words_in
from projections.proposal_register.tables import OPEN, proposals, steps, totals_kept
from projections.proposal_register.tables import words as texts

NEW_FIRST: Final = "new"
MOST_SUPPORTED: Final = "support"

CLEAN, HIT, UNSCREENED = "clean", "hit", "unscreened"
"""How a screening went, as it is asked for."""


class ProposalRow(NamedTuple):
    """A proposal as lists show it. `outcome` is None while it is open."""

    proposal: UUID
    congress: UUID
    year: int
    code: str
    form: str
    channel: str
    received_on: date
    title: str
    content: str
    place: str
    category: str
    outcome: str | None
    into: UUID | None
    project: UUID | None
    shown: bool
    public_title: str
    public_content: str
    supporters: int
    taken_in: int
    """How many proposals were merged into this one."""
    signatories: int
    unit_name: str
    unit: UUID | None
    delegate: UUID | None
    house: UUID | None
    origin: UUID | None
    split_from: UUID | None
    screened: bool
    hits: list[list[str]]
    """Code and name of each rule of the negative list that was hit."""
    has_photos: bool
    contact: UUID | None


class Fate(NamedTuple):
    """One step of a proposal's way. `told` holds the values of its fact that a person may read, by their names."""

    position: int
    at: datetime
    kind: str
    """The value of an outcome, or put_right, shown, hidden, screened, took_in, let_go, reopened, forgotten."""
    told: dict[str, Any]


COLUMNS: Final = [proposals.c[name] for name in ProposalRow._fields]


def proposal_at(conn: Connection, proposal: UUID) -> ProposalRow | None:
    """One proposal."""
    return _one(conn, proposals.c.proposal == proposal)


def proposal_by_code(conn: Connection, code: str) -> ProposalRow | None:
    """The proposal with a tracking code, however it was typed."""
    wanted = normal_code(code)
    return _one(conn, proposals.c.code == wanted) if is_code(wanted, TRACKING_DIGITS) else None


def proposals_at(conn: Connection, wanted: Sequence[UUID]) -> dict[UUID, ProposalRow]:
    """Many proposals; those that are not known are left out."""
    found = conn.execute(select(*COLUMNS).where(proposals.c.proposal.in_(list(wanted))))
    return {row.proposal: row for row in map(row_of, found)}


def proposals_of(
    conn: Connection,
    congress: UUID,
    year: int,
    *,
    outcome: str = "",
    channel: str = "",
    category: str | None = None,
    screening: str = "",
    words: str = "",
    order: str = NEW_FIRST,
    offset: int = 0,
    limit: int = 50,
) -> list[ProposalRow]:
    """The year's proposals that fit everything asked for, those received last first. `outcome` may be "open"."""
    if _is_of_words(words) and not (outcome or channel or screening) and category is None and order == NEW_FIRST:
        return _newest_with(conn, congress, year, words, offset, limit)
    fitting = _fitting(conn, congress, year, outcome, channel, category, screening, words)
    query = select(*COLUMNS).where(*fitting).order_by(*_order(order)).offset(offset).limit(limit)
    return [row_of(row) for row in conn.execute(query)]


def count_of(
    conn: Connection,
    congress: UUID,
    year: int,
    *,
    outcome: str = "",
    channel: str = "",
    category: str | None = None,
    screening: str = "",
    words: str = "",
) -> int:
    """How many proposals fit; from the counters where only an outcome is asked for."""
    if not (channel or screening or words.strip()) and category is None:
        counted = _counters(conn, congress, year)
        return counted.get(outcome, 0) if outcome else sum(counted.values())
    if _is_of_words(words) and not (outcome or channel or screening) and category is None:
        holding = holds(conn, texts, congress, year, words_in(words))
        return _number(conn, select(func.count()).select_from(texts).where(holding))
    fitting = _fitting(conn, congress, year, outcome, channel, category, screening, words)
    return _number(conn, select(func.count()).select_from(proposals).where(*fitting))


def totals(conn: Connection, congress: UUID, year: int) -> Totals:
    """How the year's proposals stand (rule 18); counted while they change, so that asking costs nothing."""
    return totals_of_year(conn, [congress], year).get(congress, Totals(received=0))


def totals_of_year(conn: Connection, congresses: Sequence[UUID], year: int) -> dict[UUID, Totals]:
    """The totals of many congresses, in one query; those without proposals are left out."""
    kept = totals_kept.c
    query = select(kept.congress, kept.outcome, kept.number)
    counted: dict[UUID, dict[str, int]] = {}
    for congress, outcome, number in conn.execute(query.where(kept.congress.in_(list(congresses)), kept.year == year)):
        counted.setdefault(congress, {})[outcome] = number
    return {
        congress: Totals(
            received=sum(found.values()),
            open=found.get(OPEN, 0),
            **{outcome.value: found.get(outcome.value, 0) for outcome in Outcome},
        )
        for congress, found in counted.items()
    }


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with proposals, newest first."""
    kept = select(totals_kept.c.year).where(totals_kept.c.congress == congress).distinct()
    return sorted(conn.scalars(kept), reverse=True)


def categories(conn: Connection, congress: UUID, year: int) -> list[tuple[str, int]]:
    """The categories in use with their numbers, in the order of their characters; empty for none."""
    this = (proposals.c.congress == congress, proposals.c.year == year)
    counted = select(proposals.c.category, func.count()).where(*this).group_by(proposals.c.category)
    return sorted((category, number) for category, number in conn.execute(counted))


def reserved(conn: Connection, congress: UUID, *, offset: int = 0, limit: int = 50) -> list[ProposalRow]:
    """What lies in the reserve pool, of the latest year first, and what was received last."""
    query = select(*COLUMNS).where(proposals.c.congress == congress, proposals.c.outcome == Outcome.RESERVE.value)
    ordered = query.order_by(proposals.c.year.desc(), proposals.c.entered.desc()).offset(offset).limit(limit)
    return [row_of(row) for row in conn.execute(ordered)]


def reserved_count(conn: Connection, congress: UUID) -> int:
    """How many proposals lie in the reserve pool."""
    kept = totals_kept.c
    number = select(func.sum(kept.number)).where(kept.congress == congress, kept.outcome == Outcome.RESERVE.value)
    return int(conn.scalar(number) or 0)


def shown_of(
    conn: Connection,
    congress: UUID,
    year: int,
    *,
    category: str | None = None,
    words: str = "",
    order: str = NEW_FIRST,
    offset: int = 0,
    limit: int = 50,
) -> list[ProposalRow]:
    """What residents may read and support; words are looked for in the public wording."""
    query = select(*COLUMNS).where(*_shown(congress, year, category, words)).order_by(*_order(order))
    return [row_of(row) for row in conn.execute(query.offset(offset).limit(limit))]


def shown_count(conn: Connection, congress: UUID, year: int, *, category: str | None = None, words: str = "") -> int:
    """How many proposals residents may read that fit."""
    fitting = _shown(congress, year, category, words)
    return _number(conn, select(func.count()).select_from(proposals).where(*fitting))


def fates(conn: Connection, proposal: UUID) -> list[Fate]:
    """What became of a proposal after it was received, step by step."""
    query = select(steps.c.position, steps.c.at, steps.c.kind, steps.c.told).where(steps.c.proposal == proposal)
    return [Fate._make(row) for row in conn.execute(query.order_by(steps.c.position))]


def place_in_line(conn: Connection, proposal: UUID) -> int:
    """The position of the history at which the proposal was received; 0 where it is not known."""
    return conn.scalar(select(proposals.c.entered).where(proposals.c.proposal == proposal)) or 0


def next_open(conn: Connection, congress: UUID, year: int, before: int) -> ProposalRow | None:
    """The open proposal that was received last before a position, from the newest again where none is left."""
    this = (proposals.c.congress == congress, proposals.c.year == year, proposals.c.outcome == OPEN)
    query = select(*COLUMNS).where(*this).order_by(proposals.c.entered.desc()).limit(1)
    row = conn.execute(query.where(proposals.c.entered < before)).first()
    if row is None:
        row = conn.execute(query.where(proposals.c.entered != before)).first()
    return None if row is None else row_of(row)


def reserved_because(conn: Connection, wanted: Sequence[UUID]) -> dict[UUID, str]:
    """Why each of these was put into the reserve, the last time."""
    query = select(steps.c.proposal, steps.c.told).where(steps.c.proposal.in_(list(wanted)), steps.c.kind == "reserve")
    return {row.proposal: str(row.told["reason"]) for row in conn.execute(query.order_by(steps.c.position))}


def received_at(conn: Connection, proposal: UUID) -> datetime | None:
    """When the proposal was recorded."""
    moment: datetime | None = conn.scalar(select(proposals.c.received_at).where(proposals.c.proposal == proposal))
    return moment


def _fitting(
    conn: Connection,
    congress: UUID,
    year: int,
    outcome: str,
    channel: str,
    category: str | None,
    screening: str,
    typed: str,
) -> list[ColumnElement[bool]]:
    fitting = [proposals.c.congress == congress, proposals.c.year == year]
    if outcome:
        fitting.append(proposals.c.outcome == outcome)
    if channel:
        fitting.append(proposals.c.channel == channel)
    if category is not None:
        fitting.append(proposals.c.category == category)
    if screening:
        fitting.append(proposals.c.screened.is_(screening != UNSCREENED))
        fitting.append(proposals.c.hit.is_(screening == HIT))
    if typed.strip():
        fitting.append(_worded(conn, congress, year, typed))
    return fitting


def _is_of_words(typed: str) -> bool:
    """Whether words are looked for, and no tracking code."""
    return bool(typed.strip()) and not is_code(normal_code(typed), TRACKING_DIGITS)


def _newest_with(conn: Connection, congress: UUID, year: int, typed: str, offset: int, limit: int) -> list[ProposalRow]:
    """Where nothing but words is asked for, the index of words alone says which: only those are read."""
    holding = holds(conn, texts, congress, year, words_in(typed))
    found = select(texts.c.entered).where(holding).order_by(texts.c.entered.desc()).offset(offset).limit(limit)
    query = select(*COLUMNS).where(proposals.c.entered.in_(list(conn.scalars(found))))
    return [row_of(row) for row in conn.execute(query.order_by(proposals.c.entered.desc()))]


def _worded(conn: Connection, congress: UUID, year: int, typed: str) -> ColumnElement[bool]:
    """The tracking code itself, or all words anywhere in the text."""
    if not _is_of_words(typed):
        return proposals.c.code == normal_code(typed)
    kept = select(texts.c.entered).where(holds(conn, texts, congress, year, words_in(typed)))
    return proposals.c.entered.in_(kept)


def _shown(congress: UUID, year: int, category: str | None, typed: str) -> list[ColumnElement[bool]]:
    fitting = [proposals.c.congress == congress, proposals.c.year == year, proposals.c.shown.is_(True)]
    if category is not None:
        fitting.append(proposals.c.category == category)
    said = proposals.c.public_title + " " + proposals.c.public_content
    return [*fitting, *(said.icontains(word, autoescape=True) for word in words_in(typed))]


def _order(order: str) -> list[ColumnElement[Any]]:
    newest = proposals.c.entered.desc()
    return [proposals.c.supporters.desc(), newest] if order == MOST_SUPPORTED else [newest]


def _counters(conn: Connection, congress: UUID, year: int) -> dict[str, int]:
    this = (totals_kept.c.congress == congress, totals_kept.c.year == year)
    rows = conn.execute(select(totals_kept.c.outcome, totals_kept.c.number).where(*this))
    return {row.outcome: row.number for row in rows}


def _one(conn: Connection, fitting: ColumnElement[bool]) -> ProposalRow | None:
    row = conn.execute(select(*COLUMNS).where(fitting)).first()
    return None if row is None else row_of(row)


def _number(conn: Connection, query: Select[int]) -> int:
    return conn.scalar(query) or 0


def row_of(row: Row[Any] | Sequence[Any]) -> ProposalRow:
    """A row with the columns of a ProposalRow, as it is told."""
    found = ProposalRow._make(row)
    return found._replace(outcome=None if found.outcome == OPEN else found.outcome)
