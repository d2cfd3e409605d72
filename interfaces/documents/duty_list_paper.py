"""Composes the paper of a duty list; what it says is in `duty_list`."""

from docx.document import Document as Docx

from interfaces.documents.duty_list import DutyLine, DutyList, list_name
from interfaces.documents.official_paper import (
    body,
    centred,
    grid_table,
    new_paper,
    saved,
    signature,
    subsection,
    title,
    turned_annex,
)
from interfaces.documents.written import chinese_date, chinese_ordinal, money
from interfaces.web._base.language import worded

_OVERVIEW = (14.0, 34.0, 42.0, 38.0, 25.0, 26.0, 46.0)
"""Millimetres of the columns across a page that lies down: 225 together."""
_STEPS = (14.0, 72.0, 46.0, 24.0)
_DUTIES = (14.0, 60.0, 36.0, 46.0)


def composed(made: DutyList) -> bytes:
    """The .docx: the notice, all projects in one table on pages that lie down, each project's steps and duties."""
    name = list_name(made)
    paper = new_paper(title=f"{name}的通知", author=made.issuer, on=made.published_on)
    title(paper, made.issuer)
    title(paper, f"关于公布{made.place}{made.year}年度民生实事项目")
    title(paper, f"{'补充' if made.adds_to else ''}责任分解清单的通知")
    centred(paper, f"（{worded('草稿')}）" if made.is_draft else made.number)
    body(paper, "")
    for paragraph in _words(made):
        body(paper, paragraph)
    body(paper, "")
    body(paper, f"附件：1.{name}")
    body(paper, "      2.项目节点和责任分工")
    signature(paper, made.issuer, made.published_on)
    turned_annex(paper, "附件1", name, sideways=True)
    grid_table(
        paper,
        ("序号", "项目", "年度目标", "牵头单位、责任人", "配合单位", "当年投资", "完成时限"),
        [_overview(line) for line in made.lines],
        _OVERVIEW,
    )
    turned_annex(paper, "附件2", "项目节点和责任分工", sideways=False)
    for place, line in enumerate(made.lines, 1):
        _project(paper, place, line)
    return saved(paper)


def _words(made: DutyList) -> list[str]:
    count = len(made.lines)
    first = f"现将{list_name(made)}予以公布，共{count}个项目（见附件）。"
    if made.adds_to:
        later = f"{made.adds_to}公布以后，又有{count}个项目落实了实施计划。"
        first = f"{later}现将补充的责任分解清单予以公布（见附件）。"
    deciding = f"须报{worded('常委会')}决定；决定以前，仍按原计划执行。"
    return [
        f"{made.source}{first}",
        "各牵头单位要按照清单确定的目标、节点和时限组织实施，按期填报进度；各配合单位要按照分工落实责任。",
        f"项目的目标、资金、地点、牵头单位和完成时限需要作重大调整，以及暂缓、终止的，{deciding}",
    ]


def _overview(line: DutyLine) -> tuple[str, ...]:
    who = [line.lead_unit, line.responsible, line.duty_phone]
    name = f"{line.name}（{line.note}）" if line.note else line.name
    return (
        str(line.number),
        name,
        "\n".join(line.targets),
        "\n".join(one for one in who if one),
        "、".join(line.assisting_units) or "—",
        money(line.year_funds) if line.year_funds is not None else "—",
        chinese_date(line.deadline) if line.deadline else "—",
    )


def _project(paper: Docx, place: int, line: DutyLine) -> None:
    number = chinese_ordinal(place) if place < 100 else str(place)
    subsection(paper, f"（{number}）{line.name}")
    body(paper, _about(line))
    if line.milestones:
        steps = [
            (str(at), one.name, chinese_date(one.due_on), f"{one.percent}%")
            for at, one in enumerate(line.milestones, 1)
        ]
        grid_table(paper, ("序号", "节点", "完成时间", "累计进度"), steps, _STEPS)
        body(paper, "")
    if line.duties:
        duties = [
            (str(at), one.words, one.unit, chinese_date(one.due_on) if one.due_on else "—")
            for at, one in enumerate(line.duties, 1)
        ]
        grid_table(paper, ("序号", "责任分工", "责任单位", "完成时间"), duties, _DUTIES)
        body(paper, "")


def _about(line: DutyLine) -> str:
    said = [f"地点：{line.place}"] if line.place else []
    if line.total_funds is not None:
        said.append(f"总投资{money(line.total_funds)}")
    if line.starts_on and line.deadline:
        said.append(f"实施时间：{chinese_date(line.starts_on)}至{chinese_date(line.deadline)}")
    if line.annual:
        said.append(f"年度节点：{'；'.join(line.annual)}")
    if line.safeguards:
        said.append(f"保障措施：{line.safeguards.rstrip('。')}")
    return "；".join(said) + "。" if said else ""
