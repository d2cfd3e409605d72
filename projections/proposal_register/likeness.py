"""Which proposals of a year say nearly the same as one, and why is that thought?

Words of the title find a few hundred proposals that share the rarest of them; only those are compared.
"""

import warnings
from collections import Counter
from functools import cache
from math import log1p
from threading import Thread
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from projections.proposal_register.asking import ProposalRow, row_of
from projections.proposal_register.search import sharing
from projections.proposal_register.tables import proposals, words

MOST: Final = 5
LEAST: Final = 55
"""Points of a hundred from which two proposals are thought to be alike."""

_COMPARED: Final = 60
_WORDS: Final = 6
_NEWEST: Final = 1000
"""Of the proposals with one word, so many are looked at."""

_RARE: Final = 8
"""Words that the dictionary has met less often are left out of it: a tenth of the memory, and the same finds."""

_EMPTY: Final = frozenset(
    [
        "建议",
        "希望",
        "请求",
        "政府",
        "项目",
        "关于",
        "进行",
        "加快",
        "加强",
        "增加",
        "增设",
        "设置",
        "建设",
        "完善",
        "解决",
        "问题",
        "工作",
        "我市",
        "我区",
        "全市",
        "全区",
        "一个",
        "一些",
        "部分",
        "居民",
        "群众",
        "市民",
        "尽快",
        "能够",
        "应当",
        "可以",
        "没有",
        "提升",
        "推进",
        "实施",
        "开展",
        "改善",
        "方便",
        "附近",
        "周边",
        "目前",
        "现在",
    ]
)


class Like(NamedTuple):
    """A proposal that is like another: how much, and by what."""

    row: ProposalRow
    points: int
    """Of a hundred."""
    shared: tuple[str, ...]
    """Words of both titles, without those of their places."""
    same_place: bool


def like(conn: Connection, row: ProposalRow, entered: int) -> list[Like]:
    """The proposals most like one of the same year, those at its place first; `entered` is where it was received."""
    return alike(conn, row, entered)[:MOST]


def alike(conn: Connection, row: ProposalRow, entered: int | None = None) -> list[Like]:
    """All that are alike among those that share its rarest words."""
    chosen = [one for one in _preselected(conn, row) if one != entered][:_COMPARED]
    kept = [proposals.c[name] for name in ProposalRow._fields]
    this = (proposals.c.congress == row.congress, proposals.c.year == row.year, proposals.c.entered.in_(chosen))
    mine = _Said(row)
    found = [_compared(mine, row_of(one)) for one in conn.execute(select(*kept).where(*this))]
    near = [one for one in found if one.points >= LEAST and one.row.proposal != row.proposal]
    return sorted(near, key=lambda one: (not one.same_place, -one.points, one.row.received_on, one.row.code))


def told_words(text: str) -> tuple[str, ...]:
    """The words of a text that say something, each once, in their order."""
    cut: list[str] = _cutter().lcut(text)
    return tuple(dict.fromkeys(word for word in cut if len(word) > 1 and word.isalnum() and word not in _EMPTY))


def get_ready() -> None:
    """Reads the dictionary beside whatever else is done, so that whoever opens a proposal next need not wait for it."""
    if _cutter.cache_info().currsize == 0:
        Thread(target=_cutter, name="dictionary", daemon=True).start()


class _Said:
    """A proposal's words, cut once."""

    def __init__(self, row: ProposalRow) -> None:
        self.row = row
        self.title = told_words(row.title)
        self.content = told_words(row.content[:200])


def _preselected(conn: Connection, row: ProposalRow) -> list[int]:
    """Where those were received that share words with the title, those with more and rarer ones first."""
    asked = (told_words(row.title) + told_words(row.place) + told_words(row.content[:200]))[:_WORDS]
    weights: Counter[int] = Counter()
    points: dict[int, float] = {}
    for word in dict.fromkeys(asked):
        having = sharing(conn, words, row.congress, row.year, word.casefold(), _NEWEST)
        for one in having:
            points[one] = points.get(one, 0.0) + 1 / (1 + log1p(len(having)))
            weights[one] += 1
    return sorted(points, key=lambda one: (-points[one], -weights[one], -one))


def _compared(mine: _Said, other: ProposalRow) -> Like:
    """By what is asked for: the words of the places count as places only, or a road would be like its lamps."""
    its = _Said(other)
    places = f"{mine.row.place} {other.place}"
    title, its_title = _besides(mine.title, places), _besides(its.title, places)
    titles = max(
        fuzz.token_set_ratio(" ".join(title), " ".join(its_title)), fuzz.ratio("".join(title), "".join(its_title))
    )
    contents = fuzz.token_set_ratio(" ".join(_besides(mine.content, places)), " ".join(_besides(its.content, places)))
    place = _is_same_place(mine.row.place, other.place)
    parts = titles * 0.55 + contents * 0.3 + (15 if place else 0)
    shared = tuple(word for word in title if word in its_title)
    return Like(other, round(min(parts, 100.0)), shared, place)


def _besides(words: tuple[str, ...], places: str) -> tuple[str, ...]:
    return tuple(word for word in words if word not in places)


def _is_same_place(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


@cache
def _cutter() -> Any:
    """Jieba without its cache, which would lie in a folder that everybody may write to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a module of setuptools that warns of its end
        import jieba  # noqa: PLC0415 -- its dictionary takes long to load, and few pages need it

    cutter = jieba.Tokenizer()
    with cutter.get_dict_file() as file:
        for line in file:
            word, often = line.decode("utf-8").split(" ")[:2]
            if int(often) >= _RARE:
                _learn(cutter.FREQ, word, int(often))
    cutter.total = sum(cutter.FREQ.values())
    cutter.initialized = True
    return cutter


def _learn(frequencies: dict[str, int], word: str, often: int) -> None:
    """A word and its beginnings, as jieba keeps them."""
    frequencies[word] = often
    for end in range(1, len(word)):
        frequencies.setdefault(word[:end], 0)
