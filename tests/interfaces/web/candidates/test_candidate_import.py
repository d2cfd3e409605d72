"""Importing candidates: every bad row is named, nothing is saved until it is confirmed."""

import csv
import io

import pytest
from openpyxl import load_workbook

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.interfaces.web.candidates.conftest import YEAR, Town, entered
from tests.support.stores import Clock
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROW = {
    "编号": "1",
    "名称": "城区排水",
    "类别": "城市安全",
    "建设目的": "消除易涝点",
    "建设内容与规模": "改造管网42公里",
    "量化指标": "雨水管网=42公里",
    "地点": "城东",
    "总投资(万元)": "504.5",
    "当年投资(万元)": "504.5",
    "资金来源": "市级财政60%;上级专项40%",
    "受益群众": "居民",
    "受益人数": "18600",
    "开工时间": "2026-03-15",
    "完成时间": "2026-11-30",
    "牵头单位": "市水务局",
    "责任人": "王工",
}
HEADINGS, GOOD = list(ROW), list(ROW.values())


def table(*rows: list[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([HEADINGS, *rows])
    return written.getvalue().encode("utf-8-sig")


def changed(**cells: str) -> list[str]:
    return list({**ROW, **cells}.values())


def send(visitor: Visitor, content: bytes, area: str = "staff") -> Page:
    visitor.open(f"/{area}/jz/projects/import?year={YEAR}")
    return visitor.send(f"/{area}/jz/projects/import", files={"table": ("候选项目.csv", content, "text/csv")})


def faults(page: Page) -> list[list[str]]:
    """The cells of the table of mistakes."""
    rows = page.document.xpath("//table[.//th[text()='问题']]/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_nothing_is_saved_until_it_is_confirmed(government: Visitor, town: Town) -> None:
    page = send(government, table(GOOD, changed(编号="2", 名称="校园午休")), "unit")
    assert "没有发现问题" in page.words
    assert town.candidates() == []
    page = government.send(page.path.split("?")[0])
    assert page.said == "已导入 2 个候选项目。"
    assert [one.name for one in town.candidates()] == ["城区排水", "校园午休"]


def test_every_mistake_is_told_with_row_column_reason_and_value(staff: Visitor, town: Town) -> None:
    wrong = changed(编号="2", 名称="校园午休", **{"总投资(万元)": "五百万"}, 牵头单位="市教育居")
    short = changed(编号="1", 名称="第二个排水", 资金来源="市级财政60%;上级专项30%")
    page = send(staff, table(GOOD, wrong, short))
    assert faults(page) == [
        ["3", "总投资(万元)", "「总投资(万元)」应是数字，现在是「五百万」。", "五百万"],
        ["3", "牵头单位", "单位名录里没有「市教育居」。是不是「市教育局」？", "市教育居"],
        ["4", "编号", "「编号」「1」与第 2 行重复。", "1"],
        ["4", "资金来源", "「资金来源」合计应为 100%，现在是 90%。", "90"],
    ]
    assert "2 行有问题" in page.words
    assert "只导入没有问题的 1 项" in page.words


def test_numbers_of_the_years_candidates_are_taken(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    page = send(staff, table(GOOD))
    assert faults(page) == [["2", "编号", "「编号」「1」已经有了。", "1"]]
    assert not any("/import/" in form for form in page.forms())


def test_a_file_that_is_no_table_keeps_the_form(staff: Visitor, town: Town) -> None:
    page = send(staff, b"%PDF-1.7 something")
    assert page.heading == "导入候选项目"
    assert page.errors == ["候选项目文件：这不是表格文件。请选择 .xlsx 或 .csv 文件。"]
    assert page.status >= 400


def test_confirming_twice_imports_once(staff: Visitor, town: Town) -> None:
    page = send(staff, table(GOOD))
    (form,) = [form for form in page.document.forms if "/import/" in str(form.get("action"))]
    for _ in range(2):
        staff.client.post(form.get("action"), data=dict(form.form_values()))
    assert len(town.candidates()) == 1


def test_a_checked_file_is_forgotten_after_an_hour_and_is_nobody_elses(
    staff: Visitor, town: Town, clock: Clock, signed_in: SignedIn
) -> None:
    page = send(staff, table(GOOD))
    assert signed_in(Role.STAFF, town.congress, name="李红").open(page.path).status >= 400
    clock.forward(minutes=61)
    assert staff.open(page.path).status >= 400
    assert town.candidates() == []


def test_the_template_is_a_workbook_with_all_headings(staff: Visitor, house: House) -> None:
    book = load_workbook(io.BytesIO(staff.open("/staff/jz/projects/template.xlsx").content))
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert set(HEADINGS) <= set(headings)
    assert book.sheetnames[1] == "填写说明"


def test_what_goes_out_comes_in_again_for_another_year(staff: Visitor, town: Town) -> None:
    entered(entered(staff, 1), 2, cross_year="yes", annual_targets="当年六处", assisting_units="市教育局\n市交通运输局")
    content = staff.open(f"/staff/jz/projects/candidates.xlsx?year={YEAR}").content
    staff.open("/staff/jz/projects/import?year=2027")
    page = staff.send("/staff/jz/projects/import", files={"table": ("候选项目.xlsx", content, "application/zip")})
    assert "没有发现问题" in page.words
    staff.send(page.path.split("?")[0])
    assert [one.name for one in town.candidates(2027)] == ["项目1", "项目2"]
