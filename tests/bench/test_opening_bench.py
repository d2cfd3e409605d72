"""Opening 3,000 sealed ballots: by the offline tool and in the scrutineers' browser (ballot.md, step 6)."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import pytest
from nacl.public import PrivateKey, SealedBox
from playwright.sync_api import expect

from domain.polls.ballot import box_root, receipt
from domain.polls.ballot_form import BallotForm, FormEntry, encoded
from domain.polls.box_file import BoxFile, Holder
from domain.polls.poll import Sealing
from domain.polls.rules import Form
from domain.polls.share import printed_share, share_fingerprint, share_text, split
from interfaces.composition import open_house
from interfaces.opening.opened import opened_columns
from interfaces.settings import Settings
from tests.bench.conftest import Say
from tests.support import browser
from tests.support.ballots import card
from tests.support.polls import prepared
from tests.support.ports import free_port
from tests.support.sealing import guarded, sealed

pytestmark = pytest.mark.bench

BALLOTS, ITEMS = 3_000, 12
MARKS = ("", "for", "against", "abstain")
NAMES = tuple(f"民生实事项目之{number}" for number in range(1, ITEMS + 1))


def test_opening_offline(say: Say) -> None:
    chance = random.Random(7)
    secret, poll = PrivateKey.generate(), uuid4()
    form = BallotForm(
        poll=poll, form=Form.PER_ITEM, items=tuple(FormEntry(id=str(n), name=name) for n, name in enumerate(NAMES, 1))
    )
    public_key = bytes(secret.public_key).hex()
    shares = split(bytes(secret), threshold=2, shares=3, poll=poll, public_key=public_key, randomness=chance.randbytes)
    rows = [tuple(chance.choices(MARKS, k=ITEMS)) for _ in range(BALLOTS)]
    ballots = sorted((SealedBox(secret.public_key).encrypt(encoded(row, form)) for row in rows), key=receipt)
    box = BoxFile(
        poll=poll,
        title="",
        form=form,
        public_key=public_key,
        threshold=2,
        holders=tuple(Holder(name="", share=share_fingerprint(share_text(share))) for share in shares),
        ballots=BALLOTS,
        root=box_root(receipt(ballot) for ballot in ballots),
        sealed=tuple(ballots),
    )
    started = perf_counter()
    columns = opened_columns(box, shares[1:])
    took = perf_counter() - started
    say(f"piaojue open, {BALLOTS:,} ballots x {ITEMS} items, checked, opened and added up: {took:.2f} s")
    assert columns.items[0].marks == tuple([row[0] for row in rows].count(mark) for mark in MARKS)
    assert took < 3


def test_opening_in_the_browser(tmp_path: Path, say: Say) -> None:
    port = free_port()
    settings = Settings(
        data=tmp_path, database_url=f"sqlite:///{tmp_path}/piaojue.db", public_url=f"http://127.0.0.1:{port}"
    )
    chance = random.Random(7)
    with closing(open_house(settings, lambda: datetime.now(UTC))) as house:
        hall = prepared(house.office, house.box, sealing=Sealing.SEALED, projects=NAMES)
        key = guarded(hall)
        hall.release()
        hall.seat()
        hall.open()
        rows = [tuple(chance.choices(MARKS, k=ITEMS)) for _ in range(BALLOTS)]
        with ThreadPoolExecutor(32) as many:
            list(many.map(lambda n: house.box.cast(hall.poll, card(n), sealed(rows[n], hall, key)), range(BALLOTS)))
        hall.close()
        house.followers.wait_for(house.history.last_position(), timeout=20)
        with browser.serving(house, port) as site, browser.chromium() as chromium:
            page = browser.window(chromium, site, browser.DESKTOP, hall.chief.account)
            page.goto(f"/scrutineer/jz/polls/{hall.poll}/box/open")
            started = perf_counter()
            expect(page.locator("#bringing")).to_be_visible(timeout=30_000)
            fetched = perf_counter() - started
            for share in key.shares[:2]:
                page.locator("#share-text").fill("".join(printed_share(share)))
                page.locator("#take-share").click()
            expect(page.locator("#success")).to_be_visible(timeout=30_000)
            said = page.locator("#opened").inner_text()
            cores = page.evaluate("navigator.hardwareConcurrency")
    say(f"the scrutineers' browser, {BALLOTS:,} ballots x {ITEMS} items, {cores} cores: {said}")
    say(f"  fetching and checking number and root before: {fetched:.2f} s")
    assert float(said.split("用时 ")[1].split(" ")[0]) < 3
