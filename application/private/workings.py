"""The workings of a count: figures of a part of a poll before they are one sum, erased at its declaration.

A breakdown of few ballots would tell how somebody voted, and a fact can never forget; so facts hold salted digests
and the figures lie here (rule 12).
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, union

from application.office import By
from application.private.store import PrivateStore, doubtful_pictures, put, put_if_new, workings

SALT = "salt"


def keep_part(store: PrivateStore, poll: UUID, part: str, figures: dict[str, Any]) -> None:
    """Replaces one part of a poll's workings, e.g. `paper/1/2`."""
    with store.writing() as connection:
        put(connection, workings, poll=poll, part=part, figures=_canonical(figures))


def parts_of(store: PrivateStore, poll: UUID) -> dict[str, dict[str, Any]]:
    """Every part of a poll's workings, by its name."""
    asked = select(workings.c.part, workings.c.figures).where(workings.c.poll == poll, workings.c.part != SALT)
    with store.reading() as connection:
        return {row.part: json.loads(row.figures) for row in connection.execute(asked.order_by(workings.c.part))}


def keep_figures(store: PrivateStore, poll: UUID, kind: str, figures: dict[str, Any]) -> str:
    """Keeps figures under their digest, which is returned for the fact that will name them.

    The digest covers the `kind`, so that equal figures of two batches do not look alike. Figures that no fact names,
    after a crash or a refusal, are found by nobody and erased with the others.
    """
    named = digest(store, poll, {"kind": kind, "figures": figures})
    keep_part(store, poll, f"{kind}/{named}", figures)
    return named


def figures_of(store: PrivateStore, poll: UUID, kind: str, named: str) -> dict[str, Any] | None:
    """The figures a fact names by their digest; None when they are not here (a restored backup holds none)."""
    asked = select(workings.c.figures).where(workings.c.poll == poll, workings.c.part == f"{kind}/{named}")
    with store.reading() as connection:
        text = connection.scalar(asked)
    found: dict[str, Any] | None = None if text is None else json.loads(text)
    if found is None or digest(store, poll, {"kind": kind, "figures": found}) != named:
        return None
    return found


def polls_at_work(store: PrivateStore) -> tuple[UUID, ...]:
    """The polls that have workings or pictures."""
    asked = union(select(workings.c.poll), select(doubtful_pictures.c.poll))
    with store.reading() as connection:
        return tuple(sorted(connection.scalars(asked)))


def named_by(by: By, digest: str) -> By:
    """Who asks, the content of the command being known by a salted digest: a plain hash of figures could be tried out.

    Whoever makes the key of such a command must not put a hash of figures into it either.
    """
    return replace(by, content=digest)


def erase_workings(store: PrivateStore, poll: UUID) -> None:
    """After the declaration, and for a poll that ends without a result; pictures of doubtful marks go too."""
    with store.writing() as connection:
        connection.execute(delete(doubtful_pictures).where(doubtful_pictures.c.poll == poll))
        connection.execute(delete(workings).where(workings.c.poll == poll))
    store.wipe(doubtful_pictures, workings)


def keep_pictures(store: PrivateStore, poll: UUID, batch: int, pictures: Mapping[str, Sequence[bytes]]) -> None:
    """Keeps what a scan shows of the doubtful marks of a batch, by item, in place of what was kept before.

    Nothing else of a scan is kept: no page, no order of papers, no name of a file.
    """
    with store.writing() as connection:
        of_batch = (doubtful_pictures.c.poll == poll, doubtful_pictures.c.batch == batch)
        connection.execute(delete(doubtful_pictures).where(*of_batch))
        for item, found in pictures.items():
            for number, picture in enumerate(found, start=1):
                put(connection, doubtful_pictures, poll=poll, batch=batch, item=item, number=number, picture=picture)


def picture_of(store: PrivateStore, poll: UUID, batch: int, item: str, number: int) -> bytes | None:
    """The picture of one doubtful mark; None where the batch was not scanned."""
    at = doubtful_pictures.c
    asked = select(at.picture).where(at.poll == poll, at.batch == batch, at.item == item, at.number == number)
    with store.reading() as connection:
        found: bytes | None = connection.scalar(asked)
    return found


def digest(store: PrivateStore, poll: UUID, figures: dict[str, Any], new_salt: Callable[[], str] = token_hex) -> str:
    """SHA-256 in hex over the poll's own salt and the figures: within one poll, equal figures have equal digests."""
    return hashlib.sha256(f"{_salt(store, poll, new_salt)}\n{_canonical(figures)}".encode()).hexdigest()


def _salt(store: PrivateStore, poll: UUID, new_salt: Callable[[], str]) -> str:
    """The first one made stays, whoever makes it."""
    asked = select(workings.c.figures).where(workings.c.poll == poll, workings.c.part == SALT)
    with store.writing() as connection:
        put_if_new(connection, workings, poll=poll, part=SALT, figures=new_salt())
        return str(connection.scalar(asked))


def _canonical(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
