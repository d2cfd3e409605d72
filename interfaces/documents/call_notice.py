"""The call for proposals 征集公告 as .docx, in the layout of an official paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNotice:
    """What the notice says. `paragraphs` are the wording, each with whether it is a heading."""

    congress: str
    title: str
    number: str
    paragraphs: Sequence[tuple[str, bool]]
    opens_on: date
    closes_on: date
    days: int
    ways: Sequence[str]
    """One sentence a channel: how to propose on it."""
    houses: Sequence[tuple[str, str, str, str]] = ()
    """Name, address, hours and telephone of each delegates' house."""
    house_word: str = "代表之家"
    published_on: date


def call_notice(call: CallNotice) -> bytes:
    """The .docx of a call: title, number, wording, time, ways, signature, and the houses as an annex."""
    from interfaces.documents.call_notice_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(call)
