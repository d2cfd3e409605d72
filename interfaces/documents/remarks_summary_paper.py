"""Composes the paper of a summary of remarks; what it says is in `remarks_summary`."""

from docx.document import Document as Docx

from interfaces.documents.official_paper import (
    annex_heading,
    body,
    centred,
    grid_table,
    new_paper,
    saved,
    section,
    signature,
    subsection,
    title,
)
from interfaces.documents.remarks_summary import RemarksSummary, SummedProject, SummedRemark
from interfaces.documents.written import chinese_date, chinese_ordinal
from interfaces.web._base.language import worded


def composed(made: RemarksSummary) -> bytes:
    """The .docx: how it stands as a whole, project by project with the answers, and a table of the numbers."""
    summary = worded("审议意见综合")
    words = f"{made.year}年度民生实事候选项目{summary}"
    paper = new_paper(title=f"{made.congress}{words}", author=made.issuer, on=made.made_on)
    title(paper, f"{made.year}年度民生实事候选项目")
    title(paper, summary)
    material = worded("主席团会议材料")
    centred(paper, f"（{made.session}{material}）" if made.session else f"（{material}）")
    body(paper, "")
    section(paper, "一、总体情况")
    for paragraph in _whole(made):
        body(paper, paragraph)
    section(paper, "二、分项目意见和答复情况")
    for place, project in enumerate(made.projects, 1):
        _project(paper, place, project)
    signature(paper, made.issuer, made.made_on)
    _annex(paper, made)
    return saved(paper)


def _whole(made: RemarksSummary) -> list[str]:
    said = (
        f"截至{chinese_date(made.made_on)}，{made.all_delegations}个{worded('代表团')}中有{made.delegations}个"
        f"对候选项目提出{worded('审议意见')}，"
        f"共{made.remarks}条；{worded('代表')}会前提问{made.questions}条。有关单位已经答复{made.answered}条"
        + (f"，尚有{made.waiting}条没有答复。" if made.waiting else "，需要答复的都已答复。")
    )
    if not made.silent:
        return [said]
    return [said, f"{worded('代表团')}没有提出意见的候选项目：{'、'.join(made.silent)}。"]


def _project(paper: Docx, place: int, project: SummedProject) -> None:
    subsection(paper, f"（{chinese_ordinal(place) if place < 100 else place}）{project.name}")
    counts = "、".join(f"{name}{count}条" for name, count in project.counts if count)
    spoken = f"{project.delegations}个{worded('代表团')}提出意见，其中" if project.delegations else ""
    body(paper, f"候选项目第{project.number}号，牵头单位：{project.lead_unit}。{spoken}{counts}。")
    for index, remark in enumerate(project.remarks, 1):
        body(paper, f"{index}.{remark.delegation}（{remark.kind}）：{_sentence(remark.words)}")
        if remark.answer or remark.note:
            body(paper, _answer(remark))


def _answer(remark: SummedRemark) -> str:
    said = f"{remark.answered_by}答复：{_sentence(remark.answer)}" if remark.answer else ""
    return said + (f"（{remark.note}）" if remark.note else "")


def _sentence(words: str) -> str:
    """On one line and ended as a sentence."""
    said = "".join(words.splitlines()).strip()
    return said if said.endswith(("。", "？", "！", "…")) else f"{said}。"


def _annex(paper: Docx, made: RemarksSummary) -> None:
    annex_heading(paper, "附件", worded("审议意见和答复统计表"))
    kinds = [name for name, _count in made.projects[0].counts] if made.projects else []
    rows = [
        (
            project.number,
            project.name,
            *(str(count) for _name, count in project.counts),
            str(project.answered),
            str(project.waiting),
        )
        for project in made.projects
    ]
    totals = [sum(project.counts[place][1] for project in made.projects) for place in range(len(kinds))]
    rows.append(("", "合计", *(str(total) for total in totals), str(made.answered), str(made.waiting)))
    kind_width, last_width = 13.0, 17.0
    widths = (
        13.0,
        143.0 - kind_width * len(kinds) - 2 * last_width,
        *(kind_width for _ in kinds),
        last_width,
        last_width,
    )
    grid_table(paper, ("序号", "项目", *kinds, "已答复", "未答复"), rows, widths)
