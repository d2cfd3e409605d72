"""Long lists in pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where in a list a page is. `first` and `last` count from one."""

    number: int
    total: int
    per_page: int
    path: str
    query: tuple[tuple[str, str], ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        """How many entries come before."""
        return (self.number - 1) * self.per_page

    @property
    def first(self) -> int:
        """The number of the first entry shown."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The number of the last entry shown."""
        return min(self.offset + self.per_page, self.total)

    @property
    def previous(self) -> str:
        """The address of the page before, empty on the first."""
        return self._at(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, empty on the last."""
        return self._at(self.number + 1) if self.number < self.pages else ""

    def _at(self, number: int) -> str:
        return f"{self.path}?{urlencode([*self.query, ('page', str(number))])}"


def pager(request: Request, total: int, per_page: int = PER_PAGE) -> Pager:
    """The page that `?page=` asks for, the nearest there is; other parts of the query are kept."""
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-total // per_page))
    number = min(pages, max(1, int(asked))) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1
    query = tuple((name, value) for name, value in request.query_params.multi_items() if name != "page")
    return Pager(number=number, total=total, per_page=per_page, path=request.url.path, query=query)
