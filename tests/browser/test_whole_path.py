"""The whole path in a browser: from the first administrator to the project page behind a scanned placard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.whole_path import after, before, delegates, town, voting
from tests.browser.whole_path.hands import Hands
from tests.support.browser import PHONE, LiveSite
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
    venue = before.account_opened(hands, administrator, login="lz-venue", name="冯会务", role="venue")
    department = before.account_opened(
        hands, administrator, login="lz-shuili", name="周水利", role="department", unit="市水利局"
    )
    session = before.session_convened(staff)
    before.candidates_entered(staff, tmp_path)
    before.profile_adopted(staff)
    slips = delegates.slips_printed(staff, tmp_path)
    chief, second, third, reader = (
        delegates.activated(hands, slips, name) for name in (*town.SCRUTINEERS, town.READER)
    )
    before.list_published(staff)
    delegates.card_read(reader)
    delegates.reading_seen(staff)

    vote = voting.cards_printed(staff, session, tmp_path)
    voting.prepared(staff, vote)
    voting.released(chief, vote)
    voting.checked_in(venue, vote, delegates.check_in_code(chief))
    drawn, left_over = vote.cards[:11], vote.cards[11:]
    voting.refused(hands, drawn[0], "还没有开始投票")
    voting.left_over_voided(chief, vote, left_over)
    voting.opened(staff, vote)
    voting.refused(hands, left_over[0], "已作废")
    receipts = voting.ballots_cast(hands, drawn[:10])
    assert len(set(receipts)) == 10
    voting.closed_and_counted(staff, vote, clock)
    voting.refused(hands, drawn[10], "投票已经结束")
    voting.signed([chief, second, third], vote)
    voting.declared(staff, vote)

    after.files_opened(staff, tmp_path)
    water, _roads = after.placards_scanned(staff, tmp_path)
    resident = hands.screen(PHONE)
    after.page_seen(resident, water)
    after.ask_answered(department, staff, clock)
    after.progress_seen(resident, water)
    assert hands.complaints == []
