"""Opening the sealed box: in the scrutineers' browser and by the offline tool, until both agree."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from domain.polls.ballot_form import Row
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.poll import PollStage, Sealing
from domain.polls.share import printed_share
from interfaces.cli import main
from interfaces.composition import House
from tests.browser.conftest import Table, is_fine
from tests.support.browser import DESKTOP, PHONE
from tests.support.polls import Hall, prepared
from tests.support.sealing import MadeKey, guarded, sealed


@pytest.fixture
def hall(house: House) -> Hall:
    return prepared(house.office, house.box, sealing=Sealing.SEALED)


@pytest.fixture
def key(hall: Hall) -> MadeKey:
    return guarded(hall)


@pytest.fixture
def rows(hall: Hall, key: MadeKey) -> list[Row]:
    """What twelve delegates marked; the box is closed over it."""
    chance = random.Random(4)
    hall.release()
    hall.seat()
    hall.open()
    marked: list[Row] = []
    for card in hall.cards:
        marked.append(tuple(chance.choice(("", "for", "against", "abstain")) for _ in hall.form.items))
        hall.box.cast(hall.poll, card_id(card), sealed(marked[-1], hall, key))
    hall.close()
    return marked


def root(hall: Hall) -> str:
    return f"/scrutineer/jz/polls/{hall.poll}/box"


def bring(page: Page, key: MadeKey, *numbers: int) -> None:
    for number in numbers:
        page.locator("#share-text").fill("\n".join(printed_share(key.shares[number - 1])))
        page.locator("#take-share").click()


def open_in_browser(page: Page, hall: Hall, key: MadeKey) -> str:
    """Both steps; the fingerprint of the columns that the page shows."""
    page.goto(f"{root(hall)}/open")
    expect(page.locator("#checked")).to_contain_text("票箱根一致")
    bring(page, key, 1, 3)
    expect(page.locator("#success")).to_be_visible()
    shown = page.locator("#columns-hash").inner_text()
    page.locator("#success button").click()
    expect(page.locator(".said")).to_contain_text("已收下")
    return shown


def open_offline(box: Path, out: Path, key: MadeKey, capsys: pytest.CaptureFixture[str]) -> str:
    """What the tool says."""
    shares = box.with_name("shares.txt")
    shares.write_text("\n".join("\n".join(printed_share(share)) for share in key.shares[1:]), encoding="utf-8")
    assert main(["open", str(box), "--out", str(out), "--shares-file", str(shares)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_openings_agree_and_only_then_the_sums_are_shown(
    table: Table,
    hall: Hall,
    key: MadeKey,
    rows: list[Row],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    size: dict[str, int],
) -> None:
    page, name = table(size), "box-phone" if size == PHONE else "box"
    page.goto(root(hall))
    is_fine(page, f"{name}-before")
    page.goto(f"{root(hall)}/open")
    expect(page.locator("#bringing")).to_be_visible()
    is_fine(page, f"{name}-open")
    bring(page, key, 1, 3)
    expect(page.locator("#success")).to_be_visible()
    is_fine(page, f"{name}-opened")
    shown = page.locator("#columns-hash").inner_text()
    page.locator("#success button").click()
    expect(page.locator("h1")).to_contain_text("还没有两次")
    assert "赞成" not in page.locator("main").inner_text()
    is_fine(page, f"{name}-once")

    page.locator("a", has_text="去第二次开箱").click()
    is_fine(page, f"{name}-second")
    with page.expect_download() as loaded:
        page.locator("a", has_text="下载 box.json").click()
    box, out = tmp_path / "box.json", tmp_path / "columns.json"
    loaded.value.save_as(box)
    said = open_offline(box, out, key, capsys)
    assert shown in said
    page.locator("#f-holders-2").check()
    page.locator("#f-holders-3").check()
    page.locator("#f-file").set_input_files(out)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("两次一致")
    is_fine(page, f"{name}-agree")
    assert hall.state.box.agrees
    columns = json.loads(out.read_text(encoding="utf-8"))
    for place, item in enumerate(columns["items"]):
        column = [row[place] for row in rows]
        assert item["marks"] == [column.count(mark) for mark in ("", "for", "against", "abstain")]
    cells = page.locator("section[aria-labelledby=agreed] tbody tr").first.locator("td")
    expect(cells).to_have_text([str(number) for number in columns["items"][0]["marks"]])


def test_openings_that_differ_are_named_item_by_item_until_one_agrees(
    table: Table, hall: Hall, key: MadeKey, rows: list[Row], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = table()
    open_in_browser(page, hall, key)
    page.goto(f"{root(hall)}/second")
    box, out = tmp_path / "box.json", tmp_path / "columns.json"
    with page.expect_download() as loaded:
        page.locator("a", has_text="下载 box.json").click()
    loaded.value.save_as(box)
    open_offline(box, out, key, capsys)
    columns = json.loads(out.read_text(encoding="utf-8"))
    marks = columns["items"][1]["marks"]
    taken = next(place for place in (0, 2, 3) if marks[place])
    marks[1], marks[taken] = marks[1] + 1, marks[taken] - 1
    page.locator("#f-holders-1").check()
    page.locator("#f-holders-2").check()
    page.locator("#f-columns").fill(json.dumps(columns))
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("两次不一致")
    expect(page.locator("section[aria-labelledby=differing] tbody tr")).to_have_count(2)
    expect(page.locator(".differs")).to_have_count(4)
    is_fine(page, "box-differ")
    assert hall.state.box.differs

    page.goto(f"{root(hall)}/second")
    page.locator("#f-holders-1").check()
    page.locator("#f-holders-2").check()
    page.locator("#f-file").set_input_files(out)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("两次一致")
    assert len(rows) == 12


Spoiling = Callable[[list[str]], list[str]]


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (lambda ballots: ballots[:-1], "少了 1 张"),
        (lambda ballots: [*ballots, "A" * len(ballots[0])], "多了 1 张"),
        (lambda ballots: [*ballots[:-1], ballots[0]], "出现了两次"),
        (lambda ballots: ballots[::-1], "没有按回执排列"),
    ],
    ids=["missing", "added", "doubled", "order"],
)
def test_a_box_that_is_not_as_it_was_closed_is_not_opened(
    table: Table, hall: Hall, rows: list[Row], spoiled: Spoiling, said: str
) -> None:
    page = table()

    def altered(route: Route) -> None:
        answer = route.fetch()
        box = answer.json()
        route.fulfill(response=answer, json={**box, "sealed": spoiled(box["sealed"])})

    page.route("**/box.json", altered)
    page.goto(f"{root(hall)}/open")
    expect(page.locator("#checked")).to_contain_text(said)
    expect(page.locator("#bringing")).to_be_hidden()
    assert rows


def test_too_few_shares_end_the_poll_by_the_chief_with_a_reason(table: Table, hall: Hall, rows: list[Row]) -> None:
    page = table()
    page.goto(f"{root(hall)}/cannot-open")
    is_fine(page, "box-cannot-open")
    page.locator("#f-brought").fill("2")
    page.locator("#f-reason").fill("两位保管人的份额在会前遗失")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("#errors")).to_contain_text("已经够了")
    page.locator("#f-brought").fill("1")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".said")).to_contain_text("须重新表决")
    assert hall.state.stage is PollStage.CANCELLED
    assert OpenedOn.BROWSER not in hall.state.box.openings
    page.goto(f"{root(hall)}/delete")
    is_fine(page, "box-delete")
    assert rows
