"""The support index of proposals: their voices with those of what was merged into them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, func, select

from domain.proposals.support import SupportIndex
from projections.proposal_register.tables import proposals


def voices_of(conn: Connection, wanted: Sequence[UUID]) -> dict[UUID, SupportIndex]:
    """An index for each proposal that is known."""
    own = select(proposals.c.proposal, proposals.c.supporters).where(proposals.c.proposal.in_(list(wanted)))
    found = {row.proposal: SupportIndex(proposals=1, supporters=row.supporters) for row in conn.execute(own)}
    merged = (
        select(proposals.c.into, func.count().label("number"), func.sum(proposals.c.supporters).label("voices"))
        .where(proposals.c.into.in_(list(wanted)))
        .group_by(proposals.c.into)
    )
    for row in conn.execute(merged):
        mine = found[row.into]
        found[row.into] = SupportIndex(
            proposals=mine.proposals + int(row.number), supporters=mine.supporters + int(row.voices or 0)
        )
    return found
