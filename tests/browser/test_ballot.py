"""The ballot page on a phone and at a desk: from the scanned card to the receipt, and everything that can go wrong."""

import base64
import gzip
import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Request, Response, Route, expect

from domain.accounts.permissions import Role
from domain.polls.ballot import receipt
from domain.polls.ballot_form import opened
from domain.polls.card import SECRET_BYTES, card_id, printed_code, secret_from
from domain.polls.rules import Form, MaxFor
from interfaces.composition import House
from tests.browser.conftest import Window
from tests.support import browser
from tests.support.browser import DESKTOP, PHONE, ROOT
from tests.support.polls import GREEN, RULES, Hall, open_hall, prepared

NOBODYS = secret_from(bytes(SECRET_BYTES))


@pytest.fixture
def hall(house: House) -> Hall:
    return open_hall(house.office, house.box)


def scan(page: Page, code: str) -> None:
    """As when a phone's camera opens the address on the card."""
    page.goto("about:blank")
    page.goto(f"/v#{code}")


def mark(page: Page, *words: str) -> None:
    """Marks the items from the first on."""
    expect(page.locator("#ballot")).to_be_visible()
    for place, said in enumerate(words):
        page.locator("fieldset").nth(place).get_by_label(said, exact=True).check()


def cast(page: Page) -> str:
    """Reviews, confirms, and reads the receipt."""
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    return page.locator("#receipt").inner_text().replace(" ", "")


def forgiving(page: Page) -> Page:
    """A window whose network may fail: the browser would complain of that on its console."""
    page.remove_listener("console", browser._complain)
    return page


def is_fine(page: Page) -> None:
    assert browser.faults(page) == []
    assert browser.sideways(page) == []
    assert browser.small_targets(page) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_delegate_marks_reviews_casts_and_gets_a_receipt_that_is_in_the_box(
    window: Window, hall: Hall, size: dict[str, int]
) -> None:
    page = window(size)
    asked: list[Request] = []
    page.on("request", lambda request: asked.extend([request]))  # playwright takes no built-in functions
    scan(page, printed_code(hall.cards[0]))
    expect(page.locator("#title")).to_have_text("2026年民生实事项目表决票")
    assert page.evaluate("location.href").endswith("/v")
    expect(page.locator("#state")).to_have_text("尚未投票")
    expect(page.locator("#unsealed")).to_contain_text("未密封")
    is_fine(page)
    mark(page, "赞成", "反对", "弃权", "赞成")
    expect(page.locator("#progress-text")).to_have_text("已选 4 / 6")
    page.locator("fieldset").nth(3).get_by_label("赞成").uncheck()
    expect(page.locator("#progress-text")).to_have_text("已选 3 / 6")

    page.locator("#to-review").click()
    expect(page.locator("#review-rows tr").nth(1)).to_contain_text("2 老旧小区加装电梯")
    expect(page.locator("#review-rows td")).to_have_text(["赞成", "反对", "弃权", "弃权", "弃权", "弃权"])
    expect(page.locator("#blanks")).to_contain_text("有 3 项没有选择，将按“弃权”计")
    expect(page.locator("#state")).to_have_text("尚未投票")
    is_fine(page)
    page.locator("#back").click()
    mark(page, "赞成", "赞成")
    given = cast(page)

    expect(page.locator("#state")).to_have_text("已投票")
    assert "赞成" not in page.locator("main").inner_text()
    assert page.locator("#items").inner_html() == ""
    is_fine(page)
    hall.close()
    assert hall.box.receipts(hall.poll) == [given]
    assert opened(hall.box.ballots(hall.poll)[0], hall.form) == ("for", "for", "abstain", "", "", "")
    assert all(hall.cards[0] not in request.url for request in asked)
    assert all("cookie" not in request.all_headers() for request in asked)


def test_a_signed_in_delegates_browser_sends_no_cookie_and_keeps_nothing(window: Window, hall: Hall) -> None:
    page = window(PHONE, Role.DELEGATE, hall.congress, delegate=hall.delegates[4].delegate)
    with page.expect_request("**/v/form*") as form:
        scan(page, hall.cards[0])
    mark(page, "赞成")
    with page.expect_request("**/v/cast*") as sent:
        cast(page)
    for request in (form.value, sent.value):
        headers = request.all_headers()
        assert not {"cookie", "authorization", "referer"} & headers.keys()
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]")
    assert kept == [0, 0, "", None]
    assert set(json.loads(sent.value.post_data or "")) == {"card", "ballot", "form", "key"}


def test_a_typed_code_is_forgiven_its_spelling_and_a_wrong_one_is_found_without_asking(
    window: Window, hall: Hall
) -> None:
    page = window(PHONE)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    page.goto("/v")
    code = hall.cards[0]
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    for typed, sentence in (
        (code[:-1], "现在是 20 位"),
        (wrong, "校验位"),
        ("U" + code[1:], "不用字母 U"),
        ("", "0 位"),
    ):
        page.get_by_label("票卡代码").fill(typed)
        page.get_by_role("button", name="继续").click()
        expect(page.locator("#code-wrong")).to_contain_text(sentence)
        expect(page.get_by_label("票卡代码")).to_be_focused()
    is_fine(page)
    assert asked == []
    page.get_by_label("票卡代码").fill(f" {printed_code(code).lower().replace('-', ' — ').replace('0', 'o')} ")
    page.keyboard.press("Enter")
    expect(page.locator("#ballot")).to_be_visible()
    assert len(asked) == 1


def test_everything_works_with_the_keyboard_alone(window: Window, hall: Hall) -> None:
    page = window(DESKTOP)
    page.goto("/v")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(hall.cards[0])
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    for _ in range(2):  # the materials of the first item, its first mark
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="1 城区排水防涝改造").get_by_role("checkbox", name="赞成")).to_be_checked()
    page.locator("#to-review").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#review-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_focused()


@pytest.mark.parametrize("form", [Form.CHOOSE, Form.PER_ITEM])
def test_too_many_marks_are_warned_of_and_may_still_be_sent(window: Window, house: House, form: Form) -> None:
    hall = open_hall(house.office, house.box, rules=replace(RULES, form=form, max_for=MaxFor.QUOTA))
    word = "选择" if form is Form.CHOOSE else "赞成"
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, word, word, word)
    expect(page.locator("#progress-text")).to_have_text("赞成 3，最多 3；已选 3 / 6")
    mark(page, *[word] * 4)
    expect(page.locator("#progress-text")).to_have_text("赞成 4 个，超过最多 3 个")
    page.locator("#to-review").click()
    expect(page.locator("#overmarked")).to_contain_text("整张选票无效")
    expect(page.locator("#send")).to_have_text("仍要提交（整票无效）")
    is_fine(page)
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    assert hall.box.counts(hall.poll).cast == 1


def test_each_wrong_card_has_its_own_sentence(window: Window, hall: Hall) -> None:
    green = hall.print_set(GREEN, 2)
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    given = cast(page)
    for code, title, sentence in (
        (hall.cards[0], "这张票卡已经投过票", "立即告诉监票人"),
        (hall.left_over[0], "这张票卡已作废", "换领或使用纸质表决票"),
        (green[0], "这是另一套票卡", "您拿的是绿色第 2 套（香樟），现在投票用的是蓝色第 1 套（山茶）"),
        (NOBODYS, "没有这张票卡", "监票人工作台"),
    ):
        scan(page, code)
        expect(page.locator("#told-title")).to_have_text(title)
        expect(page.locator("#told-text")).to_contain_text(sentence)
        expect(page.locator("#told")).to_be_focused()
        is_fine(page)
        if code == hall.cards[0]:
            assert page.locator("#told-receipt").inner_text().replace(" ", "") == given
            expect(page.locator("#state")).to_be_hidden()
    page.get_by_role("button", name="换一张票卡").click()
    expect(page.get_by_label("票卡代码")).to_be_focused()
    expect(page.get_by_label("票卡代码")).to_have_value("")


def test_a_mistyped_address_and_a_broken_one_lead_to_the_field_for_the_code(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    for code in ("ABCD-EFGH", "%E0%A4%A"):
        scan(page, code)
        expect(page.locator("#code-wrong")).to_contain_text("位")
        assert "#" not in page.url


def test_a_card_shown_too_early_waits_and_the_ballot_opens_by_itself(window: Window, house: House) -> None:
    hall = prepared(house.office, house.box)
    page = window(PHONE)
    page.clock.install()
    scan(page, hall.secrets[0])
    expect(page.locator("#told-title")).to_have_text("票卡还没有启用")
    hall.release()
    hall.seat()
    page.wait_for_timeout(250)  # what the door knows is believed for 0.2 s
    page.clock.run_for(8100)
    expect(page.locator("#told-title")).to_have_text("还没有开始投票")
    expect(page.locator("#state")).to_have_text("尚未投票")
    is_fine(page)
    hall.open()
    page.wait_for_timeout(250)
    page.clock.run_for(8100)
    expect(page.locator("#ballot")).to_be_visible()


def test_a_lost_answer_is_not_known_yet_and_the_very_same_ballot_is_sent_again(window: Window, hall: Hall) -> None:
    page = forgiving(window(PHONE))
    page.clock.install()
    sent: list[str] = []

    def lose_the_answer_once(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()  # the ballot arrives, its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/v/cast*", lose_the_answer_once)
    scan(page, hall.cards[0])
    mark(page, "赞成", "反对")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#sending-text")).to_contain_text("还不知道选票是否已存入票箱")
    expect(page.locator("#state")).to_have_text("尚未投票")
    is_fine(page)
    page.clock.run_for(5100)
    expect(page.locator("#done")).to_be_visible()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert hall.box.counts(hall.poll).cast == 1
    shown = page.locator("#receipt").inner_text().replace(" ", "")
    assert shown == receipt(base64.b64decode(json.loads(sent[0])["ballot"]))


def test_no_network_and_a_restarting_server_are_waited_for(window: Window, hall: Hall) -> None:
    page = forgiving(window(PHONE))
    page.clock.install()
    answers = ["abort", "502", "503"]

    def failing_at_first(route: Route) -> None:
        match answers.pop(0) if answers else "":
            case "abort":
                route.abort()
            case "":
                route.continue_()
            case status:
                route.fulfill(status=int(status), body="<h1>Bad Gateway</h1>", headers={"Retry-After": "7"})

    page.route("**/v/form*", failing_at_first)
    scan(page, hall.cards[0])
    expect(page.locator("#sending-text")).to_contain_text("连不上服务器")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sending-text")).to_contain_text("正在重新启动")
    for _ in range(300):  # the page's time runs on, but the answers come in ours
        if page.locator("#ballot").is_visible():
            break
        page.clock.run_for(5_000)
        page.wait_for_timeout(100)
    expect(page.locator("#ballot")).to_be_visible()
    assert answers == []


def test_a_page_that_was_killed_starts_again_and_tells_whether_the_card_voted(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#enter")).to_be_visible()
    assert "赞成" not in page.locator("main").inner_text()
    scan(page, hall.cards[0])
    mark(page, "反对")
    given = cast(page)
    page.reload()
    scan(page, hall.cards[0])
    expect(page.locator("#told-receipt")).not_to_be_empty()
    assert page.locator("#told-receipt").inner_text().replace(" ", "") == given


def test_last_ballots_are_announced_and_an_end_of_voting_ends_marking(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    page.clock.install()
    scan(page, hall.cards[0])
    mark(page, "赞成")
    expect(page.locator("#last-call")).to_be_hidden()
    hall.last_call()
    page.wait_for_timeout(250)
    page.clock.run_for(14_100)
    expect(page.locator("#last-call")).to_be_visible()
    is_fine(page)
    page.locator("#to-review").click()
    hall.close()
    page.wait_for_timeout(250)
    page.clock.run_for(14_100)
    expect(page.locator("#told-title")).to_have_text("投票已经结束")


def test_a_ballot_that_comes_too_late_is_told_that_it_was_not_counted(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    hall.close()
    page.locator("#send").click()
    expect(page.locator("#told-text")).to_contain_text("这张选票没有计入")
    expect(page.locator("#state")).to_have_text("尚未投票")


def test_an_older_page_is_filled_in_again_with_the_same_card(window: Window, hall: Hall) -> None:
    page = window(PHONE)

    def with_an_older_form(route: Route) -> None:
        route.continue_(post_data={**json.loads(route.request.post_data or ""), "form": "0" * 64})

    page.route("**/v/cast*", with_an_older_form, times=1)
    scan(page, hall.cards[0])
    mark(page, "赞成")
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#told-title")).to_have_text("选票页面已经过期")
    page.get_by_role("button", name="重新填写").click()
    mark(page, "赞成")
    assert cast(page)


def test_a_tablet_of_the_hall_goes_back_to_its_start_after_15_seconds(window: Window, hall: Hall) -> None:
    page = window(DESKTOP)
    page.clock.install(time=0)
    page.goto("/v#tablet")
    page.clock.pause_at(3600)  # from here on the page's time passes only when the test says so
    for card in hall.cards[:2]:
        expect(page.get_by_label("票卡代码")).to_be_focused()
        page.get_by_label("票卡代码").fill(card)
        page.keyboard.press("Enter")
        mark(page, "赞成")
        given = cast(page)
        page.clock.run_for(14_000)
        expect(page.locator("#done")).to_be_visible()
        page.clock.run_for(1_500)
        expect(page.locator("#enter")).to_be_visible()
        assert given[:4] not in page.content()
        assert card not in page.content()
    page.get_by_label("票卡代码").fill(hall.cards[0])
    page.keyboard.press("Enter")
    expect(page.locator("#told-title")).to_have_text("这张票卡已经投过票")
    page.clock.run_for(15_500)
    expect(page.locator("#enter")).to_be_visible()


def test_materials_are_read_without_losing_a_mark(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    scan(page, hall.cards[0])
    mark(page, "赞成", "反对")
    page.get_by_role("link", name="看材料：乡镇卫生院提升").click()
    expect(page.locator("#materials")).to_contain_text("解决乡镇卫生院提升中群众反映强烈的问题")
    expect(page.locator("#state")).to_have_text("尚未投票")
    is_fine(page)
    page.locator("#materials-back").click()
    expect(page.get_by_role("link", name="看材料：乡镇卫生院提升")).to_be_focused()
    page.get_by_role("link", name="看材料：城区排水防涝改造").click()
    expect(page.locator("#materials")).to_be_visible()
    page.go_back()  # the phone's own key
    expect(page.locator("#progress-text")).to_have_text("已选 2 / 6")
    page.locator("#to-review").click()
    page.go_back()
    expect(page.locator("#progress-text")).to_have_text("已选 2 / 6")


def test_the_page_speaks_english_when_asked(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    page.goto("/v")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1:visible")).to_have_text("Show your card")
    page.get_by_label("Card code").fill(hall.cards[0])
    page.keyboard.press("Enter")
    mark(page, "For", "Against")
    page.locator("#to-review").click()
    expect(page.locator("#review-rows td").nth(2)).to_have_text("abstain")
    page.locator("#send").click()
    expect(page.locator("#done-title")).to_have_text("Voted")
    assert not re.search(r"[\u4e00-\u9fff]", page.locator("#done").inner_text())
    is_fine(page)


def test_the_page_weighs_little(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.extend([answer]))
    scan(page, hall.cards[0])
    expect(page.locator("#ballot")).to_be_visible()
    page.wait_for_load_state("networkidle")
    weights = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert len(weights) == 11  # the page, three sheets, six scripts, one question
    assert sum(weights.values()) < 60_000
    sheets = [ROOT / "interfaces" / "static" / "css" / f"{name}.css" for name in ("tokens", "public", "ballot")]
    assert sum(sheet.stat().st_size for sheet in sheets) < 12 * 1024


def test_the_script_runs_in_a_browser_of_2018() -> None:
    """No parser of that year is at hand; these are the notations that came later."""
    scripts = (ROOT / "interfaces" / "static" / "js").glob("ballot*.js")
    text = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    code = re.sub(r'//[^\n]*|"[^"\n]*"', '""', text)
    later = [
        r"\?\.",
        r"\?\?",
        r"[|&?]{2}=",
        r"catch\s*\{",
        r"\d_\d",
        r"\d+n\b",
        r"\.at\(",
        r"#\w+\s*[=(;]",
        r"\bimport\b",
    ]
    later += [r"\.(flat|flatMap|matchAll|replaceAll)\(", r"globalThis|fromEntries|allSettled|structuredClone"]
    assert [found for found in later if re.search(found, code)] == []
    assert not re.search(r"\beval\b|new Function|WebAssembly|innerHTML|sessionStorage|indexedDB", code)


def test_what_is_in_the_box_is_what_the_phones_receipts_say(window: Window, hall: Hall) -> None:
    page = window(PHONE)
    given = []
    for card in hall.cards[:3]:
        scan(page, card)
        mark(page, *["赞成"] * 6)  # equal marks, and yet three different receipts
        given.append(cast(page))
    assert len(set(given)) == 3
    assert all(
        hall.box.receipt_of(hall.poll, card_id(card)) == one for card, one in zip(hall.cards, given, strict=False)
    )
