"""The screen in the hall: opened once before the vote, it follows by itself to the result."""

from playwright.sync_api import expect

from tests.browser.whole_path import town
from tests.browser.whole_path.hands import Hands, Screen
from tests.browser.whole_path.voting import Vote

_SIZE = {"width": 1920, "height": 1080}


def screen_opened(hands: Hands, vote: Vote) -> Screen:
    screen = hands.screen(_SIZE).go(f"/hall/{vote.poll.rpartition('/')[2]}")
    stands(screen, "即将投票")
    return screen


def stands(screen: Screen, stage: str) -> None:
    """The screen says so without being loaded again; never a project's votes before the declaration."""
    expect(screen.page.locator(".stage")).to_have_text(stage)
    assert "赞成" not in screen.page.locator("#board").inner_text()


def root_shown(screen: Screen, root: str) -> None:
    """After closing, the box's root is there to be copied down."""
    shown = "".join(screen.page.locator("#board").inner_text().split())
    assert "".join(root.split()) in shown


def result_shown(screen: Screen) -> None:
    """What was declared, in the order of votes."""
    for name in (town.WATER, town.ROADS):
        screen.shows(name, "#board")
