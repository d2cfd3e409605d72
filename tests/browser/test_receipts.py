"""Is my ballot in the box: the receipt is compared on the phone with the complete list and never leaves it."""

from domain.polls.ballot import printed_receipt
from interfaces.composition import House
from tests.browser.conftest import Window
from tests.support.browser import PHONE, faults, sideways
from tests.support.declared import declared


def test_a_receipt_is_found_on_the_phone_and_nothing_of_it_is_sent(window: Window, house: House) -> None:
    hall = declared(house)
    receipts = house.box.receipts(hall.poll)
    page = window(PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(f"/records/{hall.poll}")
    for typed, said in (
        (printed_receipt(receipts[4]), f"第 {5} 条，共 {len(receipts)} 条"),
        (receipts[2][:16].upper(), "第 3 条"),
        ("0" * 64, "没有找到"),
        (receipts[2][:12], "前 16 位"),
    ):
        page.get_by_label("回执（至少前 16 位）").fill(typed)
        page.get_by_role("button", name="比对").click()
        page.locator("#found", has_text=said).wait_for()
    assert not any(receipt[:12] in line for line in asked for receipt in receipts)
    assert sum(line.endswith("/receipts.txt") for line in asked) == 3
    assert not faults(page)
    assert not sideways(page)
