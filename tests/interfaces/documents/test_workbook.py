"""Lists for spreadsheets: exact numbers, texts that stay texts, ready to print, and readable by the import again."""

import io
import re
import uuid
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.documents.workbook import (
    LONGEST_TEXT,
    SheetHeading,
    VotedListLine,
    VotedListSheet,
    sheet,
    voted_list_workbook,
)
from interfaces.tables import candidates, delegates
from interfaces.tables.lines import Column, lay_out
from interfaces.tables.reading import read_table
from tests.interfaces.documents.printed import parts

LISTED = VotedListSheet(
    congress="青城市人民代表大会",
    year=2026,
    notice_number="第五号",
    lines=(
        VotedListLine(
            number=1,
            name="城乡排水防洪提升",
            category="城市安全",
            total_funds=Decimal(504_000_000),
            year_funds=Decimal("90000.01"),
            starts_on=date(2026, 3, 15),
            lead_unit="水务局",
            votes_for=300,
            code="7K3M9QWE",
            address="https://piaojue.example/p/7K3M9QWE",
        ),
        VotedListLine(number=2, name="老旧小区改造", votes_for=280),
    ),
)


def opened(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_the_voted_list_has_its_caption_headings_and_lines() -> None:
    page = opened(voted_list_workbook(LISTED))
    assert page["A1"].value == "青城市人民代表大会2026年度民生实事项目票决清单（第五号）"
    headings = [cell.value for cell in page[2]]
    line = dict(zip(headings, (cell.value for cell in page[3]), strict=True))
    assert headings[:4] == ["序号", "项目名称", "类别", "建设内容与规模"]
    assert (line["序号"], line["项目名称"], line["赞成票"], line["项目编码"]) == (
        1,
        "城乡排水防洪提升",
        300,
        "7K3M9QWE",
    )


def test_funds_are_numbers_in_ten_thousands_and_dates_are_dates() -> None:
    page = opened(voted_list_workbook(LISTED))
    assert (page["F3"].value, page["G3"].value, page["F4"].value) == (50400, 9.000001, None)
    assert page["F3"].number_format == "#,##0.######"
    assert page["H3"].is_date


def test_votes_are_left_out_where_only_adopted_projects_are_published() -> None:
    hidden = VotedListSheet(congress="青城市人民代表大会", year=2026, lines=LISTED.lines, full_counts=False)
    values = [cell for row in opened(voted_list_workbook(hidden)).iter_rows(values_only=True) for cell in row]
    assert "赞成票" not in values
    assert not {300, 280} & {value for value in values if isinstance(value, int)}


def test_the_headings_are_printed_on_every_page_and_stay_in_view() -> None:
    page = opened(voted_list_workbook(LISTED))
    assert (page.print_title_rows, page.freeze_panes) == ("$2:$2", "A3")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 471", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "#N/A", "TRUE", "2026-01-01", "0001"]
)
def test_a_text_stays_a_text(text: str) -> None:
    data = sheet("名单", ["名称"], [[text]])
    cell = opened(data)["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@", "\t"))
    assert not any("<f>" in xml for name, xml in parts(data) if name.endswith("sheet1.xml"))


def test_a_heading_and_a_caption_are_no_formulas_either() -> None:
    page = opened(sheet("=名单", ["=A1", "b"], [["x", "y"]], caption="=1+1"))
    assert [page["A1"].data_type, page["A2"].data_type] == ["s", "s"]


def test_values_of_all_kinds() -> None:
    page = opened(sheet("名单", ["甲", "乙", "丙", "丁"], [[1, Decimal("2.50"), True, None]]))
    assert [cell.value for cell in page[2]] == [1, 2.5, "是", None]


def test_a_column_is_as_wide_as_its_text_within_reason() -> None:
    page = opened(sheet("名单", ["甲", SheetHeading(words="乙", width=12), "丙"], [["一", "二", "长" * 100]]))
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [8, 12, 48]
    assert page.row_dimensions[2].height == 5 * 14.5 + 2


@pytest.mark.parametrize("title", ["a/b:c*d?[e]\\", "很长" * 40, "", "\x07"])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert re.fullmatch(r"[^\[\]:*?/\\]{1,31}", opened(sheet(title, ["甲"], [])).title)


def test_controls_and_endless_texts_do_not_break_the_file() -> None:
    page = opened(sheet("名单", ["甲"], [["a\x00\x1fb\ud800"], ["长" * 40_000]]))
    assert page["A2"].value == "ab"
    assert len(str(page["A3"].value)) == LONGEST_TEXT


@pytest.mark.parametrize("columns", [delegates.COLUMNS, candidates.COLUMNS])
def test_a_template_is_what_the_import_reads(columns: tuple[Column, ...]) -> None:
    template = sheet("模板", [column.heading for column in columns], [["1"] * len(columns)], notes=["怎样填写"])
    layout = lay_out(read_table(template), columns)
    assert set(layout.places) == {column.field for column in columns}
    assert not layout.faults


def test_a_list_that_went_out_comes_in_again() -> None:
    headings = ["代表证号", "姓名", "性别", "代表团", "专门委员会成员"]
    data = sheet("代表名册", headings, [["0001", "杜静浩", "男", "东河区", False]], caption="代表名册")
    entries, faults = delegates.read_delegates(read_table(data), import_id=uuid.UUID(int=1))
    assert not faults
    assert (entries[0].number, entries[0].special_committee) == ("0001", False)


def test_the_same_list_gives_the_same_bytes() -> None:
    assert voted_list_workbook(LISTED) == voted_list_workbook(LISTED)
    core = dict(parts(voted_list_workbook(LISTED)))["docProps/core.xml"]
    assert core.count("2000-01-01T00:00:00Z") == 2
