"""The upper level's first page: sums over years, the asks and the lights of those below, computed and in few words."""

from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from application.history.recorded import Recorded
from domain.accounts.permissions import Role
from domain.asks.ask import AskIssued, AskKind, ask_id
from domain.projects.card import CandidateCard
from domain.projects.project import CandidateDrafted, ProjectAdopted
from domain.shared import Money, Year
from interfaces.composition import House
from tests.support import levels
from tests.support.levels import CITY, EAST, HILLS
from tests.support.stores import Clock
from tests.support.visitors import SignedIn
from tests.support.year import of

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ADOPTED = {(EAST, 2024): 5, (EAST, 2025): 6, (EAST, 2026): 7, (HILLS, 2026): 4, (EAST, 2022): 90}


@pytest.fixture
def built(house: House, clock: Clock) -> House:
    """Two bodies below the city with adopted projects, one of which owes an answer."""
    levels.build(house.history)
    for (congress, year), count in ADOPTED.items():
        for number in range(1, count + 1):
            _adopt(house, congress, year, number)
    ask = ask_id(EAST, Year(2026), AskKind.PROGRESS, None)
    known = {"congress": EAST, "year": Year(2026), "kind": AskKind.PROGRESS, "project": None, "unit": None}
    _tell(house, ask, of(AskIssued, **known, asked_by=CITY))
    clock.set(2026, 11, 22)
    assert house.followers.wait_for(house.history.last_position(), timeout=30)
    return house


@pytest.mark.usefixtures("built")
def test_the_city_sees_what_is_below_added_up(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, CITY)
    page = staff.open("/staff/city")
    (below,) = page.document.xpath("//section[h2='本级和下级']")
    words = " ".join(below.text_content().split())
    assert all(said in words for said in ("3 年票决项目", "22 个", "2024—2026 年，2 个单位"))
    titles = [one.text for one in below.xpath(".//figcaption")]
    assert titles == ["下级四问", "下级项目亮灯"]
    assert "逾期" in below.xpath(".//figure//table")[0].text_content()
    assert {"/staff/city/below", "/staff/city/year-reports"} <= set(page.links())

    shelf = staff.open("/staff/city/year-reports?first=2022&last=2026")
    assert shelf.document.xpath("(//table)[1]/tfoot//td")[0].text_content() == "112"
    one = signed_in(Role.STAFF, HILLS).open("/staff/hills")
    assert "本级和下级" not in one.words


def _adopt(house: House, congress: UUID, year: int, number: int) -> None:
    project = uuid5(congress, f"{year}/{number}")
    card = CandidateCard(name=f"项目{number}", category="教育", total_funds=Money(Decimal(number * 1_000_000)))
    code = f"{project.int % 10**7:07}"
    drafted = CandidateDrafted(congress=congress, year=Year(year), code=code, card=card)
    _tell(house, project, drafted, of(ProjectAdopted, number=number, decided_by=""))


def _tell(house: House, stream: UUID, *facts: object) -> None:
    at = house.office.now()
    house.history.append([Recorded(stream, place, at, None, fact) for place, fact in enumerate(facts, 1)], seen={})
