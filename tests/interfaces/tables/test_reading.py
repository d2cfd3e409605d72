"""Any file may come; a table is read exactly, everything else is refused with a reason and never with a traceback."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.tables.faults import Reason, UnreadableTable, sentence
from interfaces.tables.reading import read_table
from interfaces.tables.spreadsheet import number_text
from interfaces.tables.table import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from tests.interfaces.tables.sheets import csv_of, repacked, sent, with_shared_strings, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = xlsx_of(("编号", "名称"), (1, "老旧小区改造"))
SHARED = repacked(PLAIN, changed={"[Content_Types].xml": with_shared_strings(PLAIN)})
ROWS = (("编号", "名称"), ("1", "老旧小区改造"))


def cells_of(data: bytes) -> tuple[tuple[str, ...], ...]:
    return tuple(row.cells for row in read_table(data).rows)


def refusal_of(data: bytes) -> UnreadableTable:
    with pytest.raises(UnreadableTable) as refused:
        read_table(data)
    assert sentence(refused.value).endswith("。")
    return refused.value


def outcome_of(data: bytes) -> Reason | None:
    """Why a file was refused, if it was; any other exception fails the test."""
    try:
        read_table(data)
    except UnreadableTable as refused:
        return refused.reason
    return None


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_what_offices_save_as_csv_is_read(encoding: str, separator: str) -> None:
    assert cells_of(csv_of(*ROWS, separator=separator, encoding=encoding)) == ROWS


def test_the_whole_roll_reads_the_same_in_either_encoding() -> None:
    roll = sent("delegates.csv")
    assert cells_of(roll) == cells_of(roll.decode("utf-8").encode("gb18030"))


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    data = '编号,名称\r\n\r\n1,"两行\r\n的名称"\r\n,,\r\n2,x'.encode()
    assert [row.number for row in read_table(data).rows] == [1, 3, 5]
    assert read_table(data).rows[1].cells == ("1", "两行\n的名称")
    book = xlsx_of(("编号",), (None,), (1,), (), ("",), (2,))
    assert [row.number for row in read_table(book).rows] == [1, 3, 6]


def test_numbers_come_as_exact_text() -> None:
    book = xlsx_of((1, 1.0, 0.1 + 0.2, 2300.5, 1e21, "0001", 12345678901, True))
    assert cells_of(book) == (("1", "1", "0.3", "2300.5", "1" + "0" * 21, "0001", "12345678901", "TRUE"),)


def test_leading_zeros_that_the_cell_shows_are_kept() -> None:
    def show_four_digits(sheet: Worksheet) -> None:
        sheet["A1"].number_format = "0000"

    assert cells_of(xlsx_of((7, 7), then=show_four_digits)) == (("0007", "7"),)


def test_dates_come_as_iso_text() -> None:
    assert cells_of(xlsx_of((date(2026, 3, 15), datetime(2026, 3, 15, 8, 30)))) == (("2026-03-15", "2026-03-15 08:30"),)  # noqa: DTZ001 - a spreadsheet's time has no zone


@pytest.mark.parametrize(("value", "text"), [(1, "1"), (-2.50, "-2.5"), (1e-7, "0.0000001"), (float("inf"), "inf")])
def test_number_text(value: float, text: str) -> None:
    assert number_text(value) == text


def test_spaces_that_fill_a_cell_are_taken_away() -> None:
    assert cells_of(csv_of(("\u00a0编号\u3000", "\u200b名称 "))) == (("编号", "名称"),)


def test_formulas_and_errors_are_flaws_of_their_cell() -> None:
    row = read_table(xlsx_of(("=1+1", "#N/A", "名称", "=cmd|' /C calc'!A0"))).rows[0]
    assert dict(row.flaws) == {0: Reason.FORMULA, 1: Reason.ERROR_CELL, 3: Reason.FORMULA}
    assert read_table(csv_of(("=1+1", "名称"))).rows[0].flaws == {0: Reason.FORMULA}


def test_a_control_character_is_a_flaw() -> None:
    assert read_table(csv_of(("a\x07b", "c\u202ed"))).rows[0].flaws == {
        0: Reason.CONTROL_CHARACTER,
        1: Reason.CONTROL_CHARACTER,
    }


def test_a_huge_cell_is_a_flaw_and_a_gigantic_one_ends_the_reading() -> None:
    assert read_table(csv_of(("编号",), ("长" * (LONGEST_CELL + 1),))).rows[1].flaws == {0: Reason.TOO_LONG}
    assert read_table(xlsx_of(("长" * (LONGEST_CELL + 1),))).rows[0].flaws == {0: Reason.TOO_LONG}
    assert refusal_of(csv_of(("编号",), ("长" * 200_000,))).reason is Reason.BROKEN_QUOTES


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b",,,\r\n,,", xlsx_of(), xlsx_of((None, ""))])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert refusal_of(data).reason is Reason.EMPTY


def test_a_file_above_five_megabytes_is_not_opened() -> None:
    refused = refusal_of(b"a" * (LARGEST_FILE + 1))
    assert (refused.reason, refused.hint) == (Reason.TOO_LARGE, "5")


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"<html>", b"Rar!\x1a", b"1\x002", b"MZ\0\0"]
)
def test_what_is_no_table_is_refused_whatever_its_name(start: bytes) -> None:
    assert refusal_of(start + b"1,2,3").reason is Reason.NOT_A_TABLE


def test_old_excel_and_locked_files_are_refused() -> None:
    assert refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).reason is Reason.OLD_EXCEL


def test_macros_are_found_by_content() -> None:
    with_macros = repacked(PLAIN, changed={"xl/vbaProject.bin": b"\0macro"})
    assert refusal_of(with_macros).reason is Reason.MACROS
    with_printer = repacked(PLAIN, changed={"xl/printerSettings/printerSettings1.bin": b"\0"})
    assert cells_of(with_printer) == ROWS


def test_another_office_file_is_no_table() -> None:
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal_of(document.getvalue()).reason is Reason.NOT_A_TABLE


@pytest.mark.parametrize(
    "kept",
    [4, 30, 200, len(PLAIN) // 2, len(PLAIN) - 1],
    ids=["4", "30", "200", "half", "all but one"],  # its size changes with the second in which it is made
)
def test_a_truncated_workbook_is_damaged(kept: int) -> None:
    assert refusal_of(PLAIN[:kept]).reason is Reason.DAMAGED


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"\0\1\2", "<x>编号</x>".encode("utf-16"), b"<a/>"])
def test_a_workbook_with_a_broken_part_is_refused_or_empty(part: str, content: bytes) -> None:
    data = repacked(PLAIN, changed={part: content})
    assert outcome_of(data) in {None, Reason.DAMAGED, Reason.EMPTY}


def test_a_zip_bomb_is_known_before_it_is_unpacked() -> None:
    bomb = repacked(PLAIN, changed={SHEET: b"<row/>" * 10_000_000})
    assert len(bomb) < LARGEST_FILE
    assert refusal_of(bomb).reason is Reason.UNPACKS_TOO_LARGE


def test_a_part_that_swells_is_refused_even_when_it_is_not_yet_large() -> None:
    assert refusal_of(repacked(PLAIN, changed={"xl/media/a.xml": b" " * 5_000_000})).reason is Reason.UNPACKS_TOO_LARGE


def test_a_zip_that_lies_about_a_size_is_damaged() -> None:
    lying = bytearray(repacked(PLAIN, changed={SHEET: b"<row/>" * 100_000}))
    record = lying.rindex(SHEET.encode()) - 46
    lying[record + 24 : record + 28] = (600).to_bytes(4, "little")
    assert refusal_of(bytes(lying)).reason is Reason.DAMAGED


def test_entities_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    laughing = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&e9;</x>'.encode()
    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"):
        assert refusal_of(repacked(SHARED, changed={part: laughing})).reason is Reason.DAMAGED


def test_a_file_on_the_server_is_never_read_into_a_cell() -> None:
    stealing = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'
    assert refusal_of(repacked(PLAIN, changed={SHEET: stealing})).reason is Reason.DAMAGED


def test_too_many_rows_or_columns_are_refused() -> None:
    many = csv_of(*(("1",) for _ in range(MOST_ROWS + 1)))
    assert refusal_of(many).reason is Reason.TOO_MANY_ROWS
    wide = ("1",) * (MOST_COLUMNS + 1)
    assert refusal_of(csv_of(wide)).reason is Reason.TOO_MANY_COLUMNS
    assert refusal_of(xlsx_of(wide)).reason is Reason.TOO_MANY_COLUMNS
    assert len(read_table(csv_of(*(("1",) for _ in range(MOST_ROWS)))).rows) == MOST_ROWS


def test_a_cell_far_below_all_others_is_too_many_rows() -> None:
    def far_below(sheet: Worksheet) -> None:
        sheet["A1048576"] = "x"

    assert refusal_of(xlsx_of(("编号",), then=far_below)).reason is Reason.TOO_MANY_ROWS


def test_empty_columns_at_the_right_do_not_count() -> None:
    assert cells_of(csv_of(("编号", *("",) * 500))) == (("编号",),)


def test_mixed_encodings_are_refused_with_the_row_where_they_begin() -> None:
    roll = sent("delegates.csv").split(b"\n")
    roll[4] = roll[4].decode("utf-8").encode("gb18030")
    refused = refusal_of(b"\n".join(roll))
    assert (refused.reason, refused.row) == (Reason.MIXED_ENCODINGS, 5)


def test_bytes_of_no_known_encoding_are_refused_with_their_row() -> None:
    refused = refusal_of("编号,名称\r\n1,".encode("gb18030") + b"\xff\xff\r\n2,x")
    assert (refused.reason, refused.row) == (Reason.UNKNOWN_ENCODING, 2)


def test_quotes_that_never_close_are_refused_with_their_row() -> None:
    refused = refusal_of('编号,名称\r\n1,"没有结束\r\n2,x'.encode())
    assert (refused.reason, refused.row) == (Reason.BROKEN_QUOTES, 2)


def test_only_the_first_visible_sheet_is_read() -> None:
    def add_notes(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("说明").append(["怎样填写"])
        hidden = sheet.parent.create_sheet("旧", 0)
        hidden.append(["旧内容"])
        hidden.sheet_state = "hidden"

    assert cells_of(xlsx_of(*ROWS, then=add_notes)) == ROWS


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome_of(data)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(PLAIN) - 1), byte=st.integers(0, 255))
def test_a_workbook_with_a_flipped_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(PLAIN)
    data[place] = byte
    outcome_of(bytes(data))


@settings(max_examples=200, deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_of_fifteen_digits_survives_the_workbook(number: Decimal) -> None:
    if len(number.as_tuple().digits) <= 15:
        assert Decimal(number_text(float(number))) == number
