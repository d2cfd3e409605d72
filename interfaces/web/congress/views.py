"""Congresses in the order in which an office reads them: each under its parent."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from domain.congress.congress import Level
from interfaces.web._base.language import Lazy
from interfaces.web.congress.words import LEVELS
from projections.congress_directory import ListedCongress


class ShownCongress(NamedTuple):
    """A congress and how deep it stands under those that are shown with it."""

    congress: ListedCongress
    depth: int
    level: Lazy


def tree(congresses: Sequence[ListedCongress]) -> list[ShownCongress]:
    """Children follow their parents; a body whose parent is not among them stands at the left."""
    known = {congress.id for congress in congresses}
    return list(_under(None, congresses, known, 0))


def _under(
    parent: UUID | None, congresses: Sequence[ListedCongress], known: set[UUID], depth: int
) -> Iterator[ShownCongress]:
    for congress in congresses:
        above = congress.parent if congress.parent in known else None
        if above == parent:
            yield ShownCongress(congress, depth, LEVELS[Level(congress.level)])
            yield from _under(congress.id, congresses, known, depth + 1)
