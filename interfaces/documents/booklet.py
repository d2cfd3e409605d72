"""The booklet of candidate cards 候选项目册: cover, contents, a card on each page with room to write, a comparison.

As PDF for printing and, from `booklet_paper`, as .docx for whoever has to change it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from domain.projects.card import CandidateCard
from domain.proposals.support import SupportIndex
from interfaces.documents.typesetting import typeset
from interfaces.documents.written import chinese_date, money, plain

MOST_STARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletCard:
    """One candidate as it is printed; amounts and days are words already."""

    number: str
    name: str
    category: str
    purpose: str
    content: str
    targets: tuple[tuple[str, str], ...]
    """Name and amount with its unit."""
    place: str
    total: str
    year_funds: str
    sources: str
    people: str
    beneficiaries: str
    per_person: str
    time: str
    finish: str
    cross_year: str
    """跨年度, or empty."""
    annual_targets: str
    lead_unit: str
    assisting: str
    responsible: str
    stars: int
    """Of five."""
    support: str
    supporters: str
    risks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """The year's cards; one made from drafts, which may still change, says 征求意见稿 on every page."""

    congress: str
    session: str
    year: int
    is_draft: bool
    issued_on: date
    """The day the list was published; of a draft the day it was made."""
    issuer: str
    decision: str
    days: str
    """What the delegates are to do until when, one sentence; empty where nothing is fixed."""
    kinds: tuple[str, ...]
    """What a remark may be, to be ticked above the lines for it."""
    cards: tuple[BookletCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    title: str
    booklet: Booklet


def booklet(made: Booklet) -> bytes:
    """The PDF."""
    return typeset("booklet", _Book(title=f"{made.congress}{made.year}年度民生实事候选项目册", booklet=made))


def booklet_docx(made: Booklet) -> bytes:
    """The .docx."""
    from interfaces.documents.booklet_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)


def printed_card(card: CandidateCard, number: int | None) -> BookletCard:
    """A card in the words of the booklet; what is not known yet is a dash."""
    return BookletCard(
        number=str(number or card.number or "–"),
        name=card.name,
        category=card.category or "–",
        purpose=card.purpose or "–",
        content=card.content or "–",
        targets=tuple((one.name, f"{plain(one.amount)} {one.unit}") for one in card.targets),
        place=card.place or "–",
        total=_money(card.total_funds),
        year_funds=_money(card.year_funds),
        sources="；".join(f"{one.name} {plain(one.percent)}%" for one in card.sources) or "–",
        people=f"{card.beneficiary_count:,} 人" if card.beneficiary_count else "–",
        beneficiaries=card.beneficiaries,
        per_person=_per_person(card),
        time=f"{_day(card.starts_on)} 至 {_day(card.finishes_on)}",
        finish=_day(card.finishes_on),
        cross_year="跨年度" if card.cross_year else "",
        annual_targets=card.annual_targets,
        lead_unit=card.lead_unit_name or "–",
        assisting="、".join(card.assisting_units) or "–",
        responsible=card.responsible or "–",
        stars=SupportIndex(proposals=card.support_proposals, supporters=card.supporters).stars,
        support=f"{card.support_proposals:,} 条建议，{card.supporters:,} 人附议",
        supporters=f"{card.supporters:,}",
        risks=card.risks,
    )


def _money(yuan: Decimal | None) -> str:
    return "–" if yuan is None else money(yuan)


def _per_person(card: CandidateCard) -> str:
    """The total funds for each beneficiary, whole yuan."""
    if not card.total_funds or not card.beneficiary_count:
        return "–"
    return f"{(card.total_funds / card.beneficiary_count).quantize(Decimal(1), ROUND_HALF_UP):,} 元"


def _day(day: date | None) -> str:
    return "–" if day is None else chinese_date(day)
