"""The pictures in the README, taken of the demonstration: `python -m tests.support.readme_pictures`."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from PIL import Image
from playwright.sync_api import Browser, Page

from application.office import By
from application.polls import voting
from domain.accounts import account as accounts
from domain.polls.card import printed_code
from interfaces.composition import House
from tests.support import demonstration
from tests.support.browser import DESKTOP, PHONE, ROOT, LiveSite, chromium, serving, window
from tests.support.ports import free_port

FOLDER = ROOT / "docs" / "images"
ADDRESS = "http://minsheng.qingcheng.example"
"""Not this computer's, so that no page warns of it."""
TALL = {"width": 1280, "height": 1000}
BEAMER = {"width": 1280, "height": 720}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        house, told = demonstration.told_with_cards("", Path(folder), ADDRESS)
        with serving(house, free_port()) as site, chromium() as browser:
            _desks(browser, site, told.poll)
            _phones(browser, site, told.poll, printed_code(told.cards[0]))
        house.close()


def _desks(browser: Browser, site: LiveSite, poll: UUID) -> None:
    district = _window(browser, site, DESKTOP, "dh-office")
    district.goto("/staff/donghe")
    _taken(district, "staff-home")
    district.set_viewport_size({"width": TALL["width"], "height": TALL["height"]})
    district.goto("/staff/donghe/lists/2026")
    with district.expect_navigation():
        district.get_by_role("link", name="计票报告").click()
    _taken(district, "count-report")
    screen = _window(browser, site, BEAMER)
    screen.goto(f"/hall/{district.url.split('/')[-2]}")
    _taken(screen, "hall-screen")
    city = _window(browser, site, DESKTOP, "qc-office")
    city.goto(f"/staff/qingcheng/polls/{poll}")
    _taken(city, "poll")


def _phones(browser: Browser, site: LiveSite, poll: UUID, code: str) -> None:
    resident = _window(browser, site, PHONE)
    resident.goto("/donghe/2026")
    with resident.expect_navigation():
        resident.locator("main ol.list a").first.click()
    _taken(resident, "project-page")
    _opened(site.house, poll)
    voter = _window(browser, site, PHONE)
    voter.goto(f"/v#{code}")
    voter.locator("#ballot").wait_for()
    for place, said in enumerate(("赞成", "赞成", "弃权")):
        voter.locator("fieldset").nth(place).get_by_label(said, exact=True).check()
    voter.evaluate("window.scrollTo(0, 0)")
    _taken(voter, "ballot")


def _opened(house: House, poll: UUID) -> None:
    account = demonstration.account_of(house, "qc-office")
    state = house.office.state_of(account, accounts.evolve)
    if state is None:
        raise LookupError(account)
    voting.open_poll(house.office, house.box, By(actor=state.actor(account), key="open"), poll)


def _window(browser: Browser, site: LiveSite, size: dict[str, int], login: str = "") -> Page:
    return window(browser, site, size, demonstration.account_of(site.house, login) if login else None)


def _taken(page: Page, name: str) -> None:
    """What is on the screen, in few enough colours to be small."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
