"""Importing the roll: every mistake named, nothing saved until confirmed, taken back while nothing depends on it."""

from typing import Any
from uuid import UUID

import pytest

from application import check_in as desk
from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.tables.reading import read_table
from projections.roll import delegates_of, delegations_of, imports_of
from tests.interfaces.tables.sheets import DELEGATE_HEADINGS, csv_of, sent, xlsx_of
from tests.support import polls
from tests.support.stores import Clock, by, granted
from tests.support.visitors import Page, SignedIn, Visitor

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
START = "/staff/jz/delegates/import"


def upload(staff: Visitor, content: bytes, name: str = "名册.csv", **typed: Any) -> Page:
    staff.open(START)
    return staff.send(START, files={"table": (name, content)}, **typed)


def confirm(staff: Visitor) -> Page:
    assert staff.at is not None
    return staff.send(staff.at.path.split("?")[0])


def on_the_roll(house: House, congress: UUID) -> int:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    with house.reading.connect() as connection:
        return delegates_of(connection, congress, limit=0)[1]


def faults(page: Page) -> list[tuple[str, str]]:
    """Row and column of every mistake listed."""
    rows = page.document.xpath("//table[.//th[text()='问题']]/tbody/tr")
    return [(row.xpath("string(td[1])"), row.xpath("string(td[2])")) for row in rows]


def line(number: str, delegation: str = "东河区") -> tuple[str, ...]:
    return (number, "杜静", "女", delegation, "汉族", "否", "")


def test_327_delegates_are_imported_once_they_are_confirmed(staff: Visitor, house: House, congress: UUID) -> None:
    page = upload(staff, sent("delegates.csv"))
    assert "没有发现问题" in page.words
    assert "327 人，12 个代表团" in page.words
    assert "还没有保存任何内容" in page.words
    assert on_the_roll(house, congress) == 0
    page = confirm(staff)
    assert page.said == "已导入 327 位代表。"
    assert on_the_roll(house, congress) == 327
    with house.reading.connect() as connection:
        assert len(delegations_of(connection, congress)) == 12


def test_every_mistake_is_listed_with_row_column_reason_and_value(staff: Visitor, house: House, congress: UUID) -> None:
    page = upload(staff, sent("delegates-with-errors.csv"))
    assert faults(page) == [
        ("5", "代表证号"),
        ("9", "姓名"),
        ("14", "代表团"),
        ("22", "专门委员会成员"),
        ("32", "代表证号"),
    ]
    assert "5 行有问题" in page.words
    assert "「代表证号」「0003」与第 4 行重复。" in page.words
    assert "maybe" in page.words
    assert "改好后重新上传" in page.words
    assert on_the_roll(house, congress) == 0


@ONE_STORE
def test_the_good_rows_can_be_taken_first(staff: Visitor, house: House, congress: UUID) -> None:
    upload(staff, sent("delegates-with-errors.csv"))
    page = confirm(staff)
    assert page.said == "已导入 35 位代表。"
    assert on_the_roll(house, congress) == 35


@ONE_STORE
def test_a_workbook_is_read_as_well(staff: Visitor, house: House, congress: UUID) -> None:
    page = upload(staff, xlsx_of(DELEGATE_HEADINGS, line("0001"), line("0002", "西河区")), "名册.xlsx")
    assert "2 人，2 个代表团" in page.words
    confirm(staff)
    assert on_the_roll(house, congress) == 2


@ONE_STORE
def test_the_template_has_the_headings_and_nobody(staff: Visitor) -> None:
    page = staff.open("/staff/jz/delegates/template.xlsx")
    assert read_table(page.content).rows[0].cells == DELEGATE_HEADINGS
    assert len(read_table(page.content).rows) == 1


@ONE_STORE
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的。"),
        (b"%PDF-1.7", "这不是表格文件。请选择 .xlsx 或 .csv 文件。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
            "这是旧版 Excel(.xls)或加了密码的文件。请另存为不加密码的 .xlsx 再导入。",
        ),
    ],
)
def test_what_is_no_table_is_refused_beside_the_field(staff: Visitor, content: bytes, said: str) -> None:
    page = upload(staff, content)
    assert (page.status, page.errors) == (422, [f"名册文件：{said}"])


@ONE_STORE
def test_a_form_without_a_file_is_told_so(staff: Visitor) -> None:
    staff.open(START)
    assert staff.send(START).errors == ["名册文件：请选择文件。"]


@ONE_STORE
def test_a_table_without_the_needed_columns_brings_nobody(staff: Visitor) -> None:
    page = upload(staff, csv_of(("姓名", "性别"), ("杜静", "女")))
    assert {said for said in ("缺少「代表证号」这一列。", "缺少「代表团」这一列。") if said in page.words} != set()
    assert [form for form in page.forms() if "import" in form] == []


@ONE_STORE
def test_confirming_twice_imports_once(staff: Visitor, house: House, congress: UUID) -> None:
    upload(staff, csv_of(DELEGATE_HEADINGS, line("0001")))
    shown = staff.at
    confirm(staff)
    staff.at = shown
    assert confirm(staff).said == "已导入 1 位代表。"
    with house.reading.connect() as connection:
        assert len(imports_of(connection, congress)) == 1


@ONE_STORE
def test_the_checked_file_stands_for_an_hour_without_another_upload(
    staff: Visitor, house: House, congress: UUID, clock: Clock
) -> None:
    page = upload(staff, csv_of(DELEGATE_HEADINGS, line("0001")))
    clock.forward(minutes=50)
    assert staff.open(page.path).status == 200
    confirm(staff)
    assert on_the_roll(house, congress) == 1
    clock.forward(minutes=11)
    page = staff.open(page.path)
    assert page.status == 410
    assert "请重新上传" in page.words


@ONE_STORE
def test_a_roll_that_changed_meanwhile_is_shown_again_before_anything_is_saved(
    staff: Visitor, house: House, congress: UUID
) -> None:
    upload(staff, csv_of(DELEGATE_HEADINGS, line("0001", "城东代表团"), line("0099", "城东代表团")))
    polls.roll_of(house.office, granted(Role.STAFF, congress), congress, 3)
    page = confirm(staff)
    assert page.said == "名册刚才有变动，请再核对一遍。"
    assert faults(page) == [("2", "代表证号")]
    assert on_the_roll(house, congress) == 3


@ONE_STORE
def test_a_delegation_the_roll_does_not_know_is_a_mistake_unless_it_is_said_to_be_new(
    staff: Visitor, house: House, congress: UUID
) -> None:
    polls.roll_of(house.office, granted(Role.STAFF, congress), congress, 2)
    assert on_the_roll(house, congress) == 2
    table = csv_of(DELEGATE_HEADINGS, line("0101", "城东代表团"), line("0102", "城东团"))
    page = upload(staff, table)
    assert faults(page) == [("3", "代表团")]
    assert "是不是「城东代表团」？" in page.words
    page = upload(staff, table, new_delegations="yes")
    assert faults(page) == []
    confirm(staff)
    assert on_the_roll(house, congress) == 4


def test_an_import_is_taken_back(staff: Visitor, house: House, congress: UUID) -> None:
    upload(staff, sent("delegates.csv"))
    confirm(staff)
    page = staff.open(START)
    (undo,) = [form for form in page.forms() if form.endswith("/undo")]
    page = staff.send(undo)
    assert page.said == "已撤销这次导入，名册恢复到导入以前。"
    assert "已撤销" in page.words
    assert on_the_roll(house, congress) == 0


@ONE_STORE
def test_an_import_in_use_stays_and_says_how_many_delegates_hold_it(
    staff: Visitor, house: House, congress: UUID
) -> None:
    upload(staff, csv_of(DELEGATE_HEADINGS, *(line(f"{number:04}") for number in range(1, 11))))
    confirm(staff)
    clerk = granted(Role.STAFF, congress)
    session = polls.convened(house.office, clerk, congress, house.office.today())
    with house.reading.connect() as connection:
        found = delegates_of(connection, congress)[0]
    for one in found[:3]:
        desk.check_in(house.office, by(clerk), session, one.id)
    page = staff.open(START)
    (undo,) = [form for form in page.forms() if form.endswith("/undo")]
    page = staff.send(undo)
    assert page.status == 409
    assert "有 3 位已经签到、领票、启用账号或阅读候选项目" in page.errors[0]
    assert on_the_roll(house, congress) == 10


@ONE_STORE
def test_a_checked_file_is_shown_to_its_sender_in_its_congress_only(
    house: House, staff: Visitor, signed_in: SignedIn, congress: UUID
) -> None:
    page = upload(staff, csv_of(DELEGATE_HEADINGS, line("0001")))
    assert signed_in(Role.STAFF, congress, name="别人").open(page.path).status == 410
    assert signed_in(Role.VENUE, congress).open(page.path).status == 403
    other, _clerk = polls.founded(house.office, "other")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    elsewhere = signed_in(Role.STAFF, other)
    assert elsewhere.open(page.path).status == 404
    assert elsewhere.open(page.path.replace("/jz/", "/other/")).status == 410
