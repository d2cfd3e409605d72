"""Ballot papers 表决票: all papers of a poll are alike, to be filled in by hand and read by people or by machine.

Where everything is on the page says `interfaces.paper.layout`. Nothing on a paper differs from the others of its
poll: no number, no order, no mark of the printer's run (ballot.md, "Paper").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.polls.ballot_form import BallotForm
from domain.polls.count import form_of
from domain.polls.poll import PollPrepared
from domain.polls.rules import BlankItem, Form, RuleProfile
from domain.shared import Invalid
from interfaces.documents.cards import INKS
from interfaces.documents.typesetting import qr_svg, typeset
from interfaces.paper.form_code import PageCode, form_code, shown_code
from interfaces.paper.layout import PaperLayout, PaperPage, layout_of
from interfaces.paper.markers import MARKERS

MOST_COPIES: Final = 5_000
REHEARSAL: Final = "演练"
WHITE: Final = "白"

COLOURS: Final[Mapping[str, str]] = {WHITE: "", **INKS}
"""The colours papers may have, by their words; the word is printed too. White papers have a band without ink."""

_BLANK: Final = {
    BlankItem.ABSTAIN: "没有作记号的项目按弃权计。",
    BlankItem.INVALID: "没有作记号的项目，该项无效。",
    BlankItem.NOT_PRESSED: "没有作记号的项目单独计数。",
    BlankItem.BLANK: "没有作记号的项目单独计数。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    page: PaperPage
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    title: str
    poll: str
    session: str
    band: str
    ink: str
    watermark: str
    code: str
    advice: tuple[str, ...]
    layout: PaperLayout
    markers: tuple[tuple[str, ...], ...]
    pages: tuple[_Page, ...]
    copies: int


def ballot_papers(poll_id: UUID, prepared: PollPrepared, copies: int, *, colour: str, watermark: str = "") -> bytes:
    """The PDF of so many ballot papers, ready for print in their own size (never "fit to page").

    `colour` is one of COLOURS, with or without 色. `watermark` stands big and grey behind the text; the papers of a
    rehearsal always carry one. Raises Invalid for another colour, for no or too many copies, and for a form that no
    paper can hold.
    """
    if not 0 < copies <= MOST_COPIES:
        raise Invalid(field="copies", reason="paper_copies", value=str(copies))
    form = form_of(poll_id, prepared)
    layout, code = layout_of(form), form_code(form)
    word = colour.removesuffix("色") or WHITE
    return typeset(
        "ballot_paper",
        _Paper(
            title=f"{prepared.title} 表决票",
            poll=prepared.title,
            session=prepared.session_title,
            band=f"{word}色 · {'测评票' if form.form is Form.GRADE else '表决票'}",
            ink=_ink(word),
            watermark=watermark or (REHEARSAL if prepared.rehearsal else ""),
            code=shown_code(code),
            advice=_advice(form, prepared.profile),
            layout=layout,
            markers=MARKERS,
            pages=tuple(_Page(page=page, qr=_qr(code, page.number, len(layout.pages))) for page in layout.pages),
            copies=copies,
        ),
    )


def _ink(word: str) -> str:
    if word not in COLOURS:
        raise Invalid(field="colour", reason="colour", value=word)
    return COLOURS[word]


def _qr(code: str, page: int, pages: int) -> str:
    return qr_svg(PageCode(form=code, page=page, pages=pages).text)


def _advice(form: BallotForm, profile: RuleProfile) -> tuple[str, ...]:
    """What to do, and what becomes of items left empty or marked twice, by the profile."""
    return (
        f"{_how(form)}，样式如下。",
        f"{_limit(form)}{_unclear(form, profile)}",
        "画错了请换票，不要涂改；请勿折叠，勿在四角黑块和二维码上书写。",
    )


def _how(form: BallotForm) -> str:
    match form.form:
        case Form.PER_ITEM:
            return "每个项目在“赞成”“反对”“弃权”中选一个方框，在框内作记号"
        case Form.CHOOSE:
            return "赞成的项目，在方框内作记号"
        case Form.GRADE:
            return "每个项目选一个方框，在框内作记号"


def _limit(form: BallotForm) -> str:
    return "" if form.most_for is None else f"赞成最多{form.most_for}项，多于此数整张票无效。"


def _unclear(form: BallotForm, profile: RuleProfile) -> str:
    if form.form is Form.CHOOSE:
        return "没有作记号的项目不算赞成。"
    return f"{_BLANK[profile.blank_item]}作两个记号的该项无效。"
