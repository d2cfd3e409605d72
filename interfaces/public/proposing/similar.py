"""Shown proposals that read much like what somebody is about to send."""

from typing import Final
from uuid import UUID

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from sqlalchemy import Connection

from domain.proposals.proposal import Suggestion
from domain.proposals.support import SupportIndex
from projections import proposal_register
from projections.proposal_register import ProposalRow
from projections.proposal_register.voices import voices_of

MOST: Final = 3
_LOOKED_AT: Final = 1000
"""The newest of the shown ones; they are looked through in a few milliseconds."""

_ALIKE: Final = 60.0
_CUT: Final = 400
"""Characters of a text that are compared."""


def shown_alike(
    conn: Connection, congress: UUID, year: int, suggestion: Suggestion
) -> list[tuple[ProposalRow, SupportIndex]]:
    """At most three, the most alike first, with their support."""
    shown = proposal_register.shown_of(conn, congress, year, limit=_LOOKED_AT)
    by_title = _scores(suggestion.title, [row.public_title for row in shown])
    by_text = _scores(suggestion.content[:_CUT], [row.public_content[:_CUT] for row in shown])
    scored = sorted(((max(by_title.get(n, 0.0), by_text.get(n, 0.0)), -n) for n in {*by_title, *by_text}), reverse=True)
    found = [shown[-minus] for _score, minus in scored[:MOST]]
    voices = voices_of(conn, [row.proposal for row in found])
    return [(row, voices[row.proposal]) for row in found]


def _scores(said: str, others: list[str]) -> dict[int, float]:
    """By their place, those that are alike enough."""
    alike = process.extract(
        said, others, scorer=fuzz.ratio, processor=default_process, score_cutoff=_ALIKE, limit=MOST * 2
    )
    return {place: score for _other, score, place in alike}
