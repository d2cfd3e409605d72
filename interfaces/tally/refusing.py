"""Input that cannot be counted: which file, where in it, what is wrong."""

from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Where in a JSON file: field names and the numbers of list entries, counted from 1."""


class KnownId(str):
    """The id of an item that the poll does have: shown as it is, not quoted like something odd."""

    __slots__ = ()


@dataclass(eq=False)
class CannotBeCounted(Exception):
    """The one sentence the command says is made from these values by `sentences`."""

    file: str
    reason: str
    path: Path = ()
    values: dict[str, object] = field(default_factory=dict)
