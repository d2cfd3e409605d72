"""The workings of a count: figures of a part of a poll before they are one sum, erased at its declaration.

A breakdown of few ballots would tell how somebody voted, and a fact can never forget; so facts hold salted digests
and the figures lie here (rule 12).
"""

import hashlib
import json
from collections.abc import Callable
from secrets import token_hex
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from application.private.store import PrivateStore, put, put_if_new, workings

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
    """The polls that have workings."""
    with store.reading() as connection:
        return tuple(connection.scalars(select(workings.c.poll).distinct().order_by(workings.c.poll)))


def erase_workings(store: PrivateStore, poll: UUID) -> None:
    """After the declaration, and for a poll that ends without a result."""
    with store.writing() as connection:
        connection.execute(delete(workings).where(workings.c.poll == poll))


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
