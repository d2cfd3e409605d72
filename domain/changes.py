"""What changed between two states of the same thing, field by field."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

Path = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that is not what it was.

    `path` leads to it through names of fields and the keys of what is kept under keys. None is what was not there.
    Of a list only the elements that went and those that came are told, all of it where just their order changed.
    """

    path: Path
    before: object
    after: object


def changes(before: object | None, after: object | None) -> tuple[Change, ...]:
    """Every difference, in the order of the fields; what is empty on both sides is none."""
    return tuple(_between((), before, after))


def _between(path: Path, before: object, after: object) -> Iterator[Change]:
    if before == after or (_is_nothing(before) and _is_nothing(after)):
        return
    if _are(is_dataclass, before, after):
        for name in dict.fromkeys([*_names(before), *_names(after)]):
            yield from _between((*path, name), getattr(before, name, None), getattr(after, name, None))
    elif _are(_is_mapping, before, after):
        yield from _between_mappings(path, before or {}, after or {})
    elif _are(_is_collection, before, after):
        gone, come = _different(before or (), after or ())
        yield Change(path=path, before=gone, after=come)
    else:
        yield Change(path=path, before=before, after=after)


def _between_mappings(path: Path, before: Any, after: Any) -> Iterator[Change]:
    """What is kept under a key changes by its fields, but comes and goes as a whole."""
    for key in dict.fromkeys([*before, *after]):
        if key in before and key in after:
            yield from _between((*path, key), before[key], after[key])
        else:
            yield Change(path=(*path, key), before=before.get(key), after=after.get(key))


def _different(before: Any, after: Any) -> tuple[tuple[object, ...] | None, tuple[object, ...] | None]:
    old, new = _listed(before), _listed(after)
    gone = tuple(one for one in old if one not in after)
    come = tuple(one for one in new if one not in before)
    return (gone or None, come or None) if gone or come else (old, new)


def _listed(collection: Any) -> tuple[object, ...]:
    return tuple(sorted(collection, key=str)) if isinstance(collection, AbstractSet) else tuple(collection)


def _are(kind: Any, before: object, after: object) -> bool:
    """Whether both are of the kind, or one of them while the other is not there."""
    known = [value for value in (before, after) if value is not None]
    return all(kind(value) for value in known)


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_collection(value: object) -> bool:
    return isinstance(value, (tuple, list, AbstractSet))


def _is_nothing(value: object) -> bool:
    return value is None or value is False or value in ("", (), {}, frozenset())


def _names(value: object) -> list[str]:
    return [field.name for field in fields(value)] if is_dataclass(value) else []
