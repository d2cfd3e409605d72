"""Importing the roll: every bad row with row, column and reason, nothing guessed."""

import uuid

import pytest

from domain.congress.roll import Gender, delegate_id
from interfaces.tables.delegates import COLUMNS, read_delegates
from interfaces.tables.faults import Fault, Reason, sentence
from interfaces.tables.lines import lay_out
from interfaces.tables.reading import read_table
from tests.interfaces.tables.sheets import DELEGATE_HEADINGS, csv_of, sent, xlsx_of

IMPORT = uuid.UUID(int=7)
GOOD = ("0001", "杜静浩", "男", "东河区", "汉族", "否", "教育局")


def faults_of(data: bytes, **options: tuple[str, ...]) -> list[tuple[int, str, Reason, str]]:
    _, faults = read_delegates(
        read_table(data),
        import_id=IMPORT,
        delegations=options.get("delegations"),
        taken=options.get("taken", ()),
    )
    return [(fault.row, fault.column, fault.reason, fault.value) for fault in faults]


def test_the_roll_of_a_city_is_read_whole() -> None:
    entries, faults = read_delegates(read_table(sent("delegates.csv")), import_id=IMPORT)
    assert (len(entries), faults) == (327, ())
    assert len({entry.delegation for entry in entries}) == 12
    assert entries[2].number == "0003"
    assert entries[2].delegate == delegate_id(IMPORT, "0003")
    assert (entries[2].name, entries[2].gender, entries[2].unit) == ("邓丽芳", Gender.MALE, "发展和改革委员会")
    assert sum(entry.special_committee for entry in entries) == 38


def test_the_five_mistakes_of_the_sample_are_named() -> None:
    assert faults_of(sent("delegates-with-errors.csv")) == [
        (5, "代表证号", Reason.TWICE, "0003"),
        (9, "姓名", Reason.MISSING, ""),
        (14, "代表团", Reason.NOT_A_DELEGATION, "不存在代表团?"),
        (22, "专门委员会成员", Reason.NOT_YES_OR_NO, "maybe"),
        (32, "代表证号", Reason.MISSING, ""),
    ]


def test_rows_without_a_mistake_are_read_beside_the_others() -> None:
    entries, _ = read_delegates(read_table(sent("delegates-with-errors.csv")), import_id=IMPORT)
    assert len(entries) == 35
    assert not {"0008", "0013", "0021"} & {entry.number for entry in entries}


def test_a_repeated_number_names_the_row_that_has_it() -> None:
    _, faults = read_delegates(read_table(sent("delegates-with-errors.csv")), import_id=IMPORT)
    assert sentence(faults[0]) == "「代表证号」「0003」与第 4 行重复。"


def test_the_same_list_as_a_workbook_reads_the_same() -> None:
    rows = [row.cells for row in read_table(sent("delegates.csv")).rows]
    book = read_table(xlsx_of(*rows))
    assert read_delegates(book, import_id=IMPORT) == read_delegates(read_table(sent("delegates.csv")), import_id=IMPORT)


def test_a_delegation_not_on_the_list_is_unknown_and_the_nearest_is_offered() -> None:
    data = csv_of(DELEGATE_HEADINGS, GOOD, ("0002", "唐丽秀", "女", "东河", "", "", ""))
    _, faults = read_delegates(read_table(data), import_id=IMPORT, delegations=("西河镇", "东河区"))
    assert faults == (Fault(row=3, column="代表团", reason=Reason.UNKNOWN_DELEGATION, value="东河", hint="东河区"),)
    assert sentence(faults[0]) == "没有「东河」这个代表团。是不是「东河区」？"


def test_a_first_import_founds_its_delegations() -> None:
    assert not faults_of(csv_of(DELEGATE_HEADINGS, GOOD))
    assert not faults_of(csv_of(DELEGATE_HEADINGS, GOOD), delegations=())


def test_a_number_on_the_roll_already_is_taken() -> None:
    assert faults_of(csv_of(DELEGATE_HEADINGS, GOOD), taken=("0001",)) == [(2, "代表证号", Reason.TAKEN, "0001")]


def test_only_number_name_and_delegation_are_required() -> None:
    entries, faults = read_delegates(
        read_table(csv_of(("代表团", "姓名", "代表证号"), ("东河区", "杜静浩", "0001"))), import_id=IMPORT
    )
    assert not faults
    assert (entries[0].gender, entries[0].ethnicity, entries[0].special_committee) == (None, "", False)


def test_a_title_above_the_headings_is_passed_over() -> None:
    data = csv_of(
        ("青城市第十六届人大代表名册",),
        ("制表：人事代表选举委",),
        DELEGATE_HEADINGS,
        GOOD,
        ("", "", "", "", "", "", ""),
    )
    entries, faults = read_delegates(read_table(data), import_id=IMPORT)
    assert (len(entries), faults) == (1, ())


@pytest.mark.parametrize("heading", ["代表证号", " 代表证 号*", "代表证号码", "证号"])
def test_headings_offices_use_are_known(heading: str) -> None:
    assert not faults_of(csv_of((heading, *DELEGATE_HEADINGS[1:]), GOOD))


def test_a_missing_heading_is_told_once_and_no_row_is_read() -> None:
    data = csv_of(("姓名", "性别"), ("杜静浩", "男"), ("唐丽秀", "女"))
    assert faults_of(data) == [
        (1, "代表证号", Reason.HEADING_MISSING, ""),
        (1, "代表团", Reason.HEADING_MISSING, ""),
    ]


def test_a_doubled_heading_is_told_with_its_columns() -> None:
    data = csv_of((*DELEGATE_HEADINGS, "姓名"), (*GOOD, "另一人"))
    _, faults = read_delegates(read_table(data), import_id=IMPORT)
    assert faults == (Fault(row=1, column="姓名", reason=Reason.HEADING_TWICE, hint="2、8"),)


def test_unknown_headings_are_listed_and_not_read() -> None:
    layout = lay_out(read_table(csv_of((*DELEGATE_HEADINGS, "备注"), (*GOOD, "新任"))), COLUMNS)
    assert layout.unread == ("备注",)
    assert not faults_of(csv_of((*DELEGATE_HEADINGS, "备注"), (*GOOD, "新任")))


def test_a_list_of_headings_alone_has_no_rows() -> None:
    assert faults_of(csv_of(DELEGATE_HEADINGS)) == [(1, "", Reason.NO_ROWS, "")]


def test_a_comma_that_was_not_quoted_is_found() -> None:
    assert faults_of(csv_of(DELEGATE_HEADINGS, (*GOOD, "卫健委"))) == [(2, "卫健委", Reason.BEYOND_HEADINGS, "卫健委")]


def test_a_formula_is_not_imported_as_a_name() -> None:
    spiked = ("0001", "=HYPERLINK(A1)", "男", "东河区", "", "", "")
    assert faults_of(csv_of(DELEGATE_HEADINGS, spiked)) == [(2, "姓名", Reason.FORMULA, "=HYPERLINK(A1)")]
    assert faults_of(xlsx_of(DELEGATE_HEADINGS, spiked)) == [(2, "姓名", Reason.FORMULA, "=HYPERLINK(A1)")]


def test_every_mistake_of_a_row_is_told_in_the_order_of_the_columns() -> None:
    data = csv_of(DELEGATE_HEADINGS, ("", "张?", "M", "东河区", "", "maybe", ""))
    assert [column for _, column, _, _ in faults_of(data)] == ["代表证号", "姓名", "性别", "专门委员会成员"]


def test_a_long_wrong_value_is_shown_shortened() -> None:
    data = csv_of(DELEGATE_HEADINGS, ("0001", "甲1" * 100, "男", "东河区", "", "", ""))
    assert faults_of(data)[0][3] == ("甲1" * 100)[:60] + "…"


def test_the_faults_speak_of_the_heading_in_the_file() -> None:
    data = csv_of(("证号", "代表姓名", "所属代表团"), ("0001", "", "东河区"))
    assert faults_of(data) == [(2, "代表姓名", Reason.MISSING, "")]
