"""The published record of a poll, made from history, box and checkpoints: the same bytes whenever it is asked for."""

from dataclasses import dataclass
from uuid import UUID

from application.checkpoints import Notary
from application.history.box import Box
from application.history.tree import proofs_for
from application.history.tree_leaf import Row, leaf_of
from application.history.tree_store import StoredCheckpoint
from application.office import Office
from application.polls.preparing import known_poll
from domain.polls.ballot import Receipt
from domain.polls.count import FORMAT, form_of, read_count
from domain.polls.poll import Poll, PollInWrongStage, PollStage, counted_in
from domain.polls.record import Attested, ProvenStep, belongs_in_record, record_files
from domain.shared import Refused


@dataclass(eq=False)
class NoRecord(Refused):
    """The poll was counted by an earlier release, whose counts hold too little for a record."""

    title: str


def record_of(office: Office, box: Box, notary: Notary, poll: UUID) -> dict[str, bytes]:
    """The files of the record of a poll that was declared, or ended void by its count.

    Raises NotFound, PollInWrongStage, NoRecord, HistoryShrank, KeyDiffers, KeyUnreadable, NotAnswering or TryAgain.
    """
    state = known_poll(office, poll)
    require_recorded(state)
    rows = office.history.tree_store.rows_in(poll)
    published = [row for row in rows if belongs_in_record(leaf_of(row).decode())]
    checkpoint = _checkpoint_after(notary, published[-1].position)
    return record_files(
        form=form_of(poll, state.prepared),
        count=counted_in(state).count,
        receipts=receipts_of(box, poll, state),
        attested=_attested(office, notary, published, checkpoint),
    )


def require_recorded(state: Poll) -> None:
    """A record is published of what has ended. Raises PollInWrongStage or NoRecord."""
    counted = state.counted
    void = state.stage is PollStage.CANCELLED and counted is not None and counted.void_because != ""
    if counted is None or not (state.stage is PollStage.DECLARED or void):
        raise PollInWrongStage(stage=state.stage.value)
    if read_count(counted.count)["format"] != FORMAT:
        raise NoRecord(title=state.prepared.title)


def receipts_of(box: Box, poll: UUID, state: Poll) -> list[Receipt]:
    """All receipts, sorted, from the closing on. Raises PollInWrongStage before, or TryAgain."""
    if state.closed is None:
        raise PollInWrongStage(stage=state.stage.value)
    return box.receipts(poll) if state.prepared.card_set is not None else []


def _checkpoint_after(notary: Notary, position: int) -> StoredCheckpoint:
    """The first one that holds the fact at the position: a later one would make another record of the same poll."""
    found = notary.first_from(position)
    if found is None:
        notary.make()
        found = notary.first_from(position)
    if found is None:
        raise AssertionError("a checkpoint holds everything recorded before it was made")
    return found


def _attested(office: Office, notary: Notary, rows: list[Row], checkpoint: StoredCheckpoint) -> Attested:
    positions = [row.position for row in rows]
    proofs = proofs_for(office.history, positions, checkpoint.size, algorithm=notary.algorithm)
    facts = tuple(
        ProvenStep(index=proof.index, leaf=leaf_of(row).decode(), proof=proof.proof)
        for row, proof in zip(rows, proofs, strict=True)
    )
    return Attested(checkpoint=checkpoint.note, key=checkpoint.key, facts=facts)
