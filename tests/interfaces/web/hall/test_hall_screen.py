"""The screen in the hall: what it shows at each stage, and that no mark is on it before the declaration."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from starlette.types import Message, Scope

from application.polls import voting
from application.polls.counting import count_poll, declare_poll, sign_count
from application.private import passwords
from domain.accounts.permissions import Actor, Role
from domain.polls.rules import Publication
from interfaces.composition import House
from interfaces.web._base import tokens
from interfaces.web.hall import channel
from interfaces.web.hall.board import in_groups
from tests.support import polls
from tests.support.declared import declared as declared_hall
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast_all

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

VOTES = (41, 39, 37, 31, 29, 23)
"""Figures that nothing else on the screen shows."""

PASSWORD = "three short words"


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, delegates=50)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def stream(site: FastAPI, path: str, *, until: Callable[[str], bool], headers: dict[str, str] | None = None) -> str:
    """What a screen hears until it has heard enough, asked of the application itself."""

    async def listen() -> str:
        heard: list[str] = []
        enough = asyncio.Event()
        where, _, query = path.partition("?")

        async def receive() -> Message:
            await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            heard.append(message.get("body", b"").decode())
            if until("".join(heard)):
                enough.set()

        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": where,
            "raw_path": where.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("rd.example.cn", 443),
        }
        await asyncio.wait_for(site(scope, receive, send), 10)
        return "".join(heard)

    return asyncio.run(listen())


def seen(site: FastAPI, visitor: Visitor, poll: UUID) -> str:
    """Page and events of a poll, as text."""
    page = visitor.open(f"/hall/{poll}")
    assert page.status == 200
    events = stream(site, f"/hall/{poll}/events", until=lambda heard: "event: board" in heard)
    assert "event: board" in events
    return page.text + events


def figures(text: str) -> set[int]:
    """Every number that a reader could take for votes; names of style sheets and addresses are none."""
    bare = re.sub(r"<[^>]*>|id: \w+|http\S+", " ", text)
    return {int(number) for number in re.findall(r"(?<![\w.])\d{1,3}(?![\w.])", bare)}


def declared(hall: Hall, house: House) -> None:
    count = hall.state.counted
    assert count is not None
    for person in (hall.chief, *hall.scrutineers):
        signed(house, hall, person, count.count_hash)
    declare_poll(
        house.office, house.private, by(hall.clerk), hall.poll, notice_number="江人公〔2026〕3号", on=date(2026, 1, 20)
    )
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def signed(house: House, hall: Hall, person: Actor, shown: str) -> None:
    with house.private.writing() as connection:
        passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
    sign_count(house.office, house.private, by(person), hall.poll, password=PASSWORD, shown_hash=shown)


def test_no_figure_of_marks_before_the_declaration(house: House, hall: Hall, site: FastAPI, visitor: Visitor) -> None:
    def shown() -> str:
        house.followers.wait_for(house.history.last_position(), timeout=20)
        text = seen(site, visitor, hall.poll)
        assert not figures(text) & set(VOTES), figures(text) & set(VOTES)
        assert not any(name in text for name in polls.NAMES)
        return text

    assert "即将投票" in shown()
    hall.release()
    hall.seat()
    shown()
    hall.open()
    assert "正在投票" in shown()
    cast_all(hall, VOTES)
    shown()
    hall.last_call()
    assert "最后投票" in shown()
    hall.close()
    assert "投票已经截止" in shown()
    count_poll(house.office, house.box, house.private, by(hall.clerk), hall.poll)
    assert "清点完毕" in shown()
    declared(hall, house)
    text = seen(site, visitor, hall.poll)
    assert set(VOTES) <= figures(text)
    assert all(name in text for name in polls.NAMES)


def test_before_voting_the_screen_shows_attendance_quorum_and_the_set(
    hall: Hall, house: House, visitor: Visitor
) -> None:
    hall.release()
    for place in range(30):
        hall.check_in(place)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    words = visitor.open(f"/hall/{hall.poll}").words
    assert "全体代表 50" in words
    assert "到会 30" in words
    assert "法定人数 34" in words
    assert "还差 4 人" in words
    assert "蓝色山茶第 1 套" in words


def test_after_closing_the_root_is_read_aloud_in_groups_of_four(hall: Hall, house: House, visitor: Visitor) -> None:
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall, VOTES)
    hall.close()
    house.followers.wait_for(house.history.last_position(), timeout=20)
    closed = hall.state.closed
    assert closed is not None
    groups = visitor.open(f"/hall/{hall.poll}").document.xpath("//*[@class='groups'][1]/span/text()")
    assert tuple(groups) == in_groups(closed.root)
    assert {len(group) for group in groups} == {4}


def test_the_screen_speaks_chinese_whatever_the_browser_prefers(hall: Hall, visitor: Visitor) -> None:
    english = visitor.client.get(f"/hall/{hall.poll}", headers={"Accept-Language": "en"})
    assert 'lang="zh-CN"' in english.text
    assert 'lang="en"' in visitor.client.get(f"/hall/{hall.poll}?lang=en").text


def test_without_script_the_page_comes_anew_by_itself(hall: Hall, visitor: Visitor) -> None:
    refresh = visitor.open(f"/hall/{hall.poll}").document.xpath("//noscript/meta[@http-equiv='refresh']/@content")
    assert int(refresh[0]) >= 10


def test_a_poll_that_is_not_there_is_not_shown(visitor: Visitor, site: FastAPI) -> None:
    assert visitor.open(f"/hall/{uuid4()}").status == 404
    assert "event: board" not in stream(site, f"/hall/{uuid4()}/events", until=bool)


def test_what_a_screen_has_seen_is_not_sent_again(hall: Hall, site: FastAPI) -> None:
    first = stream(site, f"/hall/{hall.poll}/events", until=lambda heard: "event: board" in heard)
    known = re.search(r"id: (\w+)", first)
    assert known is not None
    assert f"retry: {channel.RETRY_MS}" in first
    site.edge.stop()  # type: ignore[attr-defined]  # it is a Site
    again = stream(site, f"/hall/{hall.poll}/events", until=lambda _: False, headers={"last-event-id": known.group(1)})
    assert "event: board" not in again


def test_a_stream_ends_by_itself_when_the_process_stops(hall: Hall, site: FastAPI) -> None:
    def stop(heard: str) -> bool:
        if "event: board" in heard:
            site.edge.stop()  # type: ignore[attr-defined]  # it is a Site
        return False

    assert "event: board" in stream(site, f"/hall/{hall.poll}/events", until=stop)


def test_many_screens_cost_one_look_and_no_place_of_other_pages(hall: Hall, site: FastAPI, house: House) -> None:
    looks: list[UUID] = []

    def render(poll: UUID, views: object) -> dict[channel.View, str]:
        looks.append(poll)
        return {channel.View("zh-CN", with_word=False): "<p>1</p>"}

    told: list[str] = []

    async def fifty() -> int:
        halls = channel.Halls(render, house.history.wake, lambda: len(told) >= 50)

        async def one() -> None:
            async for said in halls.listen(hall.poll, channel.View("zh-CN", with_word=False)):
                told.extend([said] * said.count("event: board"))

        await asyncio.gather(*(one() for _ in range(50)))
        return halls.screens

    assert asyncio.run(fifty()) == 0
    assert (len(told), len(looks)) == (50, 1)
    budgets = site.edge.budgets  # type: ignore[attr-defined]  # it is a Site
    assert budgets.of(f"/hall/{hall.poll}/events") is budgets.streams
    assert budgets.of(f"/hall/{hall.poll}") is budgets.hall
    assert budgets.streams not in (budgets.public, budgets.desk)


def test_a_screen_opened_by_somebody_without_the_act_is_anybodys(
    hall: Hall, signed_in: SignedIn, visitor: Visitor
) -> None:
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[3].delegate)
    assert delegate.open(f"/hall/{hall.poll}").text == visitor.open(f"/hall/{hall.poll}").text


def test_the_hall_word_is_for_screens_of_the_halls_own_people(
    house: House, site: FastAPI, signed_in: SignedIn, visitor: Visitor
) -> None:
    hall = polls.prepared(house.office, house.box, rules=replace(polls.RULES, hall_word=True))
    hall.release()
    hall.seat()
    venue = signed_in(Role.VENUE, hall.congress)
    assert "会场口令" not in venue.open(f"/hall/{hall.poll}").words
    voting.open_poll(house.office, house.box, by(hall.clerk), hall.poll, hall_words=house.hall_words)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    word = house.hall_words.hall_word_of(hall.poll, hall.state)
    assert word is not None
    assert f"{word[:3]} {word[3:]}" in venue.open(f"/hall/{hall.poll}").words
    told = {"cookie": f"{tokens.SIGN_IN_COOKIE}={venue.client.cookies.get(tokens.SIGN_IN_COOKIE, path='/hall')}"}
    heard = stream(site, f"/hall/{hall.poll}/events", until=lambda said: "event: board" in said, headers=told)
    shown = re.compile(rf"{word[:3]}\W{{0,40}}{word[3:]}")  # other digits stand in identities and hashes
    assert shown.search(re.sub(r"<[^>]*>", " ", heard))
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[4].delegate)
    for other in (visitor, delegate):
        assert "会场口令" not in other.open(f"/hall/{hall.poll}").words
    open_to_all = stream(site, f"/hall/{hall.poll}/events", until=lambda said: "event: board" in said)
    assert "会场口令" not in open_to_all
    assert not shown.search(re.sub(r"<[^>]*>", " ", open_to_all))
    hall.close()
    house.followers.wait_for(house.history.last_position(), timeout=20)
    assert "会场口令" not in venue.open(f"/hall/{hall.poll}").words


def test_rules_that_publish_the_adopted_only_show_no_vote_on_the_wall(house: House, visitor: Visitor) -> None:
    hall = declared_hall(house, Publication.ADOPTED_ONLY)
    page = visitor.open(f"/hall/{hall.poll}")
    adopted, others = hall.state.prepared.items[:3], hall.state.prepared.items[3:]
    assert all(item.name in page.words for item in adopted)
    assert not any(item.name in page.words for item in others)
    assert "不公布得票" in page.words
    assert not page.document.xpath("//*[@class='votes' or contains(@class, 'behind')]")
