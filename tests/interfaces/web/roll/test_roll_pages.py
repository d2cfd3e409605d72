"""The pages of the roll: found by delegation and name, added, corrected, taken off, exported."""

from uuid import UUID

import pytest

from application import check_in as desk
from application.congress import import_delegates
from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.tables.delegates import read_delegates
from interfaces.tables.reading import read_table
from projections.roll import ListedDelegate, delegates_of
from tests.interfaces.tables.sheets import sent
from tests.support import polls
from tests.support.stores import by, granted
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def on_the_roll(house: House, congress: UUID) -> list[ListedDelegate]:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    with house.reading.connect() as connection:
        return delegates_of(connection, congress)[0]


def names(page: Page) -> list[str]:
    return [row.text_content() for row in page.document.xpath("//tbody/tr/th")]


@pytest.fixture
def roll(house: House, congress: UUID) -> list[ListedDelegate]:
    """Sixty delegates in two delegations."""
    polls.roll_of(house.office, granted(Role.STAFF, congress), congress, 60)
    return on_the_roll(house, congress)


def test_an_empty_roll_leads_to_the_import(staff: Visitor) -> None:
    page = staff.open("/staff/jz/delegates")
    assert "名册还是空的" in page.words
    assert {"/staff/jz/delegates/import", "/staff/jz/delegates/template.xlsx"} <= set(page.links())


def test_a_delegate_is_added_by_hand(staff: Visitor, house: House, congress: UUID) -> None:
    staff.open("/staff/jz/delegates/new")
    page = staff.send(number="０００１", name="杜　静", delegation="东河区", gender="female", special_committee="yes")
    assert page.said == "杜静已列入名册。"
    (one,) = on_the_roll(house, congress)
    assert one == (one.id, "0001", "杜静", "东河区", "female", "", True, "")


def test_what_is_missing_or_wrong_is_told_beside_its_field(staff: Visitor) -> None:
    staff.open("/staff/jz/delegates/new")
    page = staff.send(number="一号", name="", delegation="东河区?")
    assert page.status == 422
    assert page.errors == [
        "代表证号：只能用数字、字母和短横，最多 20 位。",
        "姓名：请填写。",
        "代表团：不像代表团的名称，请检查。",
    ]
    assert page.document.xpath("//input[@name='number']")[0].value == "一号"


def test_a_number_that_is_taken_is_refused(staff: Visitor, roll: list[ListedDelegate]) -> None:
    assert len(roll) == 60
    staff.open("/staff/jz/delegates/new")
    page = staff.send(number="0001", name="杜静", delegation="城东代表团")
    assert page.status == 409
    assert page.errors == ["代表证号：代表证号 0001 已经在名册上，一个证号只能有一位代表。"]


def test_the_roll_is_paged_searched_and_shown_by_delegation(staff: Visitor, roll: list[ListedDelegate]) -> None:
    assert len(roll) == 60
    page = staff.open("/staff/jz/delegates")
    assert "60 位代表" in page.words
    assert len(names(page)) == 50
    assert len(names(staff.open("/staff/jz/delegates?page=2"))) == 10
    assert names(staff.open("/staff/jz/delegates?q=代表60")) == ["代表60"]
    assert len(names(staff.open("/staff/jz/delegates?delegation=城东代表团"))) == 30
    assert "没有找到这样的代表" in staff.open("/staff/jz/delegates?q=某某").words


def test_a_line_is_corrected(staff: Visitor, roll: list[ListedDelegate]) -> None:
    url = f"/staff/jz/delegates/{roll[0].id}"
    staff.open(url)
    page = staff.send(url, name="杜静", unit="市水务局")
    assert page.said == "杜静的资料已更正。"
    page = staff.open(url)
    assert page.document.xpath("//input[@name='unit']")[0].value == "市水务局"


def test_a_delegate_leaves_the_roll_unless_checked_in(
    staff: Visitor, house: House, congress: UUID, roll: list[ListedDelegate]
) -> None:
    clerk = granted(Role.STAFF, congress)
    session = polls.convened(house.office, clerk, congress, house.office.today())
    desk.check_in(house.office, by(clerk), session, roll[0].id)
    staff.open(f"/staff/jz/delegates/{roll[0].id}")
    page = staff.send(f"/staff/jz/delegates/{roll[0].id}/end")
    assert page.status == 409
    assert "已在本届会议签到或领票，不能移出名册" in page.words
    staff.open(f"/staff/jz/delegates/{roll[1].id}")
    page = staff.send(f"/staff/jz/delegates/{roll[1].id}/end")
    assert "59 位代表" in page.words


def test_the_exported_roll_can_be_imported_again(staff: Visitor, house: House, congress: UUID) -> None:
    listed, _ = read_delegates(read_table(sent("delegates.csv")), import_id=congress)
    import_delegates(house.office, by(granted(Role.STAFF, congress)), congress, congress, "名册.csv", listed)
    assert len(on_the_roll(house, congress)) == 327
    page = staff.open("/staff/jz/delegates/roll.xlsx")
    assert "attachment" in page.headers["content-disposition"]
    assert read_delegates(read_table(page.content), import_id=congress) == (listed, ())


def test_readers_look_and_change_nothing(signed_in: SignedIn, congress: UUID, roll: list[ListedDelegate]) -> None:
    reader = signed_in(Role.UPPER_READER, congress)
    page = reader.open("/staff/jz/delegates")
    assert len(names(page)) == 50
    assert f"/staff/jz/delegates/{roll[0].id}" not in page.links()
    for path in ("new", "import", str(roll[0].id)):
        assert reader.open(f"/staff/jz/delegates/{path}").status == 403
    assert signed_in(Role.GOVERNMENT, congress).open("/staff/jz/delegates").status == 403


def test_a_delegate_of_another_congress_is_not_found(
    house: House, signed_in: SignedIn, roll: list[ListedDelegate]
) -> None:
    other, _clerk = polls.founded(house.office, "other")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    staff = signed_in(Role.STAFF, other)
    assert staff.open(f"/staff/other/delegates/{roll[0].id}").status == 404
    assert "名册还是空的" in staff.open("/staff/other/delegates").words
