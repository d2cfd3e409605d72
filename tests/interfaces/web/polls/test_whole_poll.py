"""A whole poll over HTTP: prepared, drawn, opened, cast through the ballot's own door, counted, signed, declared."""

import base64
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from interfaces.tally.command import main as tally
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor

PASSWORD = "three short words"
VOTES = (12, 10, 9, 8, 3, 0)


def cast_over_http(site: FastAPI, hall: Hall, votes: tuple[int, ...] = VOTES) -> list[str]:
    """Everybody with a card votes on the ballot page's own questions; items 1, 2, … get these votes."""
    client = TestClient(site, base_url=site.state.house.settings.public_url)
    receipts = []
    for place, card in enumerate(hall.cards):
        answer = client.post("/v/form", json={"card": card})
        assert answer.status_code == 200, answer.text
        form: dict[str, Any] = answer.json()
        marks = bytes(1 if place < wanted else 2 for wanted in votes)
        ballot = base64.b64encode(os.urandom(32) + bytes(form["head"]) + marks).decode()
        cast = client.post("/v/cast", json={"card": card, "ballot": ballot, "form": form["form"]})
        assert cast.status_code == 200, cast.text
        receipts.append(cast.json()["receipt"])
    return receipts


@dataclass
class Evening:
    """Who runs the poll: the clerk, the chief and two scrutineers at their own screens."""

    hall: Hall
    site: FastAPI
    clock: Clock
    clerk: Visitor
    table: tuple[Visitor, Visitor, Visitor]
    second_login: str

    @property
    def url(self) -> str:
        return f"/staff/jz/polls/{self.hall.poll}"

    @property
    def desk(self) -> str:
        return f"/scrutineer/jz/polls/{self.hall.poll}"


@pytest.fixture
def evening(
    site: FastAPI,
    hall: Hall,
    staff: Visitor,
    clock: Clock,
    signs_in: Callable[[Actor], Visitor],
    login: Callable[[Actor], str],
) -> Evening:
    one, two = hall.scrutineers
    table = (signs_in(hall.chief), signs_in(one), signs_in(two))
    return Evening(hall, site, clock, staff, table, login(one))


def test_a_poll_is_run_from_the_list_to_the_declaration(evening: Evening, tmp_path: Path) -> None:
    assert "等待启用票卡" in evening.clerk.open(evening.url).words
    _release(evening)
    _draw_and_void(evening)
    _open_and_cast(evening)
    _close_and_count(evening)
    _sign(evening)
    _declare(evening)
    _recounts_the_same(evening.clerk, evening.url, tmp_path)
    assert "PROJECTS" in evening.clerk.open(f"{evening.url}/poll.pb").text
    assert evening.clerk.open(f"{evening.url}/report.pdf").content.startswith(b"%PDF")


def _release(evening: Evening) -> None:
    chief = evening.table[0]
    assert evening.desk in chief.open("/scrutineer/jz").links()
    chief.open(f"{evening.desk}/release")
    page = chief.send(login=evening.second_login, password=PASSWORD)
    assert page.said == "票卡已启用，可以发卡了。"


def _draw_and_void(evening: Evening) -> None:
    hall, clerk, url = evening.hall, evening.clerk, evening.url
    for place in range(12):
        hall.check_in(place)
        hall.draw(place)
    hall.cards, hall.left_over = hall.secrets[:12], hall.secrets[12:]
    assert "作废剩余票卡" in clerk.open(url).words
    clerk.open(f"{url}/open")
    page = clerk.send()
    assert page.status == 409
    assert "印了14张，作废0张，领出12张，对不上" in page.errors[0]
    clerk.open(f"{url}/void-cards")
    for card in hall.left_over:
        page = clerk.send(code=f"https://rd.example.cn/v#{card}")
        assert page.said == "已作废一张。"
        assert card not in page.text
    assert "去作废票卡" not in clerk.open(url).words


def _open_and_cast(evening: Evening) -> None:
    evening.clerk.open(f"{evening.url}/open")
    assert evening.clerk.send().said == "投票已经开始。"
    receipts = cast_over_http(evening.site, evening.hall)
    assert len(set(receipts)) == 12


def _close_and_count(evening: Evening) -> None:
    clerk, url = evening.clerk, evening.url
    clerk.open(url)
    assert "最后投票还剩 60 秒" in clerk.send(f"{url}/last-call").words
    evening.clock.forward(seconds=26)
    assert "最后投票还剩 34 秒" in clerk.open(f"{url}/close").words
    evening.clock.forward(seconds=60)
    clerk.open(f"{url}/close")
    page = clerk.send(f"{url}/close")
    assert page.said == "投票已截止，票箱已封。"
    closed = evening.hall.state.closed
    assert closed is not None
    assert closed.root in page.text
    page = clerk.send(f"{url}/count")
    assert page.path == f"{url}/report"
    assert "结果：列入3项" in page.words


def _sign(evening: Evening) -> None:
    counted = evening.hall.state.counted
    assert counted is not None
    for person in evening.table:
        assert counted.count_hash in person.open(f"{evening.desk}/sign").text
        assert person.send(password="not it").errors == ["您的登录密码：密码不对。"]
        assert person.send(password=PASSWORD).said == "已签名。"
    assert evening.clerk.open(f"{evening.url}/count.json").text == counted.count


def _declare(evening: Evening) -> None:
    clerk, url = evening.clerk, evening.url
    assert "签名已齐" in clerk.open(url).words
    clerk.open(f"{url}/declare")
    assert clerk.send().errors == ["公告编号：请填完整的编号，如 〔2026〕5号。"]
    clerk.send(notice_number="〔2026〕5号")
    page = clerk.open(url)
    assert "已宣布" in page.heading
    assert "〔2026〕5号" in page.words
    assert "城区排水防涝改造" in clerk.open("/jz/2026").words


def _recounts_the_same(staff: Visitor, url: str, folder: Path) -> None:
    """`piaojue tally` over the files of the page gives the outcome that was signed."""
    with zipfile.ZipFile(io.BytesIO(staff.open(f"{url}/tally.zip").content)) as archive:
        archive.extractall(folder)
    out = folder / "outcome.json"
    names = ("profile", "poll", "columns")
    files = [word for name in names for word in (f"--{name}", str(folder / f"{name}.json"))]
    assert tally([*files, "--out", str(out)]) == 0
    signed = json.loads(staff.open(f"{url}/count.json").text)
    assert json.loads(out.read_text(encoding="utf-8")) == signed["outcome"]


def test_a_poll_is_prepared_in_the_browser(house: House, signed_in: SignedIn) -> None:
    congress, clerk = polls.founded(house.office)
    today = house.office.today()
    polls.roll_of(house.office, clerk, congress, 40)
    session = polls.convened(house.office, clerk, congress, today)
    staff = signed_in(Role.STAFF, congress)
    root = f"/staff/jz/sessions/{session}/polls"
    page = staff.open(f"{root}/new")
    assert "还没有会议通过的票决办法" in page.words
    assert "没有可用的票卡" in page.words
    polls.published(house.office, clerk, congress, session, today.year, polls.NAMES, today)
    polls.adopted(house.office, clerk, congress, session, polls.RULES, today)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    page = staff.open(f"{root}/cards")
    assert page.document.forms[-1].fields["cards"] == "42"
    sheet = staff.send(present_1="0001", present_2="代表2")
    assert sheet.content.startswith(b"%PDF")
    assert sheet.headers["cache-control"] == "no-store"
    page = staff.open(f"{root}/new")
    summary = page.document.xpath("//input[starts-with(@name, 'summary-')]/@value")[0]
    assert summary == "市水务局 · 1,200 万元 · 1.5 万人受益"
    page = staff.send()
    assert page.said == "表决已经准备好，票卡已经绑定。"
    assert page.heading.startswith("2026年民生实事项目票决")
    url = page.path
    staff.open(f"{url}/scrutineers")
    page = staff.send(chief="0003", scrutineer_1="代表4", scrutineer_2="0005 代表5 城西代表团")
    assert page.said.startswith("监票人已登记")
    assert "代表3" in page.words
    assert url in staff.open(root).links()
