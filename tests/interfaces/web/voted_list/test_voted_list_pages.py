"""The annual voted list in the office and in public: documents, placards, and what the profile keeps back."""

import io
import json

import pytest
from docx import Document
from openpyxl import load_workbook

from domain.accounts.permissions import Role
from domain.polls.rules import Publication
from domain.shared import project_code
from interfaces.composition import House
from tests.interfaces.documents.printed import scanned
from tests.support.declared import NOTICE, declared
from tests.support.polls import NAMES, Hall
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROOT = "/staff/jz/lists/2026"
COUNTS = ("12 票", "10 票", "9 票", "8 票")


@pytest.fixture
def hall(house: House) -> Hall:
    return declared(house)


@pytest.fixture
def staff(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, hall.congress)


def notice_of(staff: Visitor) -> str:
    paper = Document(io.BytesIO(staff.open(f"{ROOT}/notice.docx").content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def workbook_of(staff: Visitor) -> list[tuple[object, ...]]:
    page = load_workbook(io.BytesIO(staff.open(f"{ROOT}/list.xlsx").content)).worksheets[0]
    return list(page.iter_rows(values_only=True))


def test_the_list_shows_votes_pass_line_and_why_others_are_not_on_it(staff: Visitor) -> None:
    page = staff.open(ROOT)
    assert NOTICE in page.words
    assert "通过线 7 票" in page.words
    assert f"{NAMES[3]}" in page.words
    assert "达到通过票数，名次在应选数之后" in page.words
    assert "未达到通过票数" in page.words
    assert page.document.xpath("//svg[contains(@aria-label, '12 票')]")


def test_the_notice_names_the_adopted_and_prints_full_counts(staff: Visitor) -> None:
    words = notice_of(staff)
    assert "江州市人民代表大会公告" in words
    assert NOTICE in words
    assert f"1.{NAMES[0]}" in words
    assert "应到代表12人，实到代表12人" in words


def test_the_workbook_lists_the_adopted_with_votes_codes_and_addresses(staff: Visitor, hall: Hall) -> None:
    caption, headings, *rows = workbook_of(staff)
    assert "2026年度民生实事项目票决清单" in str(caption[0])
    assert [row[headings.index("赞成票")] for row in rows] == [12, 10, 9]
    code = project_code(hall.projects[0])
    assert rows[0][headings.index("公开页")] == f"https://rd.example.cn/p/{code}"


def test_the_placards_lead_to_the_public_pages(staff: Visitor, hall: Hall) -> None:
    adopted = {f"https://rd.example.cn/p/{project_code(project)}" for project in hall.projects[:3]}
    assert set(scanned(staff.open(f"{ROOT}/placards.pdf?size=six_a_page").content)) == adopted
    one = staff.open(f"{ROOT}/placards/{hall.projects[1]}.pdf").content
    assert scanned(one) == [f"https://rd.example.cn/p/{project_code(hall.projects[1])}"]
    assert staff.open(f"{ROOT}/placards/{hall.projects[4]}.pdf").status == 404


def test_a_year_without_a_list_is_not_found(staff: Visitor) -> None:
    assert staff.open("/staff/jz/lists/2031").status == 404


def test_a_department_does_not_open_the_offices_list(hall: Hall, signed_in: SignedIn) -> None:
    assert signed_in(Role.GOVERNMENT, hall.congress).open(ROOT).status == 403


def test_a_profile_that_publishes_the_adopted_only_keeps_every_count_in_the_office(
    house: House, signed_in: SignedIn, visitor: Visitor
) -> None:
    hall = declared(house, Publication.ADOPTED_ONLY)
    staff = signed_in(Role.STAFF, hall.congress)
    assert "只公布列入的项目" in staff.open(ROOT).words
    assert "应到代表" not in notice_of(staff)
    assert NAMES[3] not in notice_of(staff)
    assert "赞成票" not in workbook_of(staff)[1]
    told = json.loads(visitor.open("/jz/2026.json").text)
    assert [one["name"] for one in told["projects"]] == list(NAMES[:3])
    assert not any("votes" in one for one in told["projects"])
    public = [visitor.open("/jz/2026").words]
    public += [visitor.open(f"/p/{project_code(project)}").words for project in hall.projects]
    assert not [words for words in public if "赞成" in words or any(count in words for count in COUNTS)]


def test_with_full_counts_residents_read_them(hall: Hall, visitor: Visitor) -> None:
    assert "赞成 12 票" in visitor.open(f"/p/{project_code(hall.projects[0])}").words
    assert json.loads(visitor.open("/jz/2026.json").text)["projects"][0]["votes"]["for"] == 12
