"""Signing in and out."""


import pytest

from application.signing_in import create_administrator
from interfaces.composition import House
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PASSWORD = "three short words"


@pytest.fixture
def administrator(house: House) -> str:
    create_administrator(house.office, house.private, "first", login="Wang.Min", name="王敏", password=PASSWORD)
    return "wang.min"


def test_the_first_administrator_signs_in_and_out(visitor: Visitor, administrator: str) -> None:
    visitor.open("/sign-in")
    page = visitor.send(login="WANG.MIN ", password=PASSWORD)
    assert page.path == "/staff/congresses"
