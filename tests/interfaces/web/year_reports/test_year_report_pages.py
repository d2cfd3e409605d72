"""Reports to the level above: drafted from the record, worked over, downloaded with charts, submitted, taken back."""

from io import BytesIO

import docx
import pytest

from domain.accounts.permissions import Role
from domain.shared import Year
from interfaces.composition import House
from tests.support import course
from tests.support.declared import declared
from tests.support.polls import Hall
from tests.support.visitors import SignedIn, Visitor
from tests.support.year import record

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SHELF = "/staff/jz/year-reports"
ANALYSIS = f"{SHELF}/analysis/2026/2026"


@pytest.fixture
def hall(house: House) -> Hall:
    """Three projects were adopted; one went its whole way and is completed."""
    made = declared(house)
    record(house.history, course.course(made.congress, Year(2026), made.projects[0]))
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, hall.congress)


def test_a_report_goes_from_the_draft_to_the_level_above_and_back(
    staff: Visitor, hall: Hall, signed_in: SignedIn
) -> None:
    assert f"{ANALYSIS}" in staff.open(SHELF).links()
    page = staff.open(ANALYSIS)
    assert page.heading == "2026年度民生实事项目分析报告"
    draft = page.document.xpath("//textarea[@name='words-0']")[0].text
    assert "全体代表12人" in draft
    assert "产生正式项目3个" in draft
    assert len(page.document.xpath("//figure[contains(@class, 'chart')]//svg")) >= 4
    assert not page.document.xpath("//*[@style]")

    page = staff.send(ANALYSIS, **{"words-5": "建议提早谋划下一年项目。\n把成熟的写进计划。"})
    assert page.said == "报告内容已保存。"
    paper = docx.Document(BytesIO(staff.client.get(f"{ANALYSIS}/report.docx").content))
    said = [one.text for one in paper.paragraphs]
    assert said[0] == "2026年度民生实事项目分析报告"
    assert "建议提早谋划下一年项目。" in said
    assert "把成熟的写进计划。" in said
    assert len(paper.inline_shapes) >= 4
    described = paper.element.xpath("//wp:inline/wp:docPr/@descr")
    assert any(one.startswith("票决得票：") for one in described)

    colleague = signed_in(Role.STAFF, hall.congress, name="李红")
    colleague.open(ANALYSIS)
    staff.open(ANALYSIS)
    staff.send(ANALYSIS, **{"words-4": "新的一段。", "heading-of-none": "", f"heading-{'9' * 5000}": ""})
    moved = colleague.send(ANALYSIS, **{"words-5": "建议提早谋划明年。"})
    assert (moved.status, "建议提早谋划明年。" in moved.text) == (409, True)
    assert colleague.send(ANALYSIS, **{"words-4": "新的一段。"}).said == "报告内容已保存。", "seen, and sent again"

    staff.open(ANALYSIS)
    page = staff.send(f"{ANALYSIS}/submit", number="", to="", submitted_on="2026-01-20")
    assert {one.split("：")[0] for one in page.errors} == {"文号", "报送对象"}
    assert "建议提早谋划" in page.document.xpath("//textarea[@name='words-5']")[0].text
    page = staff.send(f"{ANALYSIS}/submit", number="江人办〔2026〕12号", to="省人大常委会", submitted_on="2026-01-20")
    assert page.said == "报送情况已登记。"
    assert "江人办〔2026〕12号" in page.words
    (link,) = page.document.xpath("//a[contains(@href, '/files/')]/@href")
    kept = docx.Document(BytesIO(staff.client.get(link).content))
    assert kept.paragraphs[0].text == "2026年度民生实事项目分析报告"
    assert not page.document.xpath("//textarea")

    page = staff.send(f"{ANALYSIS}/take-back", reason="数字有误")
    assert page.said == "报告已撤回，可以修改后重新报送。"
    assert "上次报送已撤回：数字有误" in page.words
    assert page.document.xpath("//textarea[@name='words-5']")[0].text.strip().startswith("建议提早谋划")


def test_several_years_are_added_up_from_the_record(staff: Visitor) -> None:
    page = staff.open(SHELF)
    row = page.document.xpath("(//table)[1]/tfoot//td")
    assert [cell.text_content().split()[0] for cell in (row[0], row[2], row[4])] == ["3", "1", "1"]
    assert "33.3%" in page.words


def test_what_no_report_is_about_is_not_there(staff: Visitor, hall: Hall, signed_in: SignedIn) -> None:
    for path in ("analysis/2025/2026", "research/2026/2026", "poem/2026/2026", "analysis/1999/1999"):
        assert staff.open(f"{SHELF}/{path}").status == 404
    reader = signed_in(Role.UPPER_READER, hall.congress)
    page = reader.open(ANALYSIS)
    assert page.status == 200
    assert not page.document.xpath("//textarea")
    assert "产生正式项目3个" in page.words
    scrutineer = signed_in(Role.SCRUTINEER, hall.congress)
    assert scrutineer.open(SHELF).status == 403
    assert reader.open(f"{SHELF}/new?kind=analysis&last=2026").status == 403


def test_pages_speak_english_and_the_paper_stays_chinese(staff: Visitor) -> None:
    english = {"Accept-Language": "en"}
    assert "Reports of the year" in staff.client.get(SHELF, headers=english).text
    paper = docx.Document(BytesIO(staff.client.get(f"{ANALYSIS}/report.docx", headers=english).content))
    assert any("票决得票" in one.text for one in paper.paragraphs)
