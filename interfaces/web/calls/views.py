"""What pages and papers show of a call."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.proposals.call import Channel, is_unusual_start, window_days
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.calls.words import CHANNELS
from projections.calls import CallRow


class Shown(NamedTuple):
    """A call on a day."""

    row: CallRow
    days: int
    days_left: int
    tag: str
    state: str
    unusual: bool

    @property
    def is_over(self) -> bool:
        """Whether the window has closed."""
        return self.tag == "idle" and self.days_left == 0


class Paragraph(NamedTuple):
    """A paragraph of the wording; a heading begins with 一、 and so on."""

    words: str
    heading: bool


class ByChannel(NamedTuple):
    """How many proposals came on one way."""

    words: str
    offered: bool
    received: int
    percent: int


def shown(row: CallRow, today: date) -> Shown:
    """The call as it stands today."""
    left = row.days_left(today)
    if today < row.opens_on:
        tag, state = "info", _("%(day)s开始", day=day(row.opens_on))
    elif left:
        tag, state = "ok", _("正在征集，还剩 %(n)s 天", n=left) if left > 1 else _("正在征集，今天截止")
    else:
        tag, state = "idle", _("已结束")
    return Shown(row, window_days(row.opens_on, row.closes_on), left, tag, state, is_unusual_start(row.opens_on))


def paragraphs(words: str) -> list[Paragraph]:
    """The wording without its empty lines."""
    lines = (line.strip() for line in words.splitlines())
    return [Paragraph(line, _is_heading(line)) for line in lines if line]


def by_channel(row: CallRow, received: dict[str, int]) -> list[ByChannel]:
    """The ways the call offers, then those of delegates, units and others that brought something."""
    total = sum(received.values())
    offered = [*row.channels, *(name for name in received if name not in row.channels)]
    return [
        ByChannel(
            words=str(CHANNELS[name]),
            offered=name in row.channels,
            received=received.get(name, 0),
            percent=round(received.get(name, 0) * 100 / total) if total else 0,
        )
        for name in offered
    ]


def channel_words(channels: Sequence[str]) -> str:
    """The ways in one line."""
    return _("、").join(str(CHANNELS[Channel(name)]) for name in channels)


def _is_heading(line: str) -> bool:
    return line[1:2] == "、" and line[0] in "一二三四五六七八九十" and len(line) < 20
