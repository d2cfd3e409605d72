"""The trail as auditors read it."""

import csv
import io
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook

from application.history.book import BOOK
from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.congress.congress import Level, UnitAdded, UnitChanged
from interfaces.composition import House
from interfaces.web.audit import words
from tests.support.stores import actor, by
from tests.support.visitors import SignedIn

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def congress(house: House) -> UUID:
    made = uuid4()
    fact = congresses.found_congress(name="青城市人大", short_name="青城", slug="qc", level=Level.CITY, term=16)
    units = [UnitAdded(unit=uuid4(), name=f"第{number}局") for number in range(1, 121)]
    position = house.office.change(by(actor("王敏")), made, congresses.evolve, lambda _: (fact, *units))
    house.followers.wait_for(position)
    return made


@SQLITE
def test_an_auditor_reads_the_trail_of_the_own_congress_page_by_page(congress: UUID, signed_in: SignedIn) -> None:
    auditor = signed_in(Role.AUDITOR, congress)
    page = auditor.open("/staff/qc/audit?concept=congress")
    assert "第120局" in page.words
    assert "建立 青城市人大" not in page.words
    older = page.document.xpath("//a[@rel='next']/@href")[0]
    earlier = auditor.open(str(older))
    assert "建立 青城市人大（第 16 届）。" in earlier.words
    assert "第120局" not in earlier.words


@SQLITE
def test_a_line_leads_to_the_fact_as_it_is_recorded(congress: UUID, signed_in: SignedIn) -> None:
    auditor = signed_in(Role.AUDITOR, congress)
    link = auditor.open("/staff/qc/audit").document.xpath("//a[text()='增加单位']/@href")[0]
    page = auditor.open(str(link))
    assert page.heading == "增加单位"
    assert '"name": "第120局"' in page.words
    assert auditor.open("/staff/qc/audit/999999").status == 404
    assert auditor.open("/staff/qc/audit/0").status == 404


@SQLITE
def test_the_trail_is_filtered_by_days(congress: UUID, signed_in: SignedIn) -> None:
    auditor = signed_in(Role.AUDITOR, congress)
    assert "这个范围内没有记录。" in auditor.open("/staff/qc/audit?until=2026-01-19").words
    assert "第120局" in auditor.open("/staff/qc/audit?since=2026-01-20&until=2026-01-20&concept=congress").words
    assert auditor.open("/staff/qc/audit?by=me&before=x&concept=y&kind=z&about=w").status == 200


@SQLITE
def test_a_day_that_is_none_is_told_and_kept(congress: UUID, signed_in: SignedIn) -> None:
    page = signed_in(Role.AUDITOR, congress).open("/staff/qc/audit?since=yesterday&q=第7局")
    assert page.status == 422
    assert page.errors == ["从：请填写日期，例如 2026-01-24。"]
    assert page.document.xpath("//input[@name='since']/@value") == ["yesterday"]
    assert page.document.xpath("//input[@name='q']/@value") == ["第7局"]
    assert signed_in(Role.AUDITOR, congress).open("/staff/qc/audit?until=9999-12-31").status == 422


@SQLITE
def test_the_trail_is_searched_by_words_and_kinds_and_shows_sentences(congress: UUID, signed_in: SignedIn) -> None:
    auditor = signed_in(Role.AUDITOR, congress)
    found = auditor.open("/staff/qc/audit?q=第77局")
    assert found.document.xpath("//td[contains(@class, 'what')]/small/text()") == ["增加单位 第77局。"]
    assert "这个范围内没有记录。" in auditor.open("/staff/qc/audit?q=第77局&kind=congress.congress-founded").words


@SQLITE
def test_what_the_filter_finds_is_exported_without_formulas(congress: UUID, house: House, signed_in: SignedIn) -> None:
    bad = UnitAdded(unit=uuid4(), name="=1+1")
    house.followers.wait_for(house.office.change(by(actor("王敏")), congress, congresses.evolve, lambda _: bad))
    auditor = signed_in(Role.AUDITOR, congress)
    page = auditor.open("/staff/qc/audit?kind=congress.unit-added")
    links = [link for link in page.links() if "trail." in link]
    assert len(links) == 2
    listed = auditor.open(links[1])
    assert listed.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(listed.content.decode("utf-8-sig"))))
    assert rows[0] == ["序号", "时间", "谁", "做了什么", "关于", "说明"]
    assert len(rows) == 1 + 121
    assert rows[1][3:] == ["增加单位", "'=1+1", "增加单位 =1+1。"]
    book = load_workbook(io.BytesIO(auditor.open(links[0]).content)).worksheets[0]
    assert book["E3"].value == "=1+1"
    assert book["E3"].data_type == "s"


@SQLITE
def test_a_correction_shows_what_stood_there_before(congress: UUID, house: House, signed_in: SignedIn) -> None:
    unit = uuid4()
    facts = (
        UnitAdded(unit=unit, name="水务局", duty_phone="0470-1"),
        UnitChanged(unit=unit, name="水利局", duty_phone="0470-1"),
    )
    house.followers.wait_for(house.office.change(by(actor("王敏")), congress, congresses.evolve, lambda _: facts))
    auditor = signed_in(Role.AUDITOR, congress)
    link = auditor.open("/staff/qc/audit").document.xpath("//a[text()='更改单位']/@href")[0]
    page = auditor.open(str(link))
    (row,) = page.document.xpath("//table[contains(@class, 'changes')]/tbody/tr")
    assert [" ".join(cell.text_content().split()) for cell in row] == ["水利局 · 名称", "水务局", "水利局"]


@SQLITE
def test_only_auditors_and_administrators_read_the_trail(congress: UUID, signed_in: SignedIn) -> None:
    for role in (Role.STAFF, Role.GOVERNMENT, Role.SCRUTINEER, Role.VENUE):
        assert signed_in(role, congress).open("/staff/qc/audit").status == 403
    assert signed_in(Role.ADMINISTRATOR, congress).open("/staff/qc/audit").status == 200
    assert signed_in(Role.AUDITOR, congress).open("/staff/audit").status == 403
    assert "青城" in signed_in(Role.ADMINISTRATOR).open("/staff/audit").words


def test_every_fact_of_the_book_has_its_words() -> None:
    names = {entry.name for entry in BOOK.entries()}
    assert names - words.FACTS.keys() == set(), "add them to interfaces/web/audit/words.py"
    assert words.FACTS.keys() - names == set()
    assert {name.split(".")[0] for name in names} == words.CONCEPTS.keys()
