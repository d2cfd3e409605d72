"""The scrutineers' key: made and split in their browser, brought back, tried, and used once to open the box."""

import re
from io import BytesIO
from itertools import combinations

import pytest
import zxingcpp
from nacl.public import PrivateKey
from PIL import Image
from playwright.sync_api import Page, expect

from domain.polls.poll import Sealing
from domain.polls.share import ROWS, combined, read_share, share_fingerprint, share_text
from interfaces.composition import House
from tests.browser.conftest import Table, is_fine
from tests.support import browser
from tests.support.browser import DESKTOP, PHONE
from tests.support.polls import Hall, prepared
from tests.support.sealing import new_key


@pytest.fixture
def hall(house: House) -> Hall:
    return prepared(house.office, house.box, sealing=Sealing.SEALED)


def root(hall: Hall) -> str:
    return f"/scrutineer/jz/polls/{hall.poll}"


def hand_out(page: Page, hall: Hall, name: str = "") -> list[str]:
    """Makes the key and goes through every holder's screen; what each would have on paper."""
    page.goto(f"{root(hall)}/key/new")
    expect(page.locator("#choose")).to_be_visible()
    if name:
        is_fine(page, f"{name}-choose")
    page.locator("#make").click()
    shares = []
    for number in (1, 2, 3):
        expect(page.locator("#handover")).to_be_visible()
        if name and number == 1:
            is_fine(page, f"{name}-handover")
        page.locator("#mine").click()
        rows = page.locator("#share-lines li")
        expect(rows).to_have_count(ROWS)
        shares.append("\n".join(rows.all_inner_texts()))
        if name and number == 1:
            is_fine(page, f"{name}-share")
        page.locator("#kept").check()
        page.locator("#clear").click()
        assert page.locator("#share-lines").inner_html() == ""
        assert page.locator("#qr").inner_html() == ""
    expect(page.locator("#finish")).to_be_visible()
    if name:
        is_fine(page, f"{name}-finish")
    page.locator("#register button").click()
    expect(page.locator("#bringing")).to_be_visible()
    return shares


def bring(page: Page, share: str) -> None:
    page.locator("#share-text").fill(share)
    page.locator("#take-share").click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_key_is_made_split_brought_back_and_tried_before_voting(
    table: Table, hall: Hall, size: dict[str, int]
) -> None:
    page = table(size)
    name = "key-phone" if size == PHONE else "key"
    shares = hand_out(page, hall, name)
    key = hall.state.key
    assert key is not None
    assert (key.threshold, len(key.holders), key.tried) == (2, 3, False)
    assert [share_fingerprint(share_text(read_share(share))) for share in shares] == list(key.shares)
    is_fine(page, f"{name}-trial")

    bring(page, shares[2].replace("-", " ").lower())
    expect(page.locator("#share-said")).to_contain_text("代表3的份额没有问题")
    bring(page, shares[2])
    expect(page.locator("#share-said")).to_contain_text("已经带到了")
    rows = shares[0].split("\n")
    rows[3] = rows[3][:-1] + ("0" if rows[3][-1] != "0" else "1")
    bring(page, "\n".join(rows))
    expect(page.locator("#share-said")).to_contain_text("第 4 行输错了")
    expect(page.locator("#share-rows")).to_contain_text("第 4 行 ✗")
    is_fine(page, f"{name}-trial-mistyped")
    bring(page, shares[0])
    bring(page, shares[1])
    expect(page.locator("#success")).to_be_visible()
    expect(page.locator("#tried")).to_have_text("3 种组合都打开了测试选票。")
    is_fine(page, f"{name}-trial-done")
    page.locator("#success button").click()
    expect(page.locator(".said")).to_contain_text("试开成功")
    assert hall.state.key is not None
    assert hall.state.key.tried
    page.goto(f"{root(hall)}/key")
    is_fine(page, f"{name}-known")


def test_python_puts_the_key_together_that_the_browser_split(table: Table, hall: Hall) -> None:
    shares = [read_share(text) for text in hand_out(table(), hall)]
    key = hall.state.key
    assert key is not None
    for some in (shares[:2], shares[1:], shares[::2]):
        assert bytes(PrivateKey(combined(some)).public_key).hex() == key.public_key


def test_a_share_of_a_replaced_key_is_named(table: Table, hall: Hall) -> None:
    page = table()
    old = hand_out(page, hall)
    new = hand_out(page, hall)
    bring(page, old[0])
    expect(page.locator("#share-said")).to_contain_text("已经作废的旧密钥")
    bring(page, new[0])
    expect(page.locator("#share-said")).to_contain_text("没有问题")


def test_a_printed_share_stands_alone_on_one_page(table: Table, hall: Hall) -> None:
    page = table()
    page.goto(f"{root(hall)}/key/new")
    page.locator("#make").click()
    page.locator("#mine").click()
    page.emulate_media(media="print")
    browser.picture(page, "key-print")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    browser.SHOTS.joinpath("key-print.pdf").write_bytes(pdf)
    shown = page.locator("main").inner_text()
    assert "请打印一张" not in shown
    assert "由本人保管" in shown


def test_one_holder_alone_is_enough_for_a_small_council(table: Table, hall: Hall) -> None:
    page = table()
    page.goto(f"{root(hall)}/key/new")
    for box in page.locator("#choose input[type=checkbox]").all()[1:]:
        box.uncheck()
    expect(page.locator("#chosen")).to_have_text("共 1 份，凑齐 1 份就能打开票箱。")
    page.locator("#make").click()
    page.locator("#mine").click()
    share = "\n".join(page.locator("#share-lines li").all_inner_texts())
    page.locator("#kept").check()
    page.locator("#clear").click()
    page.locator("#register button").click()
    bring(page, share)
    expect(page.locator("#tried")).to_have_text("1 种组合都打开了测试选票。")
    key = hall.state.key
    assert key is not None
    assert bytes(PrivateKey(combined([read_share(share)])).public_key).hex() == key.public_key


@pytest.mark.parametrize(("threshold", "number"), [(1, 1), (1, 3), (2, 3), (3, 5), (3, 7), (7, 7)])
def test_page_and_python_put_together_what_the_other_split(
    table: Table, hall: Hall, threshold: int, number: int
) -> None:
    page = table()
    page.goto(f"{root(hall)}/key/new")
    made = page.evaluate("([poll, t, n]) => KeyShares.make(poll, t, n)", [str(hall.poll), threshold, number])
    theirs = [read_share(text) for text in made["texts"]]
    assert [(share.threshold, share.number, share.of) for share in theirs] == [
        (threshold, place, number) for place in range(1, number + 1)
    ]
    for some in list(combinations(theirs, threshold))[:10]:
        assert bytes(PrivateKey(combined(some)).public_key).hex() == made["publicKey"]

    ours = new_key(hall, threshold, number)
    together = """async ([texts, key]) => {
        const secret = await KeyShares.combine(texts.map(KeyShares.read), key);
        return secret && KeyShares.hex(secret);
    }"""
    for chosen in list(combinations(ours.texts, threshold))[:10]:
        assert page.evaluate(together, [list(chosen), ours.public_key]) == bytes(ours.secret).hex()
    assert page.evaluate(together, [ours.texts[:threshold], made["publicKey"]]) is None


def test_the_printed_code_is_the_share(table: Table, hall: Hall) -> None:
    page = table()
    page.goto(f"{root(hall)}/key/new")
    page.locator("#make").click()
    page.locator("#mine").click()
    rows = page.locator("#share-lines li").all_inner_texts()
    seen = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator("#qr").screenshot())))
    assert [code.text for code in seen] == ["".join(rows).replace("-", "")]
    by_camera = page.evaluate(
        """async () => {
            const picture = new Image();
            const drawn = new XMLSerializer().serializeToString(document.querySelector('#qr svg'));
            picture.src = 'data:image/svg+xml,' + encodeURIComponent(
                drawn.replace('<svg ', '<svg width="480" height="480" '));
            await picture.decode();
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 480;
            const drawing = canvas.getContext('2d');
            drawing.fillStyle = '#fff';
            drawing.fillRect(0, 0, 480, 480);
            drawing.drawImage(picture, 0, 0);
            return jsQR(drawing.getImageData(0, 0, 480, 480).data, 480, 480).data;
        }"""
    )
    assert by_camera == seen[0].text
