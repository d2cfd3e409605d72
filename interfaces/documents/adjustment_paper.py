"""Composes the papers about adjustments; what they say is in `adjustment_papers`."""

from collections import Counter

from docx.document import Document as Docx

from interfaces.documents.adjustment_papers import AdjustedProject, AdjustmentReport, AdjustmentRequest
from interfaces.documents.official_paper import (
    body,
    centred,
    flush,
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

_WIDTHS = (34.0, 46.0, 46.0, 30.0)


def request(made: AdjustmentRequest) -> bytes:
    """The .docx: what is asked for and why, and that the old plan holds until the decision."""
    project = made.project
    words = f"关于{_act(project)}“{project.name}”项目的请示"
    paper = new_paper(title=words, author=made.issuer, on=made.made_on)
    title(paper, f"关于{_act(project)}")
    title(paper, f"“{project.name}”项目的请示")
    body(paper, "")
    flush(paper, f"{made.addressee}：")
    plan = f"，实施计划{made.plan}" if made.plan else ""
    body(
        paper,
        f"“{project.name}”是{made.place}{project.year}年度民生实事项目第{project.number}项（{made.notice}），"
        f"由{project.lead_unit}牵头{plan}。因实施情况变化，需要{_act(project)}，现将有关情况报告如下。",
    )
    section(paper, f"一、{project.kind}的内容")
    _content(paper, project)
    section(paper, "二、理由")
    body(paper, _sentence(project.reason))
    section(paper, "三、有关安排")
    body(paper, "决定作出并公布以前，仍按原计划组织实施；决定以后，按决定落实，并在项目公开页向社会公布。")
    body(paper, "妥否，请审议决定。")
    signature(paper, made.issuer, made.made_on)
    return saved(paper)


def report(made: AdjustmentReport) -> bytes:
    """The .docx: how many decisions of which kind, then each with its number, notice, reason and change."""
    years = sorted({one.year for one in made.projects})
    span = f"{years[0]}年度" if len(years) == 1 else f"{years[0]}至{years[-1]}年度" if years else ""
    words = f"关于{made.place}{span}民生实事项目调整情况的报告"
    paper = new_paper(title=words, author=made.issuer, on=made.made_on)
    title(paper, f"关于{made.place}{span}民生实事项目")
    title(paper, "调整情况的报告")
    centred(paper, f"（{made.session}材料）" if made.session else f"（{worded('大会材料')}）")
    body(paper, "")
    flush(paper, f"各位{worded('代表')}：")
    body(paper, f"受{worded('常委会')}委托，报告{made.place}{span}民生实事项目的调整情况。{_counted(made.projects)}")
    for place, one in enumerate(made.projects, 1):
        number = chinese_ordinal(place) if place < 100 else str(place)
        subsection(paper, f"（{number}）{one.kind}“{one.name}”")
        notice = f"，{chinese_date(one.notice_on)}公布" if one.notice_on else ""
        body(
            paper,
            f"{one.year}年度第{one.number}项，牵头单位：{one.lead_unit}。"
            f"由{one.body}决定（{one.decision}）{notice}。理由：{_sentence(one.reason)}",
        )
        if one.lines:
            _content(paper, one)
    body(paper, "以上报告，请予审议。")
    signature(paper, made.issuer, made.made_on)
    return saved(paper)


def _act(project: AdjustedProject) -> str:
    return {"调整": "调整", "暂缓": "暂缓实施", "终止": "终止实施", "恢复": "恢复实施"}[project.kind]


def _content(paper: Docx, project: AdjustedProject) -> None:
    if not project.lines:
        body(paper, f"{_act(project)}该项目，实施计划的内容不变。")
        return
    rows = [(one.what, one.before, one.after, one.change or "—") for one in project.lines]
    grid_table(paper, ("调整事项", "原计划", "调整为", "累计变化"), rows, _WIDTHS)
    body(paper, "注：累计变化以票决通过的内容为基数。")


def _counted(projects: tuple[AdjustedProject, ...]) -> str:
    counts = Counter(one.kind for one in projects)
    parts = "、".join(f"{kind}{counts[kind]}项" for kind in ("调整", "暂缓", "终止", "恢复") if counts[kind])
    return f"上次会议以来，依法决定的共{len(projects)}项，其中{parts}。" if projects else ""


def _sentence(words: str) -> str:
    said = "".join(words.splitlines()).strip()
    return said if said.endswith(("。", "？", "！", "…")) else f"{said}。"
