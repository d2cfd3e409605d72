"""Composes the minutes of an inquiry or a hearing; what they say is in `inquiry_minutes`."""

from docx.document import Document as Docx

from interfaces.documents.inquiry_minutes import InquiryMinutes, MinutedQuestion
from interfaces.documents.official_paper import (
    annex_heading,
    body,
    fields_table,
    grid_table,
    new_paper,
    saved,
    section,
    signature,
    subsection,
    title,
)
from interfaces.documents.written import chinese_date, chinese_ordinal
from interfaces.web._base.language import worded


def composed(made: InquiryMinutes) -> bytes:
    """The .docx: when and who, the questions with their answers, what was found, and the duties as an annex."""
    words = made.topic if made.topic.endswith(made.kind) else f"{made.topic}{made.kind}"
    paper = new_paper(title=f"{words}{made.paper}", author=made.issuer, on=made.printed_on)
    title(paper, words)
    title(paper, made.paper)
    body(paper, "")
    fields_table(paper, _about(made), (30.0, 126.0))
    parts = [("基本情况" if made.is_held else "背景和目的", made.background)]
    number = 0
    for heading, text in parts:
        if text:
            number += 1
            section(paper, f"{chinese_ordinal(number)}、{heading}")
            _paragraphs(paper, text)
    if made.questions:
        number += 1
        section(paper, f"{chinese_ordinal(number)}、{_questions_heading(made)}")
        for place, question in enumerate(made.questions, 1):
            _question(paper, place, question, is_held=made.is_held)
    if made.conclusion:
        number += 1
        section(paper, f"{chinese_ordinal(number)}、会议情况和结论")
        _paragraphs(paper, made.conclusion)
    if made.duties:
        body(paper, f"会后交办事项{len(made.duties)}件，见附件。")
    signature(paper, made.issuer, made.printed_on)
    if made.duties:
        annex_heading(paper, "附件", "交办事项清单")
        rows = [(one.label, one.words, one.unit, chinese_date(one.due_on)) for one in made.duties]
        grid_table(paper, ("编号", "交办内容", "承办单位", "办理期限"), rows, (40.0, 42.0, 28.0, 46.0))
    return saved(paper)


def _questions_heading(made: InquiryMinutes) -> str:
    if not made.is_held:
        return "会前提问"
    return "询问和答复" if made.kind == "专题询问" else "陈述和回应"


def _about(made: InquiryMinutes) -> list[tuple[str, str]]:
    rows = [
        ("时间", chinese_date(made.on) + made.starts_at),
        ("地点", made.place),
        ("主持人", made.presiding),
        ("议题项目", "、".join(made.projects)),
        (worded("询问代表"), "、".join(made.speakers)),
        ("其他参加人员", made.others),
        ("应询单位", "、".join(made.units)),
        ("到会人数", f"{made.attending}人" if made.attending is not None else ""),
    ]
    return [(name, words) for name, words in rows if words]


def _question(paper: Docx, place: int, question: MinutedQuestion, *, is_held: bool) -> None:
    to = f"问{question.unit}" if question.unit else ""
    subsection(paper, f"（{chinese_ordinal(place) if place < 100 else place}）{question.speaker}{to}")
    _paragraphs(paper, question.words)
    if question.answer:
        who = question.respondent or question.unit or "应询单位"
        first, *rest = _lines(question.answer)
        body(paper, f"{who}：{first}")
        for line in rest:
            body(paper, line)
    elif is_held:
        body(paper, "（会上未答复。）")


def _paragraphs(paper: Docx, words: str) -> None:
    for line in _lines(words):
        body(paper, line)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
