"""Poster, leaflet and door signs lead any phone to the form; the notice reads as an office writes it."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from interfaces.documents.call_notice import CallNotice, call_notice
from interfaces.documents.call_sheets import (
    CallSheet,
    HouseSign,
    HouseSigns,
    PosterSize,
    Spot,
    Way,
    call_leaflet,
    call_poster,
    house_signs,
)
from interfaces.web.calls.views import paragraphs
from interfaces.web.calls.wording import usual_title, usual_words
from tests.interfaces.documents.printed import catalogue, pages, scanned, texts

WORDING = [(one.words, one.heading) for one in paragraphs(usual_words(2027, "city"))]
SHEET = CallSheet(
    congress="青城市人民代表大会",
    year=2027,
    decision="人大代表票决",
    counting="按票决办法计票。",
    opens="2026年9月20日",
    closes="10月19日",
    days=30,
    form="https://piaojue.example/qc/2027/propose?via=qr",
    page="https://piaojue.example/qc/2027/call",
    ways=[Way(name="电话", words="0471-1234567"), Way(name="来信", words="政和路 1 号")],
    paragraphs=WORDING,
    houses=[Spot(name="北街代表之家", address="北街 12 号", hours="周三 9:00")],
    telephone="0471-1234567",
    address="政和路 1 号",
)
A4_AT_150_DPI = (1240, 1754)


@pytest.mark.parametrize(("size", "points"), [(PosterSize.A4, A4_AT_150_DPI), (PosterSize.A3, (1754, 2480))])
def test_a_poster_of_its_size_leads_to_the_form(size: PosterSize, points: tuple[int, int]) -> None:
    pdf = call_poster(SHEET, size)
    assert scanned(pdf) == [SHEET.form]
    (page,) = pages(pdf)
    assert all(abs(found - wanted) <= 2 for found, wanted in zip(page.size, points, strict=True))
    for words in ("2026年9月20日", "至10月19日", "piaojue.example/qc/2027/call", "0471-1234567"):
        assert words in texts(pdf)[0]
    assert catalogue(pdf) == (True, True)


def test_a_leaflet_has_two_sides_with_the_whole_wording_and_a_form() -> None:
    pdf = call_leaflet(SHEET)
    outside, inside = texts(pdf)
    assert scanned(pdf) == [SHEET.form]
    assert "北街代表之家" in outside
    assert "哪些不列入" in inside
    assert "联系方式只用于与您核实建议，不对外公开。" in inside
    assert "建议名称" in inside
    assert catalogue(pdf) == (True, True)


def test_long_texts_stay_on_their_sheets() -> None:
    ways = [Way(name="来信", words="江城市人大常委会办公室（江城市政和路1号，017000）" * 4)] * 8
    assert len(texts(call_poster(replace(SHEET, ways=ways), PosterSize.A4))) == 1
    assert len(texts(call_leaflet(replace(SHEET, paragraphs=WORDING * 4, ways=ways)))) == 2


def test_every_door_has_its_own_sign() -> None:
    signs = [
        HouseSign(
            name=name, address="北街 12 号", hours="", telephone="", code=code, page=f"https://p.example/h/{code}"
        )
        for name, code in (("北街代表之家", "7K3M9QW1"), ("东河镇人大代表联络站暨新时代文明实践站" * 3, "7K3M9QW2"))
    ]
    pdf = house_signs(
        HouseSigns(congress="青城市人民代表大会", house_word="代表之家", invitation="请您告诉代表", signs=signs)
    )
    assert scanned(pdf) == [one.page for one in signs]
    assert len(texts(pdf)) == 2
    assert "北街代表之家" in texts(pdf)[0]


def test_the_notice_numbers_time_and_ways_after_the_wording() -> None:
    paper = docx.Document(
        io.BytesIO(
            call_notice(
                CallNotice(
                    congress="青城市人民代表大会",
                    title=usual_title(2027),
                    number="青人常办〔2026〕18号",
                    paragraphs=WORDING,
                    opens_on=date(2026, 9, 20),
                    closes_on=date(2026, 10, 19),
                    days=30,
                    ways=["电话：0471-1234567"],
                    houses=[("北街代表之家", "北街 12 号", "周三 9:00", "")],
                    published_on=date(2026, 9, 18),
                )
            )
        )
    )
    told = [paragraph.text for paragraph in paper.paragraphs]
    assert told[:3] == ["关于征集2027年度民生实事项目建议的公告", "青人常办〔2026〕18号", ""]
    place = told.index("五、征集时间")
    assert told[place + 1 : place + 4] == [
        "2026年9月20日至2026年10月19日，共30天。",
        "六、征集渠道",
        "（一）电话：0471-1234567",
    ]
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["1", "北街代表之家", "北街 12 号", "周三 9:00", ""]
