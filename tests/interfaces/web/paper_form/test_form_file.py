"""The form of the papers, downloaded for a computer that reads them."""

import pytest

from domain.polls.count import form_of
from interfaces.paper.form_file import read_form
from tests.support.polls import Hall
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_the_form_is_downloaded_beside_the_papers(hall: Hall, staff: Visitor) -> None:
    address = f"/staff/jz/polls/{hall.poll}"
    page = staff.open(f"{address}/print-papers")
    assert page.document.xpath(f"//a[@href='{address}/form.json']")
    assert read_form(staff.open(f"{address}/form.json").content) == form_of(hall.poll, hall.state.prepared)
