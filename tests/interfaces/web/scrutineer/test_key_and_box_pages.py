"""The pages of the key and the box without a browser: who may see them, when, and what they can never send."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Actor, Role
from domain.polls.card import card_id
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.support import polls, visitors
from tests.support.polls import Hall
from tests.support.sealing import guarded, new_key, open_twice, record_key, sealed
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

Sits = Callable[[Actor], Visitor]


@pytest.fixture
def sealed_hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, sealing=Sealing.SEALED)
    made.private = house.private
    return made


@pytest.fixture
def sits(house: House, site: FastAPI) -> Sits:
    """Somebody of the table, signed in to the account that the office made."""

    def down(person: Actor) -> Visitor:
        house.followers.wait_for(house.history.last_position(), timeout=20)
        return visitors.sign_in(house, visitors.visitor(site), person.account)

    return down


def root(hall: Hall) -> str:
    return f"/scrutineer/jz/polls/{hall.poll}"


def test_the_table_is_led_from_the_key_to_the_trial_to_the_cards(sealed_hall: Hall, sits: Sits) -> None:
    chief = sits(sealed_hall.chief)
    page = chief.open(root(sealed_hall))
    assert "生成票箱密钥" in page.words
    assert f"{root(sealed_hall)}/key/new" in page.links()
    key = new_key(sealed_hall)
    record_key(sealed_hall, key)
    assert f"{root(sealed_hall)}/key/trial" in sits(sealed_hall.chief).open(root(sealed_hall)).links()
    guarded(sealed_hall)
    assert "启用票卡" in sits(sealed_hall.chief).open(root(sealed_hall)).words


def test_the_office_waits_for_the_key_and_cannot_make_it(sealed_hall: Hall, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, sealed_hall.congress)
    page = staff.open(f"/staff/jz/polls/{sealed_hall.poll}")
    assert "等待生成票箱密钥" in page.words
    assert "还没有生成票箱密钥" in page.words
    for path in ("key", "key/new", "box", "box/box.json"):
        assert staff.open(f"{root(sealed_hall)}/{path}").status == 403
    of_another_poll = signed_in(Role.SCRUTINEER, sealed_hall.congress)
    page = of_another_poll.open(f"{root(sealed_hall)}/key/new")
    assert page.status == 409
    assert "不是这次表决的监票人" in page.words


def test_no_field_for_a_share_belongs_to_a_form_or_has_a_name(sealed_hall: Hall, sits: Sits) -> None:
    guarded(sealed_hall)
    chief = sits(sealed_hall.chief)
    for path in ("key/new", "key/trial"):
        page = chief.open(f"{root(sealed_hall)}/{path}")
        assert page.status == 200
        for field in page.document.xpath("//textarea | //input[@type='text' or not(@type)]"):
            assert field.get("name") is None
            assert not list(field.iterancestors("form"))
    names = {field.get("name") for form in page.document.forms for field in form.xpath(".//input")}
    assert names <= {"csrf", "command_key", "key", "combinations"}


def test_a_key_that_is_none_is_refused_on_its_page(sealed_hall: Hall, sits: Sits) -> None:
    chief = sits(sealed_hall.chief)
    address = f"{root(sealed_hall)}/key/new"
    chief.open(address)
    people = " ".join(str(entry.delegate) for entry in sealed_hall.delegates[:3])
    page = chief.send(address, public_key="ff", threshold="2", holders=people, shares="a b c")
    assert page.status == 422
    assert any("重新生成" in said for said in page.errors)
    page = chief.send(address, public_key="5a" * 32, threshold="2", holders="somebody", shares="a b c")
    assert page.status == 422


def test_an_unsealed_poll_has_no_key_page(house: House, sits: Sits) -> None:
    plain = polls.prepared(house.office, house.box)
    chief = sits(plain.chief)
    for path in ("key", "key/new", "box"):
        page = chief.open(f"{root(plain)}/{path}")
        assert page.status == 409
        assert "没有密封" in page.words


def test_the_box_is_handed_out_only_when_it_is_closed_and_deleted_only_when_it_is_time(
    sealed_hall: Hall, sits: Sits
) -> None:
    key = guarded(sealed_hall)
    sealed_hall.release()
    sealed_hall.seat()
    sealed_hall.open()
    sealed_hall.box.cast(
        sealed_hall.poll,
        card_id(sealed_hall.cards[0]),
        sealed(("for",) * len(sealed_hall.form.items), sealed_hall, key),
    )
    chief = sits(sealed_hall.chief)
    assert chief.open(f"{root(sealed_hall)}/box/box.json").status == 409
    sealed_hall.close()
    chief = sits(sealed_hall.chief)
    answer = chief.open(f"{root(sealed_hall)}/box/box.json")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    open_twice(sealed_hall, key)
    assert "两次一致" in sits(sealed_hall.chief).open(f"{root(sealed_hall)}/box").words
    assert sits(sealed_hall.scrutineers[0]).open(f"{root(sealed_hall)}/box/delete").status == 409
    chief.open(f"{root(sealed_hall)}/box/delete")
    page = chief.send(f"{root(sealed_hall)}/box/delete")
    assert page.status == 409
