"""What the scrutineers' guarded browser does, for the story: a key in three shares, a sealed box opened twice."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from nacl.public import PrivateKey

from application.polls import key_ceremony, opening_the_box
from application.polls.preparing import known_poll
from domain.accounts.permissions import Actor
from domain.polls.box_file import read_box, written_box
from domain.polls.box_opening import OpenedOn
from domain.polls.count import form_of
from domain.polls.key_ceremony import combinations_of, known_key
from domain.polls.share import read_share, share_fingerprint, share_text, split
from interfaces.demo.town_hall import TownHall
from interfaces.opening.opened import opened_columns

THRESHOLD = 2


def seal(hall: TownHall, poll: UUID, scrutineers: Sequence[Actor]) -> tuple[str, ...]:
    """The three make a key that any two of them open with, try it, and keep a share each; their texts."""
    secret = PrivateKey.generate()
    public_key = bytes(secret.public_key).hex()
    shares = split(
        bytes(secret),
        threshold=THRESHOLD,
        shares=len(scrutineers),
        poll=poll,
        public_key=public_key,
        randomness=secrets.token_bytes,
    )
    texts = tuple(map(share_text, shares))
    prepared = known_poll(hall.office, poll).prepared
    key_ceremony.make_key(
        hall.office,
        hall.by(scrutineers[0]),
        poll,
        public_key=public_key,
        threshold=THRESHOLD,
        holders=[holder for actor in scrutineers if (holder := actor.delegate_in(prepared.congress))],
        shares=[share_fingerprint(text) for text in texts],
    )
    key = known_key(known_poll(hall.office, poll))
    key_ceremony.try_key(
        hall.office, hall.by(scrutineers[0]), poll, key=key.fingerprint, combinations=combinations_of(key)
    )
    return texts


def open_twice(hall: TownHall, poll: UUID, scrutineers: Sequence[Actor], texts: Sequence[str]) -> None:
    """Two of them open the box in the browser, and once more offline."""
    state = known_poll(hall.office, poll)
    key, closed = known_key(state), state.closed
    ballots = opening_the_box.sealed_ballots(hall.office, hall.house.box, scrutineers[0], poll)
    box = written_box(
        poll,
        title=state.prepared.title,
        form=form_of(poll, state.prepared),
        key=key,
        names=[actor.name for actor in scrutineers],
        root=closed.root if closed else "",
        sealed=ballots,
    )
    columns = opened_columns(read_box(box), [read_share(text) for text in texts[:THRESHOLD]])
    for opened_on in OpenedOn:
        opening_the_box.open_box(
            hall.office,
            hall.house.private,
            hall.by(scrutineers[0]),
            poll,
            opened_on=opened_on,
            columns=columns,
            holders=key.holders[:THRESHOLD],
        )
