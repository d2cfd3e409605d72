"""How a proposal stands with residents: its index, and whether voices still count."""

from typing import NamedTuple

from sqlalchemy import Connection

from application.proposals.support import SUPPORTABLE
from domain.proposals.support import SupportIndex
from projections.proposal_register import ProposalRow
from projections.proposal_register.voices import voices_of


class Standing(NamedTuple):
    """The index, and whether the office shows the proposal and it has not been settled otherwise."""

    voices: SupportIndex
    takes_support: bool


def standing(conn: Connection, row: ProposalRow) -> Standing:
    """Of one proposal."""
    return standings(conn, [row])[0]


def standings(conn: Connection, rows: list[ProposalRow]) -> list[Standing]:
    """Of many, in their order."""
    voices = voices_of(conn, [row.proposal for row in rows])
    return [Standing(voices[row.proposal], row.shown and row.outcome in SUPPORTABLE) for row in rows]
