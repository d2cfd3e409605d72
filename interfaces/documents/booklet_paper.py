"""The booklet of candidate cards as .docx: the same as the PDF, on paper that can be edited."""

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from interfaces.documents.booklet import MOST_STARS, Booklet, BookletCard
from interfaces.documents.official_paper import (
    blank_lines,
    body,
    centred,
    fields_table,
    grid_table,
    new_paper,
    on_new_page,
    saved,
    section,
    title,
)
from interfaces.documents.written import chinese_date
from interfaces.web._base.language import worded

_NAME_WIDTH, _WORDS_WIDTH = 32.0, 124.0
_REMARK_LINES = 4


def composed(made: Booklet) -> bytes:
    """The .docx: cover, contents, cards, comparison."""
    words = f"{made.year}年度民生实事候选项目册"
    paper = new_paper(title=f"{made.congress}{words}", author=made.issuer, on=made.issued_on)
    _cover(paper, made, words)
    _contents(paper, made)
    for card in made.cards:
        _card(paper, card, made.kinds)
    _comparison(paper, made)
    return saved(paper)


def _cover(paper: Docx, made: Booklet, words: str) -> None:
    centred(paper, "（征求意见稿）" if made.is_draft else "")
    for _ in range(5):
        centred(paper, "")
    centred(paper, made.congress)
    centred(paper, made.session)
    centred(paper, "")
    title(paper, words)
    centred(paper, "")
    centred(paper, f"共{len(made.cards)}个候选项目")
    for _ in range(5):
        centred(paper, "")
    centred(paper, made.days)
    centred(paper, made.issuer)
    centred(paper, chinese_date(made.issued_on))


def _contents(paper: Docx, made: Booklet) -> None:
    title(paper, "目录")
    on_new_page(paper)
    body(paper, "")
    rows = [(card.number, card.name, card.total, card.lead_unit) for card in made.cards]
    grid_table(paper, ("序号", "项目", "总投资", "牵头单位"), rows, (14.0, 66.0, 28.0, 48.0))
    if made.decision:
        body(paper, f"候选项目名单的依据：{made.decision}")


def _card(paper: Docx, card: BookletCard, kinds: tuple[str, ...]) -> None:
    section(paper, f"{card.number}．{card.name}")
    on_new_page(paper)
    fields_table(paper, [one for one in _fields(card) if one[1]], (_NAME_WIDTH, _WORDS_WIDTH))
    body(paper, worded("审议意见：") + "　".join(f"□{kind}" for kind in kinds))
    blank_lines(paper, _REMARK_LINES)


def _fields(card: BookletCard) -> list[tuple[str, str]]:
    stars = "★" * card.stars + "☆" * (MOST_STARS - card.stars)
    return [
        ("类别", card.category),
        ("建设目的", card.purpose),
        ("建设内容与规模", card.content),
        ("量化指标", "；".join(f"{name} {amount}" for name, amount in card.targets)),
        ("地点", card.place),
        ("总投资", f"{card.total}（当年 {card.year_funds}）"),
        ("资金来源", card.sources),
        ("受益群众", f"{card.people}，{card.beneficiaries}" if card.beneficiaries else card.people),
        ("人均投资", card.per_person),
        ("起止时间", f"{card.time}（{card.cross_year}）" if card.cross_year else card.time),
        ("年度目标", card.annual_targets),
        ("责任单位", f"牵头：{card.lead_unit}；配合：{card.assisting}"),
        ("责任人", card.responsible),
        ("民意指数", f"{stars}（{card.support}）"),
        ("风险", card.risks),
    ]


def _comparison(paper: Docx, made: Booklet) -> None:
    wide = paper.add_section()
    wide.orientation = WD_ORIENT.LANDSCAPE
    wide.page_width, wide.page_height = Mm(297), Mm(210)
    wide.top_margin, wide.bottom_margin = Mm(28), Mm(26)
    wide.left_margin, wide.right_margin = Mm(20), Mm(20)
    section(paper, "候选项目对照表")
    names = ("序号", "项目", "总投资", "当年投资", "受益人数", "人均投资", "附议人数", "完成时间", "牵头单位")
    rows = [
        (
            card.number,
            card.name,
            card.total,
            card.year_funds,
            card.people,
            card.per_person,
            card.supporters,
            card.finish,
            card.lead_unit,
        )
        for card in made.cards
    ]
    grid_table(paper, names, rows, (13.0, 50.0, 26.0, 24.0, 30.0, 24.0, 22.0, 38.0, 30.0))
    body(paper, "注：人均投资为总投资除以受益人数，四舍五入到元，只供比较规模，不代表项目优劣。")
