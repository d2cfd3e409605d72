"""Composes the paper of a notice; what the notice says is in `notice`."""

from docx.document import Document as Docx

from interfaces.documents.notice import Notice, NoticeProject, Turnout
from interfaces.documents.official_paper import (
    annex_heading,
    body,
    centred,
    grid_table,
    new_paper,
    saved,
    signature,
    title,
)
from interfaces.documents.written import chinese_date, money
from interfaces.web._base.language import worded


def composed(announced: Notice) -> bytes:
    """The .docx: title, number, body, the adopted projects, signature, and the annex of full counts."""
    paper = new_paper(title=f"{announced.congress}公告", author=announced.congress, on=announced.announced_on)
    title(paper, f"{announced.congress}公告")
    centred(paper, announced.number)
    body(paper, "")
    for paragraph in _opening(announced):
        body(paper, paragraph)
    for project in _adopted(announced):
        body(paper, _line(project))
    if announced.turnout is not None:
        body(paper, "")
        body(paper, f"附件：{worded('票决结果')}")
    signature(paper, announced.signatory, announced.announced_on)
    if announced.turnout is not None:
        _annex(paper, announced, announced.turnout)
    return saved(paper)


def _adopted(announced: Notice) -> tuple[NoticeProject, ...]:
    return tuple(project for project in announced.projects if project.adopted)


def _opening(announced: Notice) -> tuple[str, ...]:
    day, count = chinese_date(announced.voted_on), len(_adopted(announced))
    projects = f"{announced.place}{announced.year}年度民生实事项目"
    if announced.decided_by or announced.again:
        return (_later(announced, day), f"{_by_rules(announced)}增列下列{count}个项目为{projects}，现予公告：")
    number = f"{len(announced.projects)}个" if announced.turnout is not None else ""
    figures = _figures(announced.turnout) if announced.turnout is not None else ""
    return (
        f"{announced.session}于{day}以无记名投票方式，对{announced.year}年度{number}民生实事候选项目进行了{worded('票决')}。{figures}",
        f"按照《{announced.profile_title}》，确定下列{count}个项目为{projects}，现予公告：",
    )


def _later(announced: Notice, day: str) -> str:
    """Why projects come onto the list after it was announced."""
    if announced.decided_by:
        return (
            f"{announced.session}{worded('票决')}{announced.year}年度民生实事项目后，尚有名额待定。"
            f"{announced.decided_by}于{day}作出决定（{announced.number}）。"
        )
    what = "得票相同的" if announced.again == "tie" else "未达到通过票数的"
    number = f"{len(announced.projects)}个" if announced.turnout is not None else ""
    figures = _figures(announced.turnout) if announced.turnout is not None else ""
    return (
        f"{announced.session}于{day}以无记名投票方式，对{announced.year}年度民生实事候选项目中{what}{number}项目"
        f"进行了{worded('再次票决')}。{figures}"
    )


def _by_rules(announced: Notice) -> str:
    return "" if announced.decided_by else f"按照《{announced.profile_title}》，"


def _figures(turnout: Turnout) -> str:
    return (
        f"{worded('应到代表')}{turnout.all_delegates}人，{worded('实到代表')}{turnout.attending}人，"
        f"发出表决票{turnout.issued}张，收回{turnout.returned}张。"
    )


def _line(project: NoticeProject) -> str:
    """1.老旧小区改造（牵头单位：住房和城乡建设局；总投资6.5亿元，当年投资6.5亿元）"""
    funds: list[str] = []
    if project.total_funds is not None:
        funds.append(f"总投资{money(project.total_funds)}")
    if project.year_funds is not None:
        funds.append(f"当年投资{money(project.year_funds)}")
    said = [f"牵头单位：{project.lead_unit}"] if project.lead_unit else []
    said += ["，".join(funds)] if funds else []
    inside = f"（{'；'.join(said)}）" if said else ""
    return f"{project.number}.{project.name}{inside}"


def _annex(paper: Docx, announced: Notice, turnout: Turnout) -> None:
    annex_heading(paper, "附件", f"{announced.year}年度民生实事项目{worded('票决结果')}")
    names = ("赞成", "无效") if announced.chosen else ("赞成", "反对", "弃权", "无效")
    rows = [
        (
            str(project.number),
            project.name,
            *(str(votes) for votes in _votes(project, chosen=announced.chosen)),
            "列入" if project.adopted else "待定" if project.open else "未列入",
        )
        for project in announced.projects
    ]
    widths = (14.0, 156.0 - 14 - 16 * len(names) - 20, *(16.0 for _ in names), 20.0)
    grid_table(paper, ("序号", "项目", *names, "结果"), rows, widths)
    body(paper, f"注：{_figures(turnout)}计票办法见《{announced.profile_title}》。")


def _votes(project: NoticeProject, *, chosen: bool) -> tuple[int, ...]:
    if chosen:
        return project.votes_for, project.void
    return project.votes_for, project.against, project.abstain, project.void
