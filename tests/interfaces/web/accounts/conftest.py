"""Two congresses, for the pages about accounts."""

import pytest

from interfaces.composition import House
from tests.support.bodies import Body, found


@pytest.fixture
def qingcheng(house: House) -> Body:
    return found(house, "qc", "青城市人民代表大会")


@pytest.fixture
def donghe(house: House) -> Body:
    return found(house, "dh", "东河区人民代表大会")
