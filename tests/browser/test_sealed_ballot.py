"""A ballot that is sealed in the voter's browser: once, to the scrutineers' key, and kept until it is answered."""

import base64
import json
import secrets
from dataclasses import replace
from functools import partial

import pytest
from nacl.public import SealedBox
from playwright.sync_api import Page, Route, expect

from application.polls.voting import open_poll
from domain.polls.ballot import receipt
from domain.polls.ballot_form import decoded
from domain.polls.card import card_id, printed_code
from domain.polls.card_set import CardOfAnotherSet
from domain.polls.poll import Sealing
from domain.polls.rules import RuleProfile
from interfaces.composition import House
from interfaces.public.ballot import sentences as of_the_ballot
from interfaces.public.ballot.sentences import TOLD
from interfaces.web._base.language import Lazy, speaking
from interfaces.web._base.sentences import sentence
from interfaces.web.polls import sentences as of_polls
from tests.browser.conftest import Window
from tests.browser.test_ballot import cast, forgiving, is_fine, mark, scan
from tests.support.browser import PHONE, sideways
from tests.support.polls import BLUE, GREEN, RULES, Hall, open_hall, prepared
from tests.support.sealing import MadeKey, guarded, sealed
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


def test_two_windows_with_one_card_send_one_ballot(window: Window, guarded_hall: tuple[Hall, MadeKey]) -> None:
    """What was sealed first is the ballot, whatever the other window has marked meanwhile."""
    hall, key = guarded_hall
    first = forgiving(window(PHONE))
    second = first.context.new_page()
    for page, said in ((first, "赞成"), (second, "反对")):
        scan(page, hall.cards[0])
        mark(page, said)
        page.locator("#to-review").click()
    first.route("**/v/cast*", lambda route: route.abort())
    with first.expect_request("**/v/cast*") as sent:
        first.locator("#send").click()
    second.wait_for_function("localStorage.length > 0")  # another process of the browser: it hears of it a little later
    with second.expect_request("**/v/cast*") as again:
        second.locator("#send").click()
    expect(second.locator("#done")).to_be_visible()
    assert again.value.post_data == sent.value.post_data
    first.unroute("**/v/cast*")
    first.evaluate("dispatchEvent(new Event('online'))")
    expect(first.locator("#done")).to_be_visible()
    assert kept_in(first) == "[{},{}]"
    hall.close()
    (ballot,) = hall.box.ballots(hall.poll)
    assert decoded(SealedBox(key.secret).decrypt(ballot), hall.form) == ("for", "", "", "", "", "")


def test_another_card_scanned_meanwhile_comes_after_the_ballot_without_an_answer(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, _ = guarded_hall
    page = forgiving(window(PHONE))
    page.route("**/v/cast*", lambda route: route.abort())
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#sending-text")).to_contain_text("还不知道")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.unroute("**/v/cast*")
    scan(page, hall.cards[1])
    expect(page.locator("#done")).to_be_visible()
    first = page.locator("#receipt").inner_text().replace(" ", "")
    assert first == hall.box.receipt_of(hall.poll, card_id(hall.cards[0]))
    is_fine(page)
    page.get_by_role("button", name="用刚才扫描的另一张票卡投票").click()
    mark(page, "反对")
    assert cast(page) == hall.box.receipt_of(hall.poll, card_id(hall.cards[1])) != first


def test_other_bytes_for_a_used_card_are_told_the_receipt_in_the_box_and_whom_to_ask(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    given = hall.box.cast(hall.poll, card_id(hall.cards[0]), sealed(["against"] * 6, hall, key))  # another phone
    page.locator("#send").click()
    expect(page.locator("#told-title")).to_have_text("这张票卡已经投过票")
    expect(page.locator("#told-text")).to_contain_text("先投的一张有效，这一张没有接受")
    expect(page.locator("#told-text")).to_contain_text("监票人")
    assert page.locator("#told-receipt").inner_text().replace(" ", "") == given
    assert kept_in(page) == "[{},{}]"
    is_fine(page)


def test_an_answer_that_is_not_the_box_s_is_none(window: Window, guarded_hall: tuple[Hall, MadeKey]) -> None:
    """A captive portal's page, a proxy's error, a receipt for other bytes: still 尚未投票, and the same goes again."""
    hall, _ = guarded_hall
    page = forgiving(window(PHONE))
    page.clock.install()
    answers = [
        {"status": 200, "body": "<html>请登录无线网络</html>"},
        {"status": 200, "json": {"ok": True}},
        {"status": 403, "json": {"error": "forbidden"}},
        {"status": 200, "json": {"receipt": "0" * 64}},
    ]
    asked: list[str] = []

    def elsewhere(route: Route) -> None:
        asked.append(route.request.post_data or "")
        if answers:
            route.fulfill(**answers.pop(0))  # type: ignore[arg-type]  # each is a set of keyword arguments
        else:
            route.continue_()

    page.route("**/v/cast*", elsewhere)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    while answers:
        expect(page.locator("#sending-text")).to_contain_text("还不知道")
        expect(page.locator("#state")).to_have_text("尚未投票")
        page.clock.run_for(30_100)
        page.wait_for_timeout(100)
    for _ in range(300):  # the page's time runs on, but the answer comes in ours
        if page.locator("#done").is_visible():
            break
        page.clock.run_for(30_100)
        page.wait_for_timeout(100)
    expect(page.locator("#done")).to_be_visible()
    assert len(set(asked)) == 1


def test_a_key_that_is_not_what_its_fingerprint_says_is_not_sealed_to(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, _ = guarded_hall
    page = window(PHONE)

    def exchanged(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "public_key": "11" * 32})

    page.route("**/v/form*", exchanged)
    scan(page, hall.cards[0])
    expect(page.locator("#told-text")).to_contain_text("立即告诉监票人")
    expect(page.locator("#ballot")).to_be_hidden()


def test_marks_that_are_not_sealed_are_never_kept(window: Window, house: House) -> None:
    hall = open_hall(house.office, house.box)
    page = forgiving(window(PHONE))
    page.route("**/v/cast*", lambda route: route.abort())
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#sending-text")).to_contain_text("还不知道")
    assert kept_in(page) == "[{},{}]"


def test_a_rehearsal_cannot_be_taken_for_the_vote(window: Window, guarded_hall: tuple[Hall, MadeKey]) -> None:
    hall, _ = guarded_hall
    page = forgiving(window(PHONE))
    page.route("**/v/form*", lambda route: route.fulfill(json={**route.fetch().json(), "rehearsal": True}))
    scan(page, hall.cards[0])
    mark(page, "赞成")
    bar = page.locator("#rehearsal")
    expect(bar).to_have_text("演练：这不是真正的投票，结果不作数")
    assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(91, 58, 142)"
    watermark = "getComputedStyle(document.querySelector('.sheet'), '::after').content"
    assert "演练" in page.evaluate(watermark)
    is_fine(page)
    page.locator("#to-review").click()
    page.route("**/v/cast*", lambda route: route.abort(), times=1)
    page.locator("#send").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()  # a page that was killed still knows what it was
    expect(page.locator("#done")).to_be_visible()
    expect(bar).to_be_visible()
    assert "演练" in page.evaluate(watermark)


def test_what_the_page_seals_pynacl_opens_and_the_other_way_round(
    window: Window, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    """One library for both pages, libsodium for the server's side: every length, both ways, byte by byte."""
    _, key = guarded_hall
    page = window(PHONE)
    page.goto("/v")
    public, secret = list(bytes(key.secret.public_key)), list(bytes(key.secret))
    for length in (0, 1, 16, 27, 31, 32, 33, 64, 400):
        said = secrets.token_bytes(length)
        made = page.evaluate(
            "([said, to]) => Array.from(sealedBox.seal(new Uint8Array(said), new Uint8Array(to)))", [list(said), public]
        )
        assert len(made) == length + 48
        assert SealedBox(key.secret).decrypt(bytes(made)) == said
        ours = SealedBox(key.secret.public_key).encrypt(said)
        found = page.evaluate(
            "([box, to, by]) => Array.from(sealedBox.open(...[box, to, by].map((one) => new Uint8Array(one))))",
            [list(ours), public, secret],
        )
        assert bytes(found) == said


@pytest.mark.parametrize(("width", "text"), [(195, "100%"), (320, "200%"), (390, "200%")])
def test_every_screen_can_be_read_at_twice_its_size(
    window: Window, guarded_hall: tuple[Hall, MadeKey], width: int, text: str
) -> None:
    """A phone of 390 px zoomed to 200 %, or text of 200 %: nothing is cut off or scrolls sideways (WCAG 1.4.4)."""
    hall, _ = guarded_hall
    page = window({"width": width, "height": 640})
    cut_off = """() => [...document.querySelectorAll('.dock .btn')].filter(one => {
        const box = one.getBoundingClientRect(), held = getComputedStyle(one.closest('.dock')).position === 'fixed';
        return box.right > innerWidth || (held && box.bottom > innerHeight); })
        .map(one => one.textContent)"""

    def enlarged() -> None:
        for size in (text, ""):
            page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
            assert sideways(page) == []
            assert page.evaluate(cut_off) == []

    page.goto("/v")
    enlarged()
    scan(page, hall.left_over[0])
    expect(page.locator("#told")).to_be_visible()
    enlarged()
    scan(page, hall.cards[0])
    mark(page, "赞成", "反对")
    enlarged()
    page.locator("#to-review").click()
    enlarged()
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    enlarged()


def _told(name: str) -> dict[str, str]:
    """What the door would answer with that refusal, as its own tests see it."""
    told = TOLD[name]
    said = {**of_polls.SENTENCES, **of_the_ballot.SENTENCES}[name]
    if name == "CardOfAnotherSet":
        text = sentence(CardOfAnotherSet(card_set=BLUE, open_sets=(GREEN,)))
    else:
        text = said.filled(wait=60) if isinstance(said, Lazy) else ""
    receipt_in_box = {"receipt": "0f" * 32} if name == "CardUsed" else {}
    return {"refused": name, "title": str(told.title), "sentence": text, "tone": told.tone, "again": told.again} | (
        receipt_in_box
    )


def _answered(told: dict[str, str], route: Route) -> None:
    route.fulfill(status=409, json=told)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_refusal_has_its_screen_with_what_to_do_next(
    window: Window, guarded_hall: tuple[Hall, MadeKey], language: str
) -> None:
    """All that ballot.md names under "What a voter sees when something is wrong", one after the other."""
    hall, _ = guarded_hall
    page = window(PHONE)
    with speaking(language):
        refusals = {name: _told(name) for name in TOLD if TOLD[name].again != "word"}
    for name, told in refusals.items():
        page.unroute_all()
        page.route("**/v/form*", partial(_answered, told))
        page.goto("about:blank")
        page.goto(f"/v?lang={language}#{hall.cards[0]}")
        expect(page.locator("#told-title")).to_have_text(told["title"])
        expect(page.locator("#told-text")).to_have_text(told["sentence"])
        expect(page.locator("#told")).to_be_focused()
        assert page.locator("#told-receipt").is_visible() == (name == "CardUsed")
        assert page.locator("#refill").is_visible() == (told["again"] == "refill")
        assert page.locator("#again").is_visible()
        assert page.locator("#state").is_visible() == (name != "CardUsed")
        is_fine(page)
