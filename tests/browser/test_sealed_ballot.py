"""A ballot that is sealed in the voter's browser: once, to the scrutineers' key, and kept until it is answered."""

import base64
import json
from dataclasses import replace

import pytest
from nacl.public import SealedBox
from playwright.sync_api import Page, Route, expect

from application.polls.voting import open_poll
from domain.polls.ballot import receipt
from domain.polls.ballot_form import decoded
from domain.polls.card import printed_code
from domain.polls.poll import Sealing
from domain.polls.rules import RuleProfile
from interfaces.composition import House
from tests.browser.conftest import Window
from tests.browser.test_ballot import cast, forgiving, is_fine, mark, scan
from tests.support.browser import PHONE
from tests.support.polls import RULES, Hall, prepared
from tests.support.sealing import MadeKey, guarded
from tests.support.stores import by

MARKED = ("for", "against", "", "", "", "")


def sealed_hall(house: House, rules: RuleProfile = RULES) -> tuple[Hall, MadeKey]:
    """A sealed poll that is open for everybody who holds a card."""
    hall = prepared(house.office, house.box, rules=rules, sealing=Sealing.SEALED)
    key = guarded(hall)
    hall.release()
    hall.seat()
    open_poll(house.office, house.box, by(hall.clerk), hall.poll, hall_words=house.hall_words)
    return hall, key


@pytest.fixture
def guarded_hall(house: House) -> tuple[Hall, MadeKey]:
    return sealed_hall(house)


def kept_in(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))


def test_marks_leave_the_phone_sealed_and_the_scrutineers_open_them(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    page = window(PHONE)
    scan(page, printed_code(hall.cards[0]))
    mark(page, "赞成", "反对")
    expect(page.locator("#unsealed")).to_be_hidden()
    shown = key.fingerprint[:16]
    expect(page.locator("#sealed")).to_contain_text(" ".join(shown[at : at + 4] for at in range(0, 16, 4)))
    is_fine(page)
    with page.expect_request("**/v/cast*") as sent:
        given = cast(page)
    said = json.loads(sent.value.post_data or "")
    assert said.keys() == {"card", "ballot", "form", "key"}
    assert said["key"] == key.fingerprint
    sealed = base64.b64decode(said["ballot"])
    assert len(sealed) == hall.form.sealed_bytes
    assert receipt(sealed) == given
    assert decoded(SealedBox(key.secret).decrypt(sealed), hall.form) == MARKED
    hall.close()
    assert hall.box.ballots(hall.poll) == [sealed]


def test_the_same_marks_are_never_the_same_bytes(window: Window, guarded_hall: tuple[Hall, MadeKey]) -> None:
    hall, _ = guarded_hall
    page = window(PHONE)
    receipts = set()
    for card in hall.cards[:3]:
        scan(page, card)
        mark(page, "赞成")
        receipts.add(cast(page))
    assert len(receipts) == 3
    hall.close()
    assert {len(ballot) for ballot in hall.box.ballots(hall.poll)} == {hall.form.sealed_bytes}


def test_a_page_that_was_killed_sends_the_very_same_ballot_again_also_after_closing(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    """The answer is lost on the way; what the page keeps holds no mark, and is gone with the receipt."""
    hall, _ = guarded_hall
    page = forgiving(window(PHONE))

    def commit_and_drop(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/v/cast*", commit_and_drop)
    scan(page, hall.cards[0])
    mark(page, "赞成", "反对")
    page.locator("#to-review").click()
    with page.expect_request("**/v/cast*") as sent:
        page.locator("#send").click()
    expect(page.locator("#sending-text")).to_contain_text("还不知道")
    before = json.loads(sent.value.post_data or "")
    kept = json.loads(page.evaluate("JSON.stringify({...localStorage})"))
    assert {name: json.loads(text) for name, text in kept.items()} == {
        f"piaojue.sealed.{hall.cards[0]}": {**before, "rehearsal": False}
    }
    hall.close()

    killed = page.context.new_page()
    page.close()
    with killed.expect_request("**/v/cast*") as again:
        killed.goto("/v")
    assert json.loads(again.value.post_data or "") == before
    expect(killed.locator("#done")).to_be_visible()
    assert killed.locator("#receipt").inner_text().replace(" ", "") == hall.box.receipts(hall.poll)[0]
    assert kept_in(killed) == "[{},{}]"


def test_a_tablet_of_the_hall_keeps_nothing(window: Window, guarded_hall: tuple[Hall, MadeKey]) -> None:
    hall, _ = guarded_hall
    page = forgiving(window(PHONE))
    page.route("**/v/cast*", lambda route: route.abort())
    page.goto("/v#tablet")
    page.locator("#code").fill(hall.cards[0])
    page.get_by_role("button", name="继续").click()
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#sending-text")).to_contain_text("还不知道")
    assert kept_in(page) == "[{},{}]"


def test_a_wrong_hall_word_uses_nothing_up_and_the_same_ballot_goes_again(window: Window, house: House) -> None:
    hall, _ = sealed_hall(house, replace(RULES, hall_word=True))
    right = house.hall_words.hall_word_of(hall.poll, hall.state)
    assert right is not None
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    page = forgiving(window(PHONE))
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#word-wrong")).to_contain_text("六位数字")
    page.locator("#word").fill(wrong)
    is_fine(page)
    with page.expect_request("**/v/cast*") as first:
        page.locator("#send").click()
    expect(page.locator("#word-wrong")).to_contain_text("不符")
    expect(page.locator("#state")).to_have_text("尚未投票")
    assert hall.box.counts(hall.poll).cast == 0
    page.locator("#word").fill(f"{right[:3]} {right[3:]}")
    with page.expect_request("**/v/cast*") as second:
        page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    sent = [json.loads(request.value.post_data or "") for request in (first, second)]
    assert [one.pop("word") for one in sent] == [wrong, right]
    assert sent[0] == sent[1]
    assert hall.box.counts(hall.poll).cast == 1
