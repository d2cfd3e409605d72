"""The official notice 公告 as .docx, composed as the congress publishes it; the page layout is GB/T 9704's."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeProject:
    """One project as voted on. Funds are yuan; the votes are printed only where full counts are published."""

    number: int
    name: str
    lead_unit: str = ""
    total_funds: Decimal | None = None
    year_funds: Decimal | None = None
    adopted: bool
    open: bool = False
    """The vote left it to a second ballot or a decision."""
    votes_for: int = 0
    against: int = 0
    abstain: int = 0
    void: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """N, A, I and R, for notices that publish full counts."""

    all_delegates: int
    attending: int
    issued: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the notice says.

    `number` is printed as the office writes it (第五号, 〔2026〕第1号); `signatory` is the body that announces.
    `turnout` is empty when the profile publishes the adopted projects only; then no figure of the vote is printed
    and nothing is said about projects that were not adopted. `chosen` tells that the vote was one by choosing, which
    has no marks against or abstaining.
    """

    congress: str
    place: str
    session: str
    number: str
    year: int
    voted_on: date
    announced_on: date
    signatory: str
    profile_title: str
    projects: tuple[NoticeProject, ...]
    turnout: Turnout | None
    chosen: bool = False
    again: str = ""
    """`tie` or `shortfall`: the vote was a second ballot on what the first had left open."""
    decided_by: str = ""
    """The body that gave the open places, 主席团 or 常委会; then nothing was voted and no figure is printed."""


def notice(announced: Notice) -> bytes:
    """The .docx of a notice: title, number, body, the adopted projects, signature, and the annex of full counts."""
    from interfaces.documents.notice_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(announced)
