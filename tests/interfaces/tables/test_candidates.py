"""Importing candidate projects: the card's own rules judge every row."""

import csv
import io
import uuid
from datetime import date
from decimal import Decimal

import pytest

from domain.projects.card import Gap
from interfaces.tables.candidates import COLUMNS, REQUIRED_COLUMNS, read_candidates
from interfaces.tables.faults import SENTENCES, Reason, sentence
from interfaces.tables.reading import read_table
from tests.interfaces.tables.sheets import sent, xlsx_of

UNIT_NAMES = (
    "水务局",
    "生态环境局",
    "交通运输局",
    "住房和城乡建设局",
    "民政局",
    "发展和改革委员会",
    "卫生健康委员会",
    "教育局",
    "应急管理局",
    "文化旅游体育局",
)
UNITS = {name: uuid.uuid5(uuid.NAMESPACE_OID, name) for name in UNIT_NAMES}


def row_with(**cells: str) -> bytes:
    """The first project of the sample with some cells changed, as a workbook."""
    rows = list(csv.DictReader(io.StringIO(sent("candidates.csv").decode("utf-8"))))
    headings = list(rows[0])
    assert set(cells) <= set(headings)
    return xlsx_of(headings, [{**rows[0], **cells}[heading] for heading in headings])


def faults_of(data: bytes) -> list[tuple[int, str, Reason, str]]:
    _, faults = read_candidates(read_table(data), UNITS)
    return [(fault.row, fault.column, fault.reason, fault.value) for fault in faults]


def test_the_twelve_projects_of_the_sample_are_read_whole() -> None:
    cards, faults = read_candidates(read_table(sent("candidates.csv")), UNITS)
    assert (len(cards), faults) == (12, ())
    card = cards[1]
    assert (card.number, card.name, card.lead_unit) == (2, "城镇生活污水处理提质", UNITS["生态环境局"])
    assert (card.total_funds, card.year_funds) == (Decimal(560_000_000), Decimal(240_000_000))
    assert (card.starts_on, card.finishes_on, card.cross_year) == (date(2026, 3, 1), date(2027, 10, 31), True)
    assert (card.longitude, card.latitude) == (Decimal("111.5120"), Decimal("40.7702"))
    assert [(t.name, t.amount, t.unit) for t in card.targets] == [
        ("污水管网", Decimal(95), "公里"),
        ("污水处理厂", Decimal(2), "座"),
    ]
    assert cards[4].assisting_units == ("民政局", "各街道办事处")
    assert (card.support_proposals, card.supporters, card.risks) == (31, 960, "管线迁改")


def test_the_seven_mistakes_of_the_sample_are_named() -> None:
    assert faults_of(sent("candidates-with-errors.csv")) == [
        (3, "总投资(万元)", Reason.NUMBER_WITH_UNIT, "5.6亿"),
        (4, "牵头单位", Reason.MISSING, ""),
        (5, "编号", Reason.TWICE, "3"),
        (6, "完成时间", Reason.FINISH_BEFORE_START, "2025-12-20"),
        (7, "受益人数", Reason.NOT_A_WHOLE_NUMBER, "两千三百"),
        (10, "年度目标", Reason.NEEDS_ANNUAL_TARGETS, ""),
        (12, "资金来源", Reason.SOURCES_DO_NOT_ADD_UP, "90"),
    ]


def test_the_sentences_say_what_to_do() -> None:
    _, faults = read_candidates(read_table(sent("candidates-with-errors.csv")), UNITS)
    assert [sentence(fault) for fault in faults][::3] == [
        "「总投资(万元)」只填数字，不带单位，现在是「5.6亿」。",
        "「完成时间」（2025-12-20）早于开工时间。",
        "「资金来源」合计应为 100%，现在是 90%。",
    ]


def test_a_lead_unit_nobody_knows_is_refused_and_the_nearest_offered() -> None:
    _, faults = read_candidates(read_table(row_with(牵头单位="水利局")), UNITS)
    assert [(fault.reason, fault.hint) for fault in faults] == [(Reason.UNKNOWN_UNIT, "水务局")]


def test_without_units_the_names_are_taken_as_they_stand() -> None:
    cards, faults = read_candidates(read_table(row_with(牵头单位="水利局")))
    assert not faults
    assert (cards[0].lead_unit, cards[0].lead_unit_name) == (None, "水利局")


def test_a_number_in_use_is_taken() -> None:
    _, faults = read_candidates(read_table(row_with()), UNITS, taken=(1,))
    assert [(fault.column, fault.reason) for fault in faults] == [("编号", Reason.TAKEN)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"当年投资(万元)": "60000"}, "当年投资(万元)", Reason.YEAR_ABOVE_TOTAL),
        ({"总投资(万元)": "0"}, "总投资(万元)", Reason.NOT_POSITIVE),
        ({"受益人数": "-1"}, "受益人数", Reason.NOT_POSITIVE),
        ({"经度": "211"}, "经度", Reason.OUT_OF_RANGE),
        ({"纬度": "北纬40"}, "纬度", Reason.NOT_A_NUMBER),
        ({"完成时间": "2027-03-01"}, "完成时间", Reason.FINISH_IN_LATER_YEAR),
        ({"量化指标": "若干"}, "量化指标", Reason.NOT_A_TARGET),
        ({"资金来源": "财政"}, "资金来源", Reason.NOT_A_SOURCE),
        ({"开工时间": "2026-02-30"}, "开工时间", Reason.NOT_A_DATE),
        ({"民意件数": "1e400"}, "民意件数", Reason.NOT_A_WHOLE_NUMBER),
    ],
)
def test_one_wrong_cell_is_one_fault(cells: dict[str, str], column: str, reason: Reason) -> None:
    assert [(c, r) for _, c, r, _ in faults_of(row_with(**cells))][:1] == [(column, reason)]
    assert sum(c == column for _, c, _, _ in faults_of(row_with(**cells))) == 1


def test_a_cell_that_cannot_be_read_draws_no_other_fault_after_it() -> None:
    assert len(faults_of(row_with(跨年度="也许", 完成时间="2027-03-01"))) == 1
    assert len(faults_of(row_with(完成时间="明年"))) == 1


def test_a_column_that_a_card_needs_is_missed_once() -> None:
    table = read_table(xlsx_of(("编号", "名称"), (1, "街心公园")))
    _, faults = read_candidates(table, UNITS)
    assert {fault.reason for fault in faults} == {Reason.HEADING_MISSING}
    assert {fault.column for fault in faults} == set(REQUIRED_COLUMNS) - {"编号", "名称"}


def test_the_columns_that_must_be_there_are_the_fields_a_card_must_have() -> None:
    assert tuple(column.heading for column in COLUMNS if column.required) == REQUIRED_COLUMNS


def test_numbers_of_a_spreadsheet_are_read_like_text() -> None:
    rows = list(csv.reader(io.StringIO(sent("candidates.csv").decode("utf-8"))))
    numeric = [[float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in row] for row in rows]
    assert read_candidates(read_table(xlsx_of(*numeric)), UNITS)[1] == ()


def test_every_gap_of_a_card_and_every_reason_has_its_sentence() -> None:
    assert {gap.value for gap in Gap} <= {reason.value for reason in Reason}
    assert set(SENTENCES) == set(Reason)
