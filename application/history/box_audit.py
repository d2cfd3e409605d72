"""Whether the boxes of closed polls hold what was recorded at their closing."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from application.history.box import Box
from application.history.fact_book import UnknownFact
from application.history.history import History
from application.history.tree_findings import Finding, Kind, at_event
from application.history.tree_leaf import Row
from domain.polls.ballot import BallotUnreadable, BoxNotPrepared, BoxStillOpen, box_root
from domain.polls.poll import PollClosed


def audit_boxes(history: History, box: Box, closings: Iterable[Row]) -> Iterator[Finding]:
    """What is wrong, poll by poll. Raises TryAgain or NotAnswering."""
    for row in closings:
        try:
            found = history.at([row.position])
        except (msgspec.MsgspecError, UnknownFact, ValueError, TypeError, LookupError):
            yield at_event(Kind.ODD, row, detail=repr(row.state))
            continue
        for noticed in found:
            if isinstance(noticed.fact, PollClosed):
                yield from _of_box(box, noticed.stream, row, noticed.fact)


def _of_box(box: Box, poll: UUID, row: Row, closed: PollClosed) -> Iterator[Finding]:
    try:
        gate = box.closing(poll)
        receipts = box.receipts(poll)
        voided = box.counts(poll).voided
    except BoxNotPrepared:
        yield at_event(Kind.BOX_MISSING, row)
        return
    except BoxStillOpen:
        yield at_event(Kind.BOX_GATE, row)
        return
    except (msgspec.MsgspecError, UnknownFact, BallotUnreadable, ValueError, TypeError, LookupError):
        yield at_event(Kind.BOX_UNREADABLE, row)
        return
    if len(receipts) != closed.ballots:
        yield at_event(Kind.BOX_NUMBER, row, number=len(receipts), other=closed.ballots)
    elif box_root(receipts) != closed.root:
        yield at_event(Kind.BOX_ROOT, row)
    if (gate.ballots, gate.root) != (closed.ballots, closed.root):
        yield at_event(Kind.BOX_GATE, row)
    if voided != closed.cards_voided:
        yield at_event(Kind.BOX_VOIDED, row, number=voided, other=closed.cards_voided)
