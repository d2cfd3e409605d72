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


def _greeted(staff: Screen, address: str) -> str:
    page = staff.page.request.get(address).text()
    found = re.search(r"<h1>(.+?)，您好</h1>", page)
    assert found, address
    return found[1]
