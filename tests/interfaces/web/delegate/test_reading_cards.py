"""Delegates on their phones: a receipt only by their own act, notes nobody else has, the result after the vote."""

import pytest

from domain.accounts.permissions import Role
from domain.polls.rules import Publication
from interfaces.composition import House
from projections import reading_receipts
from tests.support import polls
from tests.support.declared import declared
from tests.support.polls import Hall
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROOT = "/delegate/jz"


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def reader(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[3].delegate, name="代表4")


def card(hall: Hall, number: int) -> str:
    return f"{ROOT}/projects/{hall.projects[number - 1]}"


def read(hall: Hall, house: House) -> set[int]:
    """The numbers of the cards the delegate has a receipt for."""
    with house.reading.connect() as connection:
        found = reading_receipts.read_by(connection, hall.congress, 2026, hall.delegates[3].delegate)
    return {hall.projects.index(project) + 1 for project in found}


def test_looking_at_a_card_gives_no_receipt(reader: Visitor, hall: Hall, house: House) -> None:
    for number in range(1, 7):
        assert reader.open(card(hall, number)).status == 200
    assert read(hall, house) == set()


def test_confirming_leads_to_the_next_card_that_was_not_read_and_round_again(
    reader: Visitor, hall: Hall, house: House
) -> None:
    for number, then in ((5, 6), (6, 1), (1, 2), (3, 4), (4, 2)):
        reader.open(card(hall, number))
        assert reader.send(f"{card(hall, number)}/read").path == card(hall, then)
    assert "已阅 5 / 6" in reader.open(ROOT).words
    reader.open(card(hall, 2))
    page = reader.send(f"{card(hall, 2)}/read")
    assert (page.path, page.said) == (ROOT, "候选项目已全部读完。")
    assert read(hall, house) == {1, 2, 3, 4, 5, 6}


def test_a_card_that_was_read_offers_no_second_receipt(reader: Visitor, hall: Hall) -> None:
    reader.open(card(hall, 1))
    reader.send(f"{card(hall, 1)}/read")
    page = reader.open(card(hall, 1))
    assert f"{card(hall, 1)}/read" not in page.forms()
    assert "已阅 1 / 6" in page.words


def test_a_card_shows_cost_per_person_and_support_with_its_numbers(reader: Visitor, hall: Hall) -> None:
    words = reader.open(card(hall, 1)).words
    assert "人均投资 800 元" in words
    assert "0 条建议 · 0 人附议" in words
    assert "市级财政 100%" in words


def test_a_note_is_kept_and_erased(reader: Visitor, hall: Hall, signed_in: SignedIn) -> None:
    reader.open(card(hall, 1))
    page = reader.send(f"{card(hall, 1)}/note", words="先问管网走向")
    assert page.said == "笔记已保存，只有您自己能看到。"
    assert "先问管网走向" in page.text
    assert "有笔记" in reader.open(ROOT).words
    staff = signed_in(Role.STAFF, hall.congress)
    assert "先问管网走向" not in staff.open(card(hall, 1)).text
    reader.open(card(hall, 1))
    reader.send(f"{card(hall, 1)}/note", words="  ")
    assert "有笔记" not in reader.open(ROOT).words


def test_a_note_that_is_too_long_is_kept_on_the_form(reader: Visitor, hall: Hall) -> None:
    reader.open(card(hall, 1))
    page = reader.send(f"{card(hall, 1)}/note", words="字" * 10_001)
    assert page.errors == ["审议发言用的笔记：内容太长。"]
    assert "字" * 10_001 in page.text


def test_the_office_looks_at_the_phones_pages_without_leaving_receipts(hall: Hall, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, hall.congress)
    page = staff.open(card(hall, 1))
    assert f"{card(hall, 1)}/read" not in page.forms()
    assert "已阅" not in page.words


def test_two_cards_side_by_side_and_an_unknown_one_is_left_out(reader: Visitor, hall: Hall) -> None:
    one, two = hall.projects[:2]
    page = reader.open(f"{ROOT}/compare?project={one}&project={two}&project=00000000-0000-0000-0000-000000000000")
    rows = [" ".join(row.itertext()).split() for row in page.document.xpath("//table/tbody/tr")]
    assert ["受益人数", "1.5", "万人", "1.5", "万人"] in rows
    assert reader.open(f"{ROOT}/compare?project={one}").document.xpath("//table") == []


def test_delegates_of_another_congress_see_nothing(hall: Hall, house: House, signed_in: SignedIn) -> None:
    congress, clerk = polls.founded(house.office, "lz")
    (entry,) = polls.roll_of(house.office, clerk, congress, 1)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    stranger = signed_in(Role.DELEGATE, congress, delegate=entry.delegate)
    assert stranger.open(card(hall, 1)).status == 404
    assert stranger.open(f"/delegate/lz/projects/{hall.projects[0]}").status == 404
    assert "名单公布后" in stranger.open("/delegate/lz").words


@pytest.mark.parametrize(("publication", "shown"), [(Publication.FULL_COUNTS, True), (Publication.ADOPTED_ONLY, False)])
def test_after_the_vote_every_card_tells_its_result(
    house: House, signed_in: SignedIn, publication: Publication, *, shown: bool
) -> None:
    hall = declared(house, publication)
    reader = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[3].delegate)
    adopted, passed_over = reader.open(card(hall, 1)).words, reader.open(card(hall, 4)).words
    assert "已列入年度清单，第 1 项" in adopted
    assert "未列入年度清单" in passed_over
    assert ("赞成 12 票，须 7 票" in adopted) is shown
    assert ("赞成 8 票" in passed_over) is shown
