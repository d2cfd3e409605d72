"""The whole path in a browser: from the first administrator to the project page behind a scanned placard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.whole_path import after, before, checking, counting, delegates, hall, sealing, town, voting
from tests.browser.whole_path.hands import Hands
from tests.support.browser import DESKTOP, PHONE, LiveSite
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
    guarded = hands.screen(DESKTOP).sign_in("lingzhou-l001")
    shares = sealing.key_made_and_tried(guarded, vote)
    voting.papers_printed(staff, vote, tmp_path)
    voting.released(chief, vote)
    voting.checked_in(venue, vote, delegates.check_in_code(chief))
    drawn, left_over = vote.cards[:9], vote.cards[9:]
    voting.refused(hands, drawn[0], "还没有开始投票")
    voting.left_over_voided(chief, vote, left_over)
    screen = hall.screen_opened(hands, vote)
    voting.opened(staff, vote)
    hall.stands(screen, "正在投票")
    voting.refused(hands, left_over[0], "已作废")
    receipts = voting.ballots_cast(hands, drawn[:8])
    voting.closed(staff, vote, clock)
    hall.stands(screen, "投票已经截止")
    voting.refused(hands, drawn[8], "投票已经结束")

    hall.root_shown(screen, counting.box_recorded(chief, vote))
    counting.unused_card_handed_in(third, vote, drawn[8])
    counting.papers_entered(staff, second, vote)
    sealing.box_opened_twice(guarded, vote, shares, tmp_path)
    voting.counted(staff, vote)
    voting.signed([chief, second, third], vote)
    voting.declared(staff, vote)
    hall.result_shown(screen)

    resident = hands.screen(PHONE)
    checking.everything_checked(resident, tmp_path, receipts)
    after.files_opened(staff, tmp_path)
    water, _roads = after.placards_scanned(staff, tmp_path)
    after.page_seen(resident, water)
    after.ask_answered(department, staff, clock)
    after.progress_seen(resident, water)
    checking.tree_audited(live.house)
    assert hands.complaints == []
