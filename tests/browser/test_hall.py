"""The screen in the hall in a real browser: it follows the poll by itself, and comes back when the line was lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from interfaces.composition import House, open_house
from interfaces.settings import Settings
from tests.support import browser as browsers
from tests.support import polls
from tests.support.browser import PHONE
from tests.support.polls import Hall
from tests.support.ports import free_port
from tests.support.stores import Clock
from tests.support.voters import cast_all

HALL = {"width": 1920, "height": 1080}


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: Clock) -> House:
    """An installation that outlives the server in front of it."""
    return open_house(Settings(data=tmp_path, database_url=database_url, public_url="http://127.0.0.1:8789"), clock)


def made(house: House) -> Hall:
    hall = polls.prepared(house.office, house.box)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    return hall


def test_the_screen_follows_the_poll_and_comes_back_after_a_restart(chromium: Browser, house: House) -> None:
    hall, port = made(house), free_port()
    with browsers.serving(house, port) as site:
        page = browsers.window(chromium, site, HALL)
        page.remove_listener("console", browsers._complain)  # the lost line is what this is about
        page.goto(f"/hall/{hall.poll}")
        expect(page.locator(".stage")).to_have_text("即将投票")
        hall.release()
        hall.seat()
        hall.open()
        expect(page.locator(".stage")).to_have_text("正在投票")
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator(".stage")).to_have_text("正在投票")
    cast_all(hall)
    hall.close()
    with browsers.serving(house, port):
        expect(page.locator(".stage")).to_have_text("投票已经截止")
        expect(page.locator("#lost")).to_be_hidden()
        page.context.close()
    house.close()


def test_without_script_the_screen_is_read_all_the_same(chromium: Browser, house: House) -> None:
    hall = made(house)
    with browsers.serving(house, free_port()) as site:
        context = chromium.new_context(base_url=site.url, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"/hall/{hall.poll}")
        expect(page.locator(".stage")).to_have_text("即将投票")
        context.close()
    house.close()


@pytest.mark.parametrize("size", [HALL, PHONE], ids=["hall", "phone"])
def test_nothing_on_the_screen_is_cut_off_sideways(chromium: Browser, house: House, size: dict[str, int]) -> None:
    hall = made(house)
    with browsers.serving(house, free_port()) as site:
        page = browsers.window(chromium, site, size)
        page.goto(f"/hall/{hall.poll}")
        assert browsers.sideways(page) == []
        assert browsers.faults(page) == []
        page.context.close()
    house.close()
