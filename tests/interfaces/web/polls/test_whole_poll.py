"""A whole poll over HTTP: prepared, drawn, opened, cast through the ballot's own door, counted, signed, declared."""

import base64
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from interfaces.tally.command import main as tally
from tests.interfaces.conftest import SignedIn
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import Clock
from tests.support.visitors import Visitor

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


def test_a_poll_is_run_from_the_list_to_the_declaration(
    house: House,
    site: FastAPI,
    hall: Hall,
    staff: Visitor,
    clock: Clock,
    signs_in: Callable[[Actor], Visitor],
    login: Callable[[Actor], str],
    tmp_path: Path,
) -> None:
    url = f"/staff/jz/polls/{hall.poll}"
    page = staff.open(url)
    assert "等待启用票卡" in page.words
    assert "未密封" in page.words
    chief, one, two = signs_in(hall.chief), signs_in(hall.scrutineers[0]), signs_in(hall.scrutineers[1])
    table = f"/scrutineer/jz/polls/{hall.poll}"
    assert table in chief.open("/scrutineer/jz").links()
    chief.open(f"{table}/release")
    page = chief.send(login=login(hall.scrutineers[0]), password=PASSWORD)
    assert page.said == "票卡已启用，可以发卡了。"

    for place in range(12):
        hall.check_in(place)
        hall.draw(place)
    hall.cards, hall.left_over = hall.secrets[:12], hall.secrets[12:]
    page = staff.open(url)
    assert "作废剩余票卡" in page.words
    staff.open(f"{url}/open")
    page = staff.send()
    assert page.status == 409
    assert "印了14张，作废0张，领出12张，对不上" in page.errors[0]
    staff.open(f"{url}/void-cards")
    for card in hall.left_over:
        page = staff.send(code=f"https://rd.example.cn/v#{card}")
        assert page.said == "已作废一张。"
        assert card not in page.text
    assert "去作废票卡" not in staff.open(url).words
    staff.open(f"{url}/open")
    assert staff.send().said == "投票已经开始。"

    receipts = cast_over_http(site, hall)
    assert len(set(receipts)) == 12
    staff.open(url)
    page = staff.send(f"{url}/last-call")
    assert "最后投票还剩 60 秒" in page.words
    clock.forward(seconds=26)
    assert "最后投票还剩 34 秒" in staff.open(f"{url}/close").words
    clock.forward(seconds=60)
    staff.open(f"{url}/close")
    page = staff.send(f"{url}/close")
    assert page.said == "投票已截止，票箱已封。"
    assert hall.state.closed is not None
    assert hall.state.closed.root in page.text
    page = staff.send(f"{url}/count")
    assert page.path == f"{url}/report"
    assert "结果：列入3项" in page.words

    for person in (chief, one, two):
        page = person.open(f"{table}/sign")
        assert hall.state.counted is not None
        assert hall.state.counted.count_hash in page.text
        assert person.send(password="not it").errors == ["您的登录密码：密码不对。"]
        assert person.send(password=PASSWORD).said == "已签名。"
    assert "签名已齐" in staff.open(url).words
    staff.open(f"{url}/declare")
    assert staff.send().errors == ["公告编号：请填完整的编号，如 〔2026〕5号。"]
    staff.send(notice_number="〔2026〕5号")
    page = staff.open(url)
    assert "已宣布" in page.heading
    assert "〔2026〕5号" in page.words
    public = staff.open("/jz/2026")
    assert "城区排水防涝改造" in public.words
    _recounts_the_same(staff, url, tmp_path)
    assert "PROJECTS" in staff.open(f"{url}/poll.pb").text
    assert staff.open(f"{url}/report.pdf").content.startswith(b"%PDF")
    assert staff.open(f"{url}/count.json").text == hall.state.counted.count


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
    house.followers.wait_for(house.history.last_position())
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
