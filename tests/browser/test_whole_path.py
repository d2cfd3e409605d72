"""The whole path in a browser: from the first administrator to the project page behind a scanned placard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.whole_path import before
from tests.browser.whole_path.hands import Hands
from tests.support.browser import LiveSite
from tests.support.stores import Clock


@pytest.fixture
def hands(chromium: Browser, live: LiveSite) -> Iterator[Hands]:
    people = Hands(chromium, live)
    yield people
    people.close()


def test_a_congress_goes_from_its_first_account_to_the_page_behind_a_placard(
    hands: Hands, live: LiveSite, tmp_path: Path, clock: Clock
) -> None:
    administrator = before.administrator(hands, live.house)
    before.congress_founded(administrator)
    staff = before.account_opened(hands, administrator, login="lz-office", name="纳静", role="staff")
    before.units_added(staff)
    before.roll_imported(staff, tmp_path)
    assert hands.complaints == []
