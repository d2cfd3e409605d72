"""Composes the papers of a council's meeting; what they say is in `council`."""

from docx.document import Document as Docx

from interfaces.documents.council import CouncilItem, CouncilPaper
from interfaces.documents.official_paper import (
    annex_heading,
    body,
    centred,
    grid_table,
    new_paper,
    saved,
    section,
    signature,
    title,
)
from interfaces.documents.written import chinese_date, chinese_ordinal
from interfaces.web._base.language import worded

_HANDS = ("到会", "赞成", "反对", "弃权", "未表态")


def agenda(meeting: CouncilPaper) -> bytes:
    """The agenda sheet."""
    paper = _begun(meeting, "议程")
    for place, item in enumerate(meeting.items, start=1):
        section(paper, f"{chinese_ordinal(place)}、{item.title}")
        if item.presenter:
            body(paper, f"提出：{item.presenter}")
        for paragraph in _paragraphs(item.content):
            body(paper, paragraph)
    return saved(paper)


def minutes_of(meeting: CouncilPaper) -> bytes:
    """The minutes."""
    paper = _begun(meeting, worded("审议纪要"))
    body(paper, _attendance(meeting))
    rules = tuple(dict.fromkeys(item.rules for item in meeting.items if item.rules))
    if rules:
        body(paper, f"举手表决按{'、'.join(f'《{title_of}》' for title_of in rules)}进行。")
    for place, item in enumerate(meeting.items, start=1):
        _write_down(paper, place, item)
    signature(paper, meeting.body, meeting.printed_on)
    counted = [item for item in meeting.items if item.hands]
    if counted:
        _annex(paper, meeting, counted)
    return saved(paper)


def _begun(meeting: CouncilPaper, kind: str) -> Docx:
    paper = new_paper(title=f"{meeting.session}{kind}", author=meeting.body, on=meeting.printed_on)
    title(paper, f"{meeting.session}\n{kind}")
    days = chinese_date(meeting.starts_on)
    if meeting.ends_on != meeting.starts_on:
        days += f"至{chinese_date(meeting.ends_on)}"
    centred(paper, f"（{days}）")
    body(paper, "")
    return paper


def _attendance(meeting: CouncilPaper) -> str:
    said = f"{worded('全体代表')}{meeting.members}人，到会{meeting.attending}人。"
    groups = "，".join(f"{name}{present}人" for name, _members, present in meeting.groups if present)
    return f"{said[:-1]}（{groups}）。" if groups else said


def _write_down(paper: Docx, place: int, item: CouncilItem) -> None:
    section(paper, f"{chinese_ordinal(place)}、{item.title}")
    if item.presenter:
        body(paper, f"提出：{item.presenter}")
    for speaker, words in item.notes:
        body(paper, f"{speaker}：{words}" if speaker else words)
    if item.hands:
        counted = "，".join(f"{name}{number}人" for name, number in zip(_HANDS, item.hands, strict=True))
        body(paper, f"举手表决，{item.counted_by}清点：{counted}；须赞成{item.needed}人。")
    if item.result:
        how = f"（{item.by}）" if item.by else ""
        why = f"{item.reason.rstrip('。')}。" if item.reason else ""
        body(paper, f"结果：{item.result}{how}。{why}")


def _annex(paper: Docx, meeting: CouncilPaper, counted: list[CouncilItem]) -> None:
    annex_heading(paper, "附件", f"{meeting.session}\n举手表决结果")
    rows = [
        (str(meeting.items.index(item) + 1), item.title, *map(str, item.hands), item.result or "–") for item in counted
    ]
    widths = (14.0, 156.0 - 14 - 14 * len(_HANDS) - 22, *(14.0 for _ in _HANDS), 22.0)
    grid_table(paper, ("序号", "事项", *_HANDS, "结果"), rows, widths)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
