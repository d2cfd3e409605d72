"""Entity tags: the versions of the streams shown and a hash of what is shown, e.g. `"4.1-9f86d081884c7d65"`.

The hash makes the tag a strong one: other bytes, another tag. A change is decided on the versions alone, so
that what was only shown beside it (the name of a unit, say) cannot refuse it.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

from application.office import Seen
from domain.shared import Invalid

_TAG: Final = re.compile(r'\s*(W/)?"([\x21\x23-\x7e]*)"\s*(?:,|$)')
_OURS: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})*)-[0-9a-f]{16}")
_MOST_TAGS: Final = 50
ANY: Final = "*"


def tag_of(versions: Sequence[int], content: bytes) -> str:
    """The strong tag of an answer."""
    told = ".".join(map(str, versions))
    return f'"{told}{"-" if told else ""}{sha256(content).hexdigest()[:16]}"'


def fits(tag: str, if_none_match: str) -> bool:
    """Whether the asker has what the tag stands for (weak comparison, RFC 9110 13.1.2)."""
    if if_none_match.strip() == ANY:
        return True
    return any(tag == f'"{opaque}"' for _weak, opaque in _TAG.findall(if_none_match))


def require_tags(if_match: str) -> None:
    """Raises Invalid for what is no list of tags, also where nothing is compared with it."""
    expected(if_match, ())


def expected(if_match: str, streams: Sequence[UUID]) -> tuple[Seen, ...]:
    """What the asker has seen of the streams, in the order in which their versions were told; empty for `*`.

    Only strong tags match (RFC 9110 13.1.1). A tag that is none of ours matches nothing.
    Raises Invalid for what is no list of tags.
    """
    if if_match.strip() == ANY:
        return ()
    found = _tags(if_match)
    seen = [_versions(opaque) for weak, opaque in found if not weak]
    known = [tuple(zip(streams, versions, strict=True)) for versions in seen if len(versions) == len(streams)]
    return tuple(known) or (tuple((stream, -1) for stream in streams),)


def _tags(header: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(header) or not found:
        tag = _TAG.match(header, place)
        if tag is None or len(found) == _MOST_TAGS:
            raise Invalid(field="If-Match", reason="malformed", value=header[:40])
        found.append((tag[1] or "", tag[2]))
        place = tag.end()
    return found


def _versions(opaque: str) -> tuple[int, ...]:
    ours = _OURS.fullmatch(opaque)
    return tuple(int(version) for version in ours[1].split(".")) if ours else ()
