"""The lines of a timeline somebody wants to see: of one kind, of one year, and what else there is to choose."""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from interfaces.public.projects.timeline import GROUPS, Line
from interfaces.web._base.language import gettext as _


class Choice(NamedTuple):
    """One way to narrow the list; `url` leads there."""

    words: str
    lines: int
    url: str
    current: bool


class Chosen(NamedTuple):
    """What is shown, by year with the newest first, and the ways to narrow it."""

    years: list[tuple[int, list[Line]]]
    shown: int
    total: int
    by_kind: list[Choice]
    by_year: list[Choice]
    words: str
    """What is shown, in words; empty for all of it."""


def chosen(lines: list[Line], query: Mapping[str, str]) -> Chosen:
    """What `kind` and `year` of the address ask for; what is unknown asks for nothing."""
    kinds, years = Counter(line.group for line in lines), Counter(line.on.year for line in lines)
    kind = query.get("kind", "") if query.get("kind", "") in kinds else ""
    year = query.get("year", "") if query.get("year", "") in map(str, years) else ""
    shown = [line for line in lines if kind in ("", line.group) and year in ("", str(line.on.year))]
    said = [str(GROUPS[kind][0]) if kind else "", _("%(year)s 年", year=year) if year else ""]
    of_kinds = [("", _("全部"))] + [(one, str(words)) for one, (words, _kinds) in GROUPS.items() if one in kinds]
    of_years = [("", _("全部年份"))] + [(str(one), _("%(year)s 年", year=one)) for one in sorted(years, reverse=True)]
    return Chosen(
        years=[(of, list(found)) for of, found in groupby(shown, key=lambda line: line.on.year)],
        shown=len(shown),
        total=len(lines),
        by_kind=[
            Choice(words, kinds[one] if one else len(lines), _address(query, "kind", one), one == kind)
            for one, words in of_kinds
        ],
        by_year=[
            Choice(words, years[int(one)] if one else len(lines), _address(query, "year", one), one == year)
            for one, words in of_years
        ],
        words=" · ".join(filter(None, said)),
    )


def _address(query: Mapping[str, str], name: str, value: str) -> str:
    kept = {one: query[one] for one in ("as", "kind", "year", "view") if query.get(one) and one != name}
    return "?" + urlencode({**kept, name: value} if value else kept)
