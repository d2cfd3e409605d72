"""Composes the paper of a call; what it says is in `call_notice`."""

from docx.document import Document as Docx

from interfaces.documents.call_notice import CallNotice
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


def composed(call: CallNotice) -> bytes:
    """The .docx of a call."""
    paper = new_paper(title=call.title, author=call.congress, on=call.published_on)
    title(paper, call.title)
    if call.number:
        centred(paper, call.number)
    body(paper, "")
    for words, is_heading in call.paragraphs:
        (section if is_heading else body)(paper, words)
    _time_and_ways(call, paper)
    if call.houses:
        body(paper, "")
        body(paper, f"附件：{call.house_word}地址和开放时间")
    signature(paper, call.congress, call.published_on)
    if call.houses:
        annex_heading(paper, "附件", f"{call.house_word}地址和开放时间")
        rows = [(str(place), *house) for place, house in enumerate(call.houses, start=1)]
        grid_table(paper, ("序号", "名称", "地址", "开放时间", "电话"), rows, (12, 34, 44, 32, 34))
    return saved(paper)


def _time_and_ways(call: CallNotice, paper: Docx) -> None:
    """Under the next numbers of the wording's headings."""
    headings = sum(is_heading for _, is_heading in call.paragraphs)
    marks = [f"{chinese_ordinal(headings + place)}、" if headings else "" for place in (1, 2)]
    section(paper, f"{marks[0]}征集时间")
    body(paper, f"{chinese_date(call.opens_on)}至{chinese_date(call.closes_on)}，共{call.days}天。")
    section(paper, f"{marks[1]}征集渠道")
    for number, way in enumerate(call.ways, start=1):
        body(paper, f"（{chinese_ordinal(number)}）{way}")
