"""Printing papers and replacing spoiled ones, in the browser."""

from collections.abc import Callable

import pytest

from domain.accounts.permissions import Actor
from interfaces.composition import House
from tests.interfaces.web.papers_out.conftest import opened, settled
from tests.support.polls import Hall
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SignsIn = Callable[[Actor], Visitor]


def url_of(hall: Hall, area: str = "staff") -> str:
    return f"/{area}/jz/polls/{hall.poll}"


def test_papers_are_printed_for_the_roll_and_some_more(hall: Hall, house: House, staff: Visitor) -> None:
    page = staff.open(f"{url_of(hall)}/print-papers")
    assert page.document.xpath("//input[@name='papers']")[0].value == "14"
    assert staff.send(papers="3").content.startswith(b"%PDF")
    settled(house)
    assert hall.state.papers.printed == 3
    assert "已印 3 张" in staff.open(url_of(hall)).words


@pytest.mark.parametrize("papers", ["0", "5001", "x"])
def test_a_wrong_number_is_told_beside_the_field(hall: Hall, staff: Visitor, papers: str) -> None:
    staff.open(f"{url_of(hall)}/print-papers")
    page = staff.send(papers=papers)
    assert page.status == 422
    assert page.errors
    assert hall.state.papers.printed == 0


def test_a_spoiled_paper_is_replaced_at_the_scrutineers_table(hall: Hall, house: House, signs_in: SignsIn) -> None:
    opened(hall, house)
    one = signs_in(hall.scrutineers[0])
    one.open(f"{url_of(hall, 'scrutineer')}/spoiled-papers")
    page = one.send()
    assert page.said == "已换一张。"
    assert hall.state.papers.replaced == 1


def test_after_closing_nothing_is_printed_or_replaced(hall: Hall, house: House, staff: Visitor) -> None:
    opened(hall, house)
    staff.open(f"{url_of(hall)}/spoiled-papers")
    form = staff.at
    hall.close()
    settled(house)
    staff.at = form
    assert staff.send().status == 409
    assert "不再印纸质票" in staff.open(f"{url_of(hall)}/print-papers").words
    assert "不再换票" in staff.open(f"{url_of(hall)}/spoiled-papers").words
