"""What delegates and units see of the proposals they brought: where each stands, and its way so far."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import Request
from sqlalchemy import Connection

from domain.shared import project_code
from interfaces.public.projects import views as projects
from interfaces.public.tracking.trail import Step, last_taker, trail
from interfaces.web._base.asking import Place
from interfaces.web._base.paging import pager
from interfaces.web.proposals.words import STATES, TAGS
from projections import calls, public_page
from projections.calls import CallRow
from projections.proposal_register import OPEN, ProposalRow
from projections.public_page import PublicPage


class Mine(NamedTuple):
    """One's own proposal: its outcome in a word, and the project it goes on in, if any."""

    row: ProposalRow
    tag: str
    state: str
    page: PublicPage | None


def mine(conn: Connection, rows: Iterable[ProposalRow], today: date) -> list[Mine]:
    """Each with where it stands now, through mergers and transfers up to the finished project."""
    return [_mine(conn, row, today) for row in rows]


def listed(request: Request, conn: Connection, here: Place, rows: Sequence[ProposalRow], today: date) -> dict[str, Any]:
    """What the page of all of them shows, whoever brought them, a page at a time."""
    p, call = pager(request, len(rows)), call_to_answer(conn, here, today)
    return {
        "mine": mine(conn, rows[p.offset : p.offset + p.per_page], today),
        "p": p,
        "tally": tally(rows),
        "call": call,
        "is_open": call is not None and call.is_open(today),
    }


def tally(rows: Iterable[ProposalRow]) -> list[tuple[str, int]]:
    """How many ended in which way, in the order of outcomes; nothing is counted twice."""
    counted = Counter(row.outcome or OPEN for row in rows)
    return [(str(words), counted[state]) for state, words in STATES.items() if counted[state]]


def way(conn: Connection, row: ProposalRow, today: date) -> tuple[Mine, list[Step]]:
    """One proposal with every step until today."""
    end = last_taker(conn, row)
    shown = _mine(conn, row, today)
    return shown, trail(conn, row, shown.page, end.project)


def call_to_answer(conn: Connection, here: Place, today: date) -> CallRow | None:
    """The call a delegate's or unit's own proposal answers: the open one, else the newest."""
    current = calls.current_call(conn, here.congress.id, today)
    return current or next(iter(calls.calls_of(conn, here.congress.id)), None)


def _mine(conn: Connection, row: ProposalRow, today: date) -> Mine:
    end = last_taker(conn, row)
    page = public_page.page(conn, project_code(end.project)) if end.project else None
    if page is not None:
        now = projects.status(page, today)
        return Mine(row, now.kind, now.words, page)
    state = row.outcome or OPEN
    return Mine(row, TAGS[state], str(STATES[state]), None)
