"""The server never holds the key, a share or one opened ballot (ballot.md, "What must hold": no early result).

The whole ceremony runs in a real browser: key, trial, sealed voting, both openings, until two columns agree. All the
while everything that reaches the server, leaves it, is logged by it or lies in its files is kept and searched, in
every encoding that the secrets could have. A second test plants each secret to show that the search finds it.
"""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
import uvicorn
from nacl.public import PrivateKey
from playwright.sync_api import Browser, Page, expect

from domain.polls.ballot_form import Row
from domain.polls.card import printed_code
from domain.polls.poll import Sealing
from domain.polls.share import Share, combined, printed_share, read_share
from interfaces.cli import main
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support import browser
from tests.support.browser import DESKTOP, PHONE, LiveSite
from tests.support.leaks import Detector, Heard, Listening, Recording, detector, encodings, rows_as, spoken
from tests.support.polls import Hall, prepared
from tests.support.ports import free_port
from tests.support.stores import Clock

NAMES = tuple(f"民生实事项目之{number}" for number in range(1, 15))
WORDS = {"for": "赞成", "against": "反对", "abstain": "弃权"}
MARKS = ("for", "against", "abstain", "")
VOTERS = 4

Windows = Callable[[dict[str, int], Hall | None], Page]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What the server hears, says and logs."""
    kept = Heard()
    listening, root = Listening(kept), logging.getLogger()
    before = root.level
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):  # quiet since another test's server began
        logger = logging.getLogger(name)
        logger.propagate, logger.disabled = True, False
        logger.setLevel(logging.NOTSET)
    yield kept
    root.setLevel(before)
    root.removeHandler(listening)


@pytest.fixture
def site(tmp_path: Path, clock: Clock, heard: Heard) -> Iterator[LiveSite]:
    """A site with its whole traffic recorded, and its access log on."""
    port = free_port()
    folder = tmp_path / "data"
    url = f"http://127.0.0.1:{port}"
    settings = Settings(data=folder, database_url=f"sqlite:///{folder}/piaojue.db", public_url=url)
    house = open_house(settings, clock)
    app = Recording(create_app(house), heard)
    server = uvicorn.Server(uvicorn.Config(app, port=port, access_log=True, log_config=None, lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), f"nobody can listen on port {port}"
        sleep(0.01)
    yield LiveSite(house, url)
    server.should_exit = True
    thread.join()
    house.close()


@pytest.fixture
def hall(site: LiveSite) -> Hall:
    return prepared(site.house.office, site.house.box, sealing=Sealing.SEALED, projects=NAMES, delegates=VOTERS)


@pytest.fixture
def windows(chromium: Browser, site: LiveSite) -> Iterator[Windows]:
    opened: list[Page] = []

    def window(size: dict[str, int], chief_of: Hall | None) -> Page:
        site.house.followers.wait_for(site.house.history.last_position(), timeout=60)
        account = chief_of.chief.account if chief_of else None
        opened.append(browser.window(chromium, site, size, account))
        return opened[-1]

    yield window
    for page in opened:
        page.context.close()


def in_the_house(site: LiveSite) -> House:
    site.house.followers.wait_for(site.house.history.last_position(), timeout=60)
    return site.house


def make_and_try(page: Page, root: str) -> list[Share]:
    """The ceremony before voting; what the holders have on paper."""
    page.goto(f"{root}/key/new")
    page.locator("#make").click()
    texts = []
    for _ in range(3):
        page.locator("#mine").click()
        texts.append("\n".join(page.locator("#share-lines li").all_inner_texts()))
        page.locator("#kept").check()
        page.locator("#clear").click()
    page.locator("#register button").click()
    expect(page.locator("#bringing")).to_be_visible()
    bring(page, texts)
    page.locator("#success button").click()
    expect(page.locator(".said")).to_contain_text("试开成功")
    return [read_share(text) for text in texts]


def bring(page: Page, texts: list[str]) -> None:
    for text in texts:
        page.locator("#share-text").fill(text)
        page.locator("#take-share").click()


def vote(page: Page, card: str, row: Row) -> None:
    page.goto("about:blank")
    page.goto(f"/v#{card}")
    for place, mark in enumerate(row):
        if mark:
            page.locator("#items fieldset").nth(place).get_by_label(WORDS[mark], exact=True).check()
    page.locator("#to-review").click()
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()


def nothing_kept(page: Page, looking: Detector) -> None:
    """Neither in the browser's stores nor in an address or title."""
    kept = page.evaluate(
        "JSON.stringify([localStorage, sessionStorage, document.cookie, location.href, document.title, history.state])"
    )
    assert looking.found(kept.encode()) == set()
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_the_server_never_holds_the_key_a_share_or_one_opened_ballot(
    windows: Windows, site: LiveSite, hall: Hall, heard: Heard, tmp_path: Path
) -> None:
    data, root = tmp_path / "data", f"/scrutineer/jz/polls/{hall.poll}"
    table = windows(DESKTOP, hall)
    shares = make_and_try(table, root)
    heard.files(data)
    hall.release()
    hall.seat()
    hall.open()
    rows: list[Row] = [tuple(MARKS[(place * (n + 2) + n) % 4] for place in range(len(NAMES))) for n in range(VOTERS)]
    phone = windows(PHONE, None)
    for card, row in zip(hall.cards, rows, strict=True):
        vote(phone, printed_code(card), row)
        heard.files(data)
    hall.close()
    heard.files(data)

    in_the_house(site)
    table.goto(f"{root}/box/open")
    bring(table, ["\n".join(printed_share(share)) for share in shares[:2]])
    expect(table.locator("#success")).to_be_visible()
    key = combined(shares[:2])
    found = hall.state.key
    assert found is not None
    assert bytes(PrivateKey(key).public_key).hex() == found.public_key
    looking = detector(key, shares, rows, hall.form)
    nothing_kept(table, looking)
    nothing_kept(phone, looking)
    table.locator("#success button").click()
    expect(table.locator(".said")).to_be_visible()
    heard.files(data)
    second(table, root, shares, tmp_path)
    heard.files(data)
    assert hall.state.box.agrees

    assert heard.leaks(looking) == set()
    assert len({where for where, _ in heard.pieces if where.startswith("file")}) >= 4
    assert any(where.startswith("log uvicorn.access") for where, _ in heard.pieces)
    assert sum(where == "POST /v/cast" for where, _ in heard.pieces) >= VOTERS


def second(table: Page, root: str, shares: list[Share], folder: Path) -> None:
    """The offline opening, and its columns handed in."""
    box, out, scanned = folder / "box.json", folder / "columns.json", folder / "scanned.txt"
    table.goto(f"{root}/box/second")
    with table.expect_download() as loaded:
        table.locator("a[download]").click()
    loaded.value.save_as(box)
    scanned.write_text("\n".join("\n".join(printed_share(share)) for share in shares[1:]), encoding="utf-8")
    assert main(["open", str(box), "--out", str(out), "--shares-file", str(scanned)]) == 0
    table.locator("#f-holders-2").check()
    table.locator("#f-holders-3").check()
    table.locator("#f-file").set_input_files(out)
    table.locator("main form button.btn-primary").click()
    expect(table.locator("h1")).to_contain_text("两次一致")


def test_the_search_finds_every_secret_that_is_planted(
    windows: Windows, hall: Hall, heard: Heard, tmp_path: Path
) -> None:
    table = windows(DESKTOP, hall)
    shares = make_and_try(table, f"/scrutineer/jz/polls/{hall.poll}")
    key = combined(shares[:2])
    rows: list[Row] = [tuple(MARKS[(place * 3 + 1) % 4] for place in range(len(NAMES)))]
    looking = detector(key, shares, rows, hall.form)
    heard.files(tmp_path / "data")
    assert heard.leaks(looking) == set()

    for name, forms in (
        ("key", [*encodings(key)]),
        ("share 2", [*encodings(shares[1].part), *(text.encode() for text in spoken(shares[1]))]),
        ("ballot 1", [*rows_as(rows[0], hall.form)]),
    ):
        for planted in forms:
            assert name in looking.found(b"before " + planted + b" after"), planted
    for text in spoken(shares[0]):
        table.evaluate("text => fetch('/v/cast', {method: 'POST', body: text})", text)
        table.evaluate("text => fetch('/?note=' + encodeURIComponent(text))", text)
    logging.getLogger("planted").debug("the key is %s", key.hex())
    (tmp_path / "data" / "note.json").write_text(json.dumps({"marks": rows[0]}), encoding="utf-8")
    heard.files(tmp_path / "data")
    found = heard.leaks(looking)
    assert ("log planted", "key") in found
    assert ("file note.json", "ballot 1") in found
    assert ("POST /v/cast", "share 1") in found
    assert ("GET /", "share 1") in found
