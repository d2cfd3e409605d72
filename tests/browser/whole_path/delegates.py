"""Delegates on their phones: a slip off the printed sheet, a password, a card to read, a note for speaking."""

import re
from pathlib import Path

from tests.browser.whole_path import town
from tests.browser.whole_path.before import STAFF
from tests.browser.whole_path.hands import PASSWORD, Hands, Screen
from tests.interfaces.documents.printed import scanned
from tests.support.browser import PHONE

ROOT = f"/delegate/{town.SLUG}"


def slips_printed(staff: Screen, folder: Path) -> dict[str, str]:
    """Everybody's slip: the address in its code, by the name that the page behind it greets."""
    staff.go(f"{STAFF}/delegates").follow("启用条")
    sheets = staff.save("印未启用的 12 张", folder, role="button")
    addresses = scanned(sheets.read_bytes())
    assert len(addresses) == len(town.ROLL)
    return {_greeted(staff, address): address for address in addresses}


def activated(hands: Hands, slips: dict[str, str], name: str) -> Screen:
    """A delegate scans the own slip with a phone and chooses a password."""
    phone = hands.screen(PHONE).go(slips[name]).shows(f"{name}，您好").shows("代表团")
    return phone.fill(password=PASSWORD, repeated=PASSWORD).press("设置密码并登录")


def card_read(reader: Screen) -> None:
    """Reads the first card, which leads to the next, and notes something for speaking."""
    reader.go(ROOT).shows("已阅 0 / 4").follow(town.WATER).shows("2.2 万人").press("我已阅读").shows(town.SCHOOL, "h1")
    reader.go(ROOT).shows("已阅 1 / 4").follow(town.WATER)
    reader.fill(words="管网改造请先通崇兴镇的三个村。").press("保存笔记").says("笔记已保存")
    reader.go(ROOT).shows("有笔记")


def reading_seen(staff: Screen) -> None:
    """The office sees who has not read everything, never a note."""
    staff.go(f"{STAFF}/projects").follow("候选项目名单").unfold("4 人")
    staff.shows(f"{town.READER}（1/4）")
    assert "三个村" not in staff.page.content()


def check_in_code(phone: Screen) -> str:
    """The code of the delegate's own phone, as it is read out at the door."""
    phone.go(ROOT).follow("我的签到码")
    return phone.page.locator("p.code").inner_text()


def _greeted(staff: Screen, address: str) -> str:
    page = staff.page.request.get(address).text()
    found = re.search(r"<h1>(.+?)，您好</h1>", page)
    assert found, address
    return found[1]
