"""Keys, shares and sealed ballots for tests: what the scrutineers' and the voters' browsers make."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from nacl.public import PrivateKey, SealedBox

from application.polls import key_ceremony, opening_the_box
from domain.polls.ballot import BallotCast, packed
from domain.polls.ballot_form import encoded, form_hash
from domain.polls.box_file import BoxFile, Holder
from domain.polls.box_opening import OpenedOn
from domain.polls.key_ceremony import combinations_of
from domain.polls.raw_columns import RawColumns
from domain.polls.sealing import key_fingerprint
from domain.polls.share import Share, share_fingerprint, share_text, split
from interfaces.opening.opened import opened_columns
from tests.support.polls import Hall
from tests.support.stores import by


@dataclass(frozen=True)
class MadeKey:
    """A key pair whose shares are at hand."""

    secret: PrivateKey
    shares: tuple[Share, ...]

    @property
    def public_key(self) -> str:
        return bytes(self.secret.public_key).hex()

    @property
    def fingerprint(self) -> str:
        return key_fingerprint(self.public_key)

    @property
    def texts(self) -> list[str]:
        return [share_text(share) for share in self.shares]


def new_key(hall: Hall, threshold: int = 2, shares: int = 3) -> MadeKey:
    """A key for the hall's poll, recorded nowhere."""
    secret = PrivateKey.generate()
    public_key = bytes(secret.public_key).hex()
    parts = split(
        bytes(secret),
        threshold=threshold,
        shares=shares,
        poll=hall.poll,
        public_key=public_key,
        randomness=secrets.token_bytes,
    )
    return MadeKey(secret, parts)


def record_key(hall: Hall, key: MadeKey) -> None:
    """The key as the page would record it, held by the chief and the first scrutineers."""
    holders = [entry.delegate for entry in hall.delegates[: len(key.shares)]]
    key_ceremony.make_key(
        hall.office,
        by(hall.chief),
        hall.poll,
        public_key=key.public_key,
        threshold=key.shares[0].threshold,
        holders=holders,
        shares=[share_fingerprint(text) for text in key.texts],
    )


def try_key(hall: Hall, key: MadeKey) -> None:
    """The trial opening as the page would record it."""
    found = hall.state.key
    assert found is not None
    key_ceremony.try_key(
        hall.office, by(hall.chief), hall.poll, key=key.fingerprint, combinations=combinations_of(found)
    )


def guarded(hall: Hall, threshold: int = 2, shares: int = 3) -> MadeKey:
    """A key that was made, recorded and tried."""
    key = new_key(hall, threshold, shares)
    record_key(hall, key)
    try_key(hall, key)
    return key


def sealed(row: Sequence[str], hall: Hall, key: MadeKey) -> BallotCast:
    """A ballot as a voter's browser seals it."""
    form = hall.form
    box = SealedBox(key.secret.public_key)
    return packed(box.encrypt(encoded(row, form)), form=form_hash(form), key=key.fingerprint)


def quorums(key: MadeKey) -> list[tuple[Share, ...]]:
    """Every choice of shares that suffices."""
    return list(combinations(key.shares, key.shares[0].threshold))


def columns_in(hall: Hall, key: MadeKey) -> RawColumns:
    """What an opening of the hall's closed box gives."""
    closed = hall.state.closed
    assert closed is not None
    box = BoxFile(
        poll=hall.poll,
        title=hall.state.prepared.title,
        form=hall.form,
        public_key=key.public_key,
        threshold=key.shares[0].threshold,
        holders=tuple(Holder(name="", share=share_fingerprint(text)) for text in key.texts),
        ballots=closed.ballots,
        root=closed.root,
        sealed=tuple(hall.box.ballots(hall.poll)),
    )
    return opened_columns(box, key.shares)


def record_opening(hall: Hall, columns: RawColumns, opened_on: OpenedOn, holders: int | None = None) -> int:
    """One opening, its shares brought by the first holders."""
    key = hall.state.key
    assert key is not None
    brought = key.holders[: key.threshold if holders is None else holders]
    return opening_the_box.open_box(
        hall.office, hall.private, by(hall.chief), hall.poll, opened_on=opened_on, columns=columns, holders=brought
    )


def open_twice(hall: Hall, key: MadeKey) -> RawColumns:
    """Both openings of the hall's closed box, which agree."""
    columns = columns_in(hall, key)
    for place in OpenedOn:
        record_opening(hall, columns, place)
    return columns
