"""The duty list 责任分解清单 as .docx in the layout of GB/T 9704, and as .xlsx with one row a project."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.documents.written import chinese_date, ten_thousands
from interfaces.web._base.language import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyMilestone:
    """A step of the plan and the percent that is done when it is reached."""

    name: str
    due_on: date
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOfUnit:
    """What one unit has to do for the project, and by when where the plan says so."""

    unit: str
    words: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One project of the list, as its plan in force says. Funds in yuan."""

    number: int
    name: str
    lead_unit: str
    assisting_units: tuple[str, ...]
    responsible: str
    duty_phone: str
    targets: tuple[str, ...]
    """雨水管网 42 公里, one after another."""
    place: str
    starts_on: date | None
    deadline: date | None
    total_funds: Decimal | None
    year_funds: Decimal | None
    safeguards: str
    milestones: tuple[DutyMilestone, ...]
    duties: tuple[DutyOfUnit, ...]
    annual: tuple[str, ...] = ()
    """Of a project that goes on in later years: 2026年：2.47亿元，完成主体工程."""
    note: str = ""
    """That the project is suspended or terminated; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList:
    """The list as it was published under a number, or a draft of it."""

    congress: str
    place: str
    """Whose projects they are: 青城市."""
    year: int
    number: str
    """As the office writes it; empty in a draft."""
    issuer: str
    published_on: date
    source: str
    """What the projects come from: the session and the notice of the vote."""
    lines: tuple[DutyLine, ...]
    adds_to: str = ""
    """The number of the first publication, where this one follows it for projects that came later."""
    is_draft: bool = False


def duty_list(made: DutyList) -> bytes:
    """The .docx."""
    from interfaces.documents.duty_list_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)


def list_name(made: DutyList) -> str:
    """青城市2026年度民生实事项目责任分解清单."""
    return f"{made.place}{made.year}年度民生实事项目责任分解清单" + ("（补充）" if made.adds_to else "")


_HEADINGS = (
    SheetHeading(words="序号", width=5),
    SheetHeading(words="项目名称", width=20),
    SheetHeading(words="年度目标", width=26),
    SheetHeading(words="实施地点", width=13),
    SheetHeading(words="牵头单位", width=14),
    SheetHeading(words="责任人", width=10),
    SheetHeading(words="值班电话", width=13),
    SheetHeading(words="配合单位", width=15),
    SheetHeading(words="总投资（万元）", width=11),
    SheetHeading(words="当年投资（万元）", width=11),
    SheetHeading(words="开工时间", width=11),
    SheetHeading(words="完成时限", width=11),
    SheetHeading(words="时间节点", width=32),
    SheetHeading(words="责任分工", width=32),
    SheetHeading(words="保障措施", width=26),
    SheetHeading(words="年度节点", width=22),
    SheetHeading(words="备注", width=10),
)


def duty_list_workbook(made: DutyList) -> bytes:
    """The .xlsx, one row a project, in the order of the voted list; columns nobody filled in are left out."""
    rows = [_cells(line) for line in made.lines]
    optional = {"值班电话", "责任分工", "年度节点", "备注"}
    shown = [
        place
        for place, heading in enumerate(_HEADINGS)
        if heading.words not in optional or any(row[place] for row in rows)
    ]
    said = f"（{made.number}）" if made.number else f"（{worded('草稿')}）"
    return sheet(
        f"{made.year}责任分解清单",
        [_HEADINGS[place] for place in shown],
        [[row[place] for place in shown] for row in rows],
        caption=f"{list_name(made)}{said}",
    )


def _cells(line: DutyLine) -> list[Value]:
    return [
        line.number,
        line.name,
        "\n".join(line.targets),
        line.place,
        line.lead_unit,
        line.responsible,
        line.duty_phone,
        "、".join(line.assisting_units),
        None if line.total_funds is None else ten_thousands(line.total_funds),
        None if line.year_funds is None else ten_thousands(line.year_funds),
        line.starts_on,
        line.deadline,
        "\n".join(milestone_words(one) for one in line.milestones),
        "\n".join(duty_words(one) for one in line.duties),
        line.safeguards,
        "\n".join(line.annual),
        line.note,
    ]


def milestone_words(one: DutyMilestone) -> str:
    """2026年6月30日前 主体完工（60%）."""
    return f"{chinese_date(one.due_on)}前 {one.name}（{one.percent}%）"


def duty_words(one: DutyOfUnit) -> str:
    """自然资源局：办理用地手续（2026年3月31日前）."""
    until = f"（{chinese_date(one.due_on)}前）" if one.due_on else ""
    return f"{one.unit}：{one.words}{until}"
