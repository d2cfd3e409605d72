"""A suggestion on a resident's phone becomes a candidate that a delegate reads, in real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.whole_path import before, delegates, first_stages, town
from tests.browser.whole_path.hands import Hands
from tests.support.browser import LiveSite
from tests.support.stores import Clock


@pytest.fixture
def hands(chromium: Browser, live: LiveSite) -> Iterator[Hands]:
    people = Hands(chromium, live)
    yield people
    people.close()


def test_a_suggestion_goes_from_a_resident_s_phone_to_a_delegate_s_reading(
    hands: Hands, live: LiveSite, tmp_path: Path, clock: Clock
) -> None:
    clock.set(2025, 9, 20, 9)
    administrator = before.administrator(hands, live.house)
    before.congress_founded(administrator)
    staff = before.account_opened(hands, administrator, login="lz-office", name="纳静", role="staff")
    before.units_added(staff)
    before.roll_imported(staff, tmp_path)
    before.session_convened(staff)
    address = first_stages.call_published(staff, tmp_path)

    photo = first_stages.photo_of_the_place(tmp_path)
    first = first_stages.proposed(hands, clock, address, first_stages.LAMPS, photo)
    second = first_stages.proposed(hands, clock, address, first_stages.SAME_LAMPS)
    first_stages.proposed(hands, clock, address, first_stages.ONE_FLAT)
    first_stages.typed_in(staff, first_stages.HOTLINE)
    first_stages.sorted_out(staff)
    first_stages.shown_and_supported(staff, hands)
    first_stages.rules_adopted(staff)
    first_stages.became_a_candidate(staff, clock)

    clock.set(2026, 1, 8, 9)
    staff.sign_in("lz-office")
    slips = delegates.slips_printed(staff, tmp_path)
    first_stages.listed(staff, tmp_path)
    reader = delegates.activated(hands, slips, town.READER)
    first_stages.read_and_remarked(reader, staff)
    first_stages.followed(hands, first, second)
    assert hands.complaints == []
