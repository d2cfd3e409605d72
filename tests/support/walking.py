"""Follows the links of the pages, as somebody would who looks at everything within reach."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from tests.support.visitors import Page, Visitor

HOST = "127.0.0.1"
_SLUGS = r"qingcheng|donghe|xihe|nandian|step\d|\{slug\}"
_PLACEHOLDERS = (
    (re.compile(r"(?<=/)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=/|$)"), "{id}"),
    (re.compile(r"(?<=/[pth]/)[0-9A-Z]+"), "{code}"),
    (re.compile(r"(?<=^/api/v1/docs/)[a-z-]+"), "{concept}"),
    (re.compile(rf"(?<=/)({_SLUGS})(?=/|$)"), "{slug}"),
    (re.compile(r"(?<=/)\d+(?=[/.]|$)"), "{n}"),
)
_FRESH = re.compile(rb'(name="(?:csrf|command_key|sealed)" value=")[^"]*')


@dataclass(frozen=True, slots=True)
class Visited:
    """An address with its query, and what was there."""

    path: str
    page: Page

    @property
    def is_page(self) -> bool:
        """Whether it is a page to look at, not a file."""
        return self.page.headers.get("content-type", "").startswith("text/html")


def pattern(path: str) -> str:
    """The address with everything that names one thing among many taken out: `/staff/{slug}/asks/{id}?year`."""
    parts = urlsplit(path)
    address = parts.path
    for one, placeholder in _PLACEHOLDERS:
        address = one.sub(placeholder, address)
    asked = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{address}?{asked}" if asked else address


def walk(
    visitor: Visitor,
    *starts: str,
    of_a_kind: int = 3,
    past: tuple[str, ...] = (),
    known: Collection[str] = (),
) -> Iterator[Visited]:
    """Everything that links lead to from the starts; of addresses with one pattern only the first few, of files one.

    It goes past addresses that end as in `past`, and past those known already, without opening them.
    """
    waiting, noticed = deque(starts), {*starts, *known}
    seen: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        if seen[pattern(path)] >= (1 if _is_file(path) else of_a_kind):
            continue
        seen[pattern(path)] += 1
        visited = Visited(path, visitor.open(path))
        yield visited
        if not visited.is_page:
            continue
        for link in links(visited):
            if link not in noticed and not link.partition("?")[0].endswith(past):
                noticed.add(link)
                waiting.append(link)


def links(visited: Visited) -> list[str]:
    """Where the links of a page lead within the site, without fragments."""
    found = (urljoin(visited.page.path, urldefrag(link).url) for link in visited.page.links())
    return [link for link in dict.fromkeys(map(_within, found)) if link]


def settled(content: bytes) -> bytes:
    """A page without the tokens that are new each time it is made; `sealed` says when a resident's form was shown."""
    return _FRESH.sub(rb"\1", content)


def _is_file(path: str) -> bool:
    return "." in urlsplit(path).path.rpartition("/")[2]


def _within(link: str) -> str:
    parts = urlsplit(link)
    if (parts.hostname or HOST) != HOST or parts.scheme not in {"", "http"} or parts.path.startswith("/static/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
