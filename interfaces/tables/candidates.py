"""Candidate cards as a table, one row a project; money in 万元."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from domain.projects.card import REQUIRED, CandidateCard, Gap, gaps
from interfaces.tables import cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Row, Table, row_of

COLUMNS: Final = (
    Column(field="number", heading="编号", aliases=("项目编号",), required=True),
    Column(field="name", heading="名称", aliases=("项目名称",), required=True),
    Column(field="category", heading="类别", aliases=("项目类别",), required=True),
    Column(field="purpose", heading="建设目的", required=True),
    Column(field="content", heading="建设内容与规模", aliases=("建设内容和规模", "建设内容及规模"), required=True),
    Column(field="targets", heading="量化指标", required=True),
    Column(field="place", heading="地点", aliases=("建设地点", "实施地点"), required=True),
    Column(field="longitude", heading="经度"),
    Column(field="latitude", heading="纬度"),
    Column(field="total_funds", heading="总投资(万元)", required=True),
    Column(field="year_funds", heading="当年投资(万元)", aliases=("年度投资(万元)", "本年投资(万元)"), required=True),
    Column(field="sources", heading="资金来源", required=True),
    Column(field="beneficiaries", heading="受益群众", aliases=("受益人群",), required=True),
    Column(field="beneficiary_count", heading="受益人数", required=True),
    Column(field="starts_on", heading="开工时间", aliases=("开工日期", "开始时间"), required=True),
    Column(field="finishes_on", heading="完成时间", aliases=("完工时间", "完工日期", "完成日期"), required=True),
    Column(field="cross_year", heading="跨年度", aliases=("是否跨年度",)),
    Column(field="annual_targets", heading="年度目标"),
    Column(field="lead_unit_name", heading="牵头单位", aliases=("责任单位",), required=True),
    Column(field="assisting_units", heading="配合单位"),
    Column(field="responsible", heading="责任人", required=True),
    Column(field="support_proposals", heading="民意件数"),
    Column(field="supporters", heading="民意支持数"),
    Column(field="risks", heading="风险"),
)


def read_candidates(
    table: Table, units: Mapping[str, UUID] | None = None, *, taken: Collection[int] = ()
) -> tuple[tuple[CandidateCard, ...], tuple[Fault, ...]]:
    """The cards of the rows without a mistake, and every mistake with its row and column.

    `units` are the congress's units by name; a lead unit that is not among them is a mistake, because nobody could be
    asked. Without any units the names are taken as they stand. `taken` are candidate numbers in use already. What a
    whole card must hold is judged by the card itself (rule 16), so that the form and the import never differ.
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    cards: list[CandidateCard] = []
    first_rows: dict[tuple[str, str], int] = {}
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    for row in layout.rows:
        line = Line(row, layout)
        card = _card(line, units)
        _refuse_gaps(line, card)
        _refuse_repeated(line, card, first_rows, taken)
        faults += line.in_order()
        if not line.faults:
            cards.append(card)
    return tuple(cards), tuple(faults)


def _card(line: Line, units: Mapping[str, UUID] | None) -> CandidateCard:
    lead_unit_name = cells.without_padding(line.text("lead_unit_name"))
    if units and lead_unit_name and lead_unit_name not in units:
        nearest = get_close_matches(lead_unit_name, sorted(units), n=1, cutoff=0.5)
        line.refuse("lead_unit_name", Reason.UNKNOWN_UNIT, lead_unit_name, *nearest)
    return CandidateCard(
        number=line.read("number", cells.whole_number, None),
        name=line.text("name"),
        category=line.text("category"),
        purpose=line.text("purpose"),
        content=line.text("content"),
        targets=line.read("targets", cells.targets, ()),
        place=line.text("place"),
        longitude=line.read("longitude", cells.degrees, None),
        latitude=line.read("latitude", cells.degrees, None),
        total_funds=line.read("total_funds", cells.ten_thousand_yuan, None),
        year_funds=line.read("year_funds", cells.ten_thousand_yuan, None),
        sources=line.read("sources", cells.fund_sources, ()),
        beneficiaries=line.text("beneficiaries"),
        beneficiary_count=line.read("beneficiary_count", cells.whole_number, None),
        starts_on=line.read("starts_on", cells.day, None),
        finishes_on=line.read("finishes_on", cells.day, None),
        cross_year=line.read("cross_year", cells.yes_or_no, otherwise=False),
        annual_targets=line.text("annual_targets"),
        lead_unit=(units or {}).get(lead_unit_name),
        lead_unit_name=lead_unit_name,
        assisting_units=line.read("assisting_units", cells.names, ()),
        responsible=line.text("responsible"),
        support_proposals=line.read("support_proposals", cells.whole_number, 0),
        supporters=line.read("supporters", cells.whole_number, 0),
        risks=line.text("risks"),
    )


def _refuse_gaps(line: Line, card: CandidateCard) -> None:
    """What only follows from a cell that could not be read is not told again."""
    for gap in gaps(card):
        follows = gap.gap is Gap.FINISH_IN_LATER_YEAR and line.is_wrong("cross_year")
        if not follows and not line.is_wrong(gap.field):
            line.refuse(gap.field, Reason(gap.gap.value), gap.value)


def _refuse_repeated(
    line: Line, card: CandidateCard, first_rows: dict[tuple[str, str], int], taken: Collection[int]
) -> None:
    if card.number in taken:
        line.refuse("number", Reason.TAKEN, str(card.number))
    for field, value in (("number", str(card.number or "")), ("name", card.name)):
        if value and (field, value) in first_rows:
            line.refuse(field, Reason.TWICE, value, str(first_rows[field, value]))
        elif value:
            first_rows[field, value] = line.row.number


REQUIRED_COLUMNS: Final = tuple(column.heading for column in COLUMNS if column.field in REQUIRED)
"""The headings a template marks as required."""


def read_typed_card(
    values: Mapping[str, str], units: Mapping[str, UUID] | None = None
) -> tuple[CandidateCard, dict[str, Fault]]:
    """A card as a form holds it, by the fields' names, and what could not be read, by field.

    Cells mean what they mean in a table, so that the form and the import never differ; gaps are the card's own matter.
    """
    headings = Row(number=1, cells=tuple(column.heading for column in COLUMNS))
    typed = row_of(2, [values.get(column.field, "") for column in COLUMNS]) or Row(number=2, cells=())
    line = Line(typed, lay_out(Table(rows=(headings, typed)), COLUMNS))
    card = _card(line, units)
    fields = {column.heading: column.field for column in COLUMNS}
    return card, {fields[fault.column]: fault for fault in line.in_order() if fault.column in fields}
