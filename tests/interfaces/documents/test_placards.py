"""Placards: a QR code at the site that any phone can read."""

from dataclasses import replace

import pytest

from interfaces.documents.placards import Placard, PlacardSheets, PlacardSize, placards
from tests.interfaces.documents.printed import catalogue, scanned, texts

NAMES = ("城乡排水防洪提升", "农村公路安全防护", "老旧小区改造", "街心公园与健身设施", "农村电网改造提升")
SHEETS = PlacardSheets(
    congress="青城市人民代表大会",
    year=2026,
    placards=tuple(
        Placard(
            number=n, name=name, code=f"7K3M9QW{n}", address=f"https://piaojue.example/p/7K3M9QW{n}", lead_unit="水务局"
        )
        for n, name in enumerate((*NAMES, "中心城区交通缓堵", "义务教育学位扩容"), start=1)
    ),
)


@pytest.mark.parametrize("size", list(PlacardSize))
def test_every_placard_leads_to_its_project(size: PlacardSize) -> None:
    assert sorted(scanned(placards(SHEETS, size))) == [p.address for p in SHEETS.placards]


@pytest.mark.parametrize(("size", "count"), [(PlacardSize.WHOLE_PAGE, 7), (PlacardSize.SIX_A_PAGE, 2)])
def test_a_size_fills_its_pages(size: PlacardSize, count: int) -> None:
    assert len(texts(placards(SHEETS, size))) == count


@pytest.mark.parametrize("size", list(PlacardSize))
def test_a_placard_can_be_read_without_scanning(size: PlacardSize) -> None:
    first = texts(placards(SHEETS, size))[0]
    for shown in ("城乡排水防洪提升", "青城市人民代表大会", "2026年度", "7K3M9QW1", "piaojue.example/p/7K3M9QW1"):
        assert shown in first


def test_a_long_name_stays_on_its_page() -> None:
    long = replace(SHEETS.placards[0], name="城乡排水防洪提升与主城区及东河镇易涝点整治、泵站新建改造一体化工程" * 2)
    for size in PlacardSize:
        pdf = placards(replace(SHEETS, placards=(long,)), size)
        assert len(texts(pdf)) == 1
        assert long.name in texts(pdf)[0]
        assert scanned(pdf) == [long.address]


def test_the_same_projects_give_the_same_bytes() -> None:
    for size in PlacardSize:
        assert placards(SHEETS, size) == placards(SHEETS, size)
        assert catalogue(placards(SHEETS, size)) == (True, True)
