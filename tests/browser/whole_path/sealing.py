"""The scrutineers' guarded computer and the offline one: key and shares, the trial, the box opened twice."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.whole_path.commands import piaojue
from tests.browser.whole_path.hands import Screen
from tests.browser.whole_path.town import SCRUTINEERS
from tests.browser.whole_path.voting import Vote


def key_made_and_tried(guarded: Screen, vote: Vote) -> list[str]:
    """What each of the three holders has on paper; each two of them open a test ballot."""
    shares = _made(guarded, vote)
    _bring(guarded, *shares)
    expect(guarded.page.locator("#tried")).to_have_text("3 种组合都打开了测试选票。")
    guarded.press("登记试开").says("试开成功")
    return shares


def box_opened_twice(guarded: Screen, vote: Vote, shares: Sequence[str], folder: Path) -> None:
    """In the browser and, the file being carried there, on a computer without network; both show one fingerprint."""
    fingerprint = _opened(guarded, vote, shares[::2])
    box = guarded.follow("去第二次开箱").save("下载 box.json", folder)
    typed = folder / "份额.txt"
    typed.write_text("\n".join(shares[1:]), encoding="utf-8")
    sums = folder / "columns.json"
    assert fingerprint in piaojue("open", box, "--out", sums, "--shares-file", typed)
    for name in SCRUTINEERS[1:]:
        guarded.page.get_by_label(name).check()
    guarded.fill(file=sums).press("收下票数").says("离线开箱的票数已收下").shows("两次开箱一致")


def _made(guarded: Screen, vote: Vote) -> list[str]:
    """The computer goes from hand to hand; the server is told the public key alone."""
    page = guarded.go(f"{vote.scrutineers}/key/new").page
    page.locator("#make").click()
    shares = []
    for name in SCRUTINEERS:
        expect(page.locator("#handover")).to_contain_text(name)
        page.locator("#mine").click()
        shares.append("\n".join(page.locator("#share-lines li").all_inner_texts()))
        page.locator("#kept").check()
        page.locator("#clear").click()
    guarded.press("登记公钥，去试开").says("公钥已登记")
    return shares


def _opened(guarded: Screen, vote: Vote, shares: Sequence[str]) -> str:
    page = guarded.go(f"{vote.scrutineers}/box").follow("去开箱").page
    expect(page.locator("#checked")).to_contain_text("票箱根一致")
    _bring(guarded, *shares)
    expect(page.locator("#success")).to_be_visible()
    fingerprint = page.locator("#columns-hash").inner_text()
    guarded.press("送回票数").says("这次开箱的票数已收下").shows("两次都有了，才显示票数")
    return fingerprint


def _bring(guarded: Screen, *shares: str) -> None:
    for share in shares:
        guarded.page.locator("#share-text").fill(share)
        guarded.page.locator("#take-share").click()
