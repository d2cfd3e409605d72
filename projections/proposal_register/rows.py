"""How facts change the rows of the register."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, delete, select, update

from application.history.history import Noticed
from domain.proposals.proposal import (
    Outcome,
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalHidden,
    ProposalLetGo,
    ProposalMerged,
    ProposalPhotoErased,
    ProposalPutRight,
    ProposalReceived,
    ProposalReopened,
    ProposalReserved,
    ProposalScreened,
    ProposalShown,
    ProposalTookIn,
    ProposalTransferred,
    ProposerForgotten,
    Suggestion,
)
from domain.proposals.support import SupportGiven
from projections.proposal_register.search import grams_of
from projections.proposal_register.tables import OPEN, metadata, photos, proposals, steps, totals_kept, words
from projections.reading.bulk import insert_rows
from projections.reading.projection import Projection

Row = dict[str, Any]

_FACTS = (
    ProposalReceived,
    ProposalPutRight,
    ProposalShown,
    ProposalHidden,
    ProposalScreened,
    ProposalMerged,
    ProposalTookIn,
    ProposalLetGo,
    ProposalTransferred,
    ProposalReserved,
    ProposalDeclined,
    ProposalBecameCandidate,
    ProposalReopened,
    ProposerForgotten,
    ProposalPhotoErased,
)

_SEARCHED: Final = ("title", "content", "place", "category", "unit_name")


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Loads the proposals of the batch, lets every fact change them, and writes what has changed."""
    ours = [notice for notice in noticed if isinstance(notice.fact, (*_FACTS, SupportGiven))]
    if not ours:
        return
    new = {one.stream: _received(one, one.fact) for one in ours if isinstance(one.fact, ProposalReceived)}
    known = _kept(conn, {_subject(notice) for notice in ours} - new.keys())
    counted = Counter({_counter(row): 0 for row in known.values()})
    counted.subtract(_counter(row) for row in known.values())
    before = {proposal: dict(row) for proposal, row in known.items()}
    rows = {**known, **new}
    told = [step for notice in ours if (step := _step(rows[_subject(notice)], notice)) is not None]
    counted.update(_counter(row) for row in rows.values())
    _keep_photos(conn, ours, rows)
    _count(conn, counted)
    _insert(conn, list(new.values()))
    _change(conn, before, known)
    _reword(conn, [row for proposal, row in known.items() if _texts(row) != _texts(before[proposal])])
    insert_rows(conn, steps, told)


def _subject(notice: Noticed) -> UUID:
    return notice.fact.proposal if isinstance(notice.fact, SupportGiven) else notice.stream


def _received(notice: Noticed, fact: ProposalReceived) -> Row:
    named = ("congress", "year", "code", "received_on", "signatories", "unit_name", "unit", "delegate", "house")
    return {
        "proposal": notice.stream,
        **{name: getattr(fact, name) for name in (*named, "origin", "split_from", "contact")},
        **_said(fact.suggestion),
        "form": fact.form.value,
        "channel": fact.channel.value,
        "outcome": OPEN,
        "into": None,
        "project": None,
        "shown": False,
        "public_title": "",
        "public_content": "",
        "supporters": 0,
        "taken_in": 0,
        "screened": False,
        "hits": [],
        "hit": False,
        "has_photos": bool(fact.photos),
        "received_at": notice.at,
        "entered": notice.position,
    }


def _keep_photos(conn: Connection, ours: Sequence[Noticed], rows: Mapping[UUID, Row]) -> None:
    """Which proposals carry which photo; one whose last photo was erased has none."""
    came = [(one.stream, one.fact.photos) for one in ours if isinstance(one.fact, ProposalReceived)]
    insert_rows(conn, photos, [(file, proposal) for proposal, some in came for file in {one.file: one for one in some}])
    gone = [(one.fact.file, one.stream) for one in ours if isinstance(one.fact, ProposalPhotoErased)]
    if not gone:
        return
    this = (photos.c.file == bindparam("its_file"), photos.c.proposal == bindparam("its"))
    conn.execute(delete(photos).where(*this), [{"its_file": file, "its": proposal} for file, proposal in gone])
    touched = {proposal for _, proposal in gone}
    left = set(conn.scalars(select(photos.c.proposal).where(photos.c.proposal.in_(touched))))
    for proposal in touched:
        rows[proposal]["has_photos"] = proposal in left


def _said(suggestion: Suggestion) -> Row:
    return {name: getattr(suggestion, name) for name in ("title", "content", "place", "category")}


def _step(row: Row, notice: Noticed) -> tuple[object, ...] | None:
    """Changes the row by one fact; returns the step of its way, if it is one."""
    fact = notice.fact
    told: Row = {}
    match fact:
        case ProposalReceived():
            return None
        case SupportGiven():
            row["supporters"] += fact.voices
            return None
        case ProposalPutRight():
            row.update(_said(fact.suggestion))
            told = {"reason": fact.reason}
        case ProposalShown():
            row.update(shown=True, public_title=fact.title, public_content=fact.content)
        case ProposalHidden():
            row["shown"] = False
            told = {"reason": fact.reason}
        case ProposalScreened(screening=found):
            hits = [[line.code, line.name] for line in found.hits]
            row.update(screened=True, hits=hits, hit=bool(hits))
            told = {"hits": hits, "unmet": [[line.code, line.name] for line in found.unmet], "note": found.note}
        case ProposalTookIn():
            row["taken_in"] += 1
            told = {"proposal": str(fact.proposal)}
        case ProposalLetGo():
            row["taken_in"] -= 1
            told = {"proposal": str(fact.proposal)}
        case ProposerForgotten():
            row["contact"] = None
            told = {"asked_by_proposer": fact.asked_by_proposer}
        case ProposalPhotoErased():
            told = {"reason": fact.reason}
        case _:
            told = _with_outcome(row, fact)
    return (notice.stream, notice.position, notice.at, _kind(fact), told)


def _with_outcome(row: Row, fact: object) -> Row:
    row.update(into=None, project=None)
    match fact:
        case ProposalMerged():
            row.update(outcome=Outcome.MERGED.value, into=fact.into)
            return {"into": str(fact.into), "reason": fact.reason}
        case ProposalTransferred():
            row["outcome"] = Outcome.TRANSFERRED.value
            onward = "" if fact.onward is None else str(fact.onward)
            return {"to": fact.to.value, "name": fact.name, "reason": fact.reason, "onward": onward}
        case ProposalReserved():
            row["outcome"] = Outcome.RESERVE.value
            return {"reason": fact.reason}
        case ProposalDeclined():
            row["outcome"] = Outcome.DECLINED.value
            rules = [[line.code, line.name] for line in fact.rules]
            return {"reason": fact.reason.value, "words": fact.words, "rules": rules}
        case ProposalBecameCandidate():
            row.update(outcome=Outcome.BECAME_CANDIDATE.value, project=fact.project)
            return {"project": str(fact.project), "name": fact.name}
        case ProposalReopened():
            row["outcome"] = OPEN
            return {"reason": fact.reason}
    raise AssertionError(fact)


_KINDS: Final[dict[type, str]] = {
    ProposalPutRight: "put_right",
    ProposalShown: "shown",
    ProposalHidden: "hidden",
    ProposalScreened: "screened",
    ProposalMerged: "merged",
    ProposalTookIn: "took_in",
    ProposalLetGo: "let_go",
    ProposalTransferred: "transferred",
    ProposalReserved: "reserve",
    ProposalDeclined: "declined",
    ProposalBecameCandidate: "became_candidate",
    ProposalReopened: "reopened",
    ProposerForgotten: "forgotten",
    ProposalPhotoErased: "photo_erased",
}


def _kind(fact: object) -> str:
    return _KINDS[type(fact)]


def _counter(row: Row) -> tuple[UUID, int, str]:
    return row["congress"], row["year"], row["outcome"]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in _SEARCHED)


def _kept(conn: Connection, wanted: Iterable[UUID]) -> dict[UUID, Row]:
    asked = list(wanted)
    if not asked:
        return {}
    found = conn.execute(select(proposals).where(proposals.c.proposal.in_(asked)).order_by(proposals.c.entered))
    return {row.proposal: dict(row._mapping) for row in found}  # noqa: SLF001 -- SQLAlchemy's public name for it


def _insert(conn: Connection, rows: list[Row]) -> None:
    insert_rows(conn, proposals, [tuple(row[column.name] for column in proposals.columns) for row in rows])
    grams = [(row["entered"], grams_of(row["congress"], row["year"], _texts(row))) for row in rows]
    insert_rows(conn, words, grams)


def _change(conn: Connection, before: Mapping[UUID, Row], after: Mapping[UUID, Row]) -> None:
    """Writes the columns that have changed and no others: each index has its price."""
    grouped: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for proposal, row in after.items():
        was = before[proposal]
        if changed := tuple(name for name in row if row[name] != was[name]):
            keys = {f"its_{name}": row[name] for name in ("congress", "year", "proposal")}
            grouped[changed].append({**keys, **{f"new_{name}": row[name] for name in changed}})
    this = tuple(proposals.c[name] == bindparam(f"its_{name}") for name in ("congress", "year", "proposal"))
    for changed, rows in sorted(grouped.items()):
        given: dict[str, BindParameter[Any]] = {name: bindparam(f"new_{name}") for name in changed}
        conn.execute(update(proposals).where(*this).values(given), rows)


def _reword(conn: Connection, rows: list[Row]) -> None:
    for row in rows:
        grams = grams_of(row["congress"], row["year"], _texts(row))
        conn.execute(update(words).where(words.c.entered == row["entered"]).values(grams=grams))


def _count(conn: Connection, counted: Counter[tuple[UUID, int, str]]) -> None:
    more = {key: number for key, number in counted.items() if number}
    if not more:
        return
    kept = totals_kept.c
    found = select(kept.congress, kept.year, kept.outcome).where(kept.congress.in_({key[0] for key in more}))
    known = {(row.congress, row.year, row.outcome) for row in conn.execute(found)}
    insert_rows(conn, totals_kept, [(*key, number) for key, number in sorted(more.items()) if key not in known])
    this = (kept.congress == bindparam("its"), kept.year == bindparam("its_year"), kept.outcome == bindparam("how"))
    added = update(totals_kept).where(*this).values(number=kept.number + bindparam("more"))
    given = [
        {"its": congress, "its_year": year, "how": outcome, "more": number}
        for (congress, year, outcome), number in sorted(more.items())
        if (congress, year, outcome) in known
    ]
    if given:
        conn.execute(added, given)


PROJECTION = Projection(name="proposal_register", shape=4, metadata=metadata, project=project)
