"""Composes the plan or the report of an inspection; what they say is in `inspection_report`."""

from docx.document import Document as Docx

from interfaces.documents.inspection_report import InspectionReport, ReportedFinding
from interfaces.documents.official_paper import (
    annex_heading,
    body,
    fields_table,
    grid_table,
    new_paper,
    saved,
    section,
    signature,
    title,
)
from interfaces.documents.written import chinese_date, chinese_ordinal
from interfaces.web._base.language import worded


def composed(made: InspectionReport) -> bytes:
    """The .docx: when, who and where, what was seen and found, what is put right as an annex."""
    paper = new_paper(title=f"{made.title}{made.paper}", author=made.issuer, on=made.printed_on)
    title(paper, made.title)
    title(paper, made.paper)
    body(paper, "")
    fields_table(paper, _about(made), (30.0, 126.0))
    number = 0
    for heading, text in (("了解的重点", made.focus), ("总的情况", made.words)):
        if text:
            number += 1
            section(paper, f"{chinese_ordinal(number)}、{heading}")
            _paragraphs(paper, text)
    for heading, found in (
        ("好的做法", [one for one in made.findings if not one.is_problem]),
        ("发现的问题", [one for one in made.findings if one.is_problem]),
    ):
        if found:
            number += 1
            section(paper, f"{chinese_ordinal(number)}、{heading}")
            _found(paper, found)
    given = [one for one in made.findings if one.unit]
    if given:
        body(paper, f"已交办整改{len(given)}件，见附件{2 if made.sites else ''}。")
    signature(paper, made.issuer, made.printed_on)
    if made.sites:
        annex_heading(paper, "附件" if not given else "附件1", "点位")
        rows = [(str(place), one.name, one.place, one.project) for place, one in enumerate(made.sites, 1)]
        grid_table(paper, ("序号", "点位", "地点", "项目"), rows, (14.0, 50.0, 46.0, 46.0))
        if made.by_draw:
            body(paper, "点位由公开的随机抽点产生。")
    if given:
        annex_heading(paper, "附件2" if made.sites else "附件", "交办整改事项")
        duties = [(str(place), one.order, one.unit, _day(one)) for place, one in enumerate(given, 1)]
        grid_table(paper, ("序号", "整改内容", "承办单位", "答复期限"), duties, (14.0, 66.0, 30.0, 46.0))
    return saved(paper)


def _about(made: InspectionReport) -> list[tuple[str, str]]:
    rows = [
        ("方式", made.kind),
        ("日期", chinese_date(made.on)),
        ("集合", "" if made.is_held else made.gather),
        (worded("带队代表"), made.leader),
        (worded("参加的代表"), "、".join(made.members)),
        ("项目", "、".join(made.projects)),
    ]
    return [(name, words) for name, words in rows if words]


def _found(paper: Docx, found: list[ReportedFinding]) -> None:
    several = len(found) > 1
    for place, one in enumerate(found, 1):
        of = f"（{one.project}）" if one.project else ""
        lead = f"{place}．" if several else ""
        body(paper, f"{lead}{one.words}{of}")


def _day(found: ReportedFinding) -> str:
    return chinese_date(found.due_on) if found.due_on else ""


def _paragraphs(paper: Docx, words: str) -> None:
    for line in (one.strip() for one in words.splitlines()):
        if line:
            body(paper, line)
