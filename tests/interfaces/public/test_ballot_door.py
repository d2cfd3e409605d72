"""The two questions of the ballot page, asked without a browser."""

import base64
import logging
import re
from hashlib import sha256
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from domain.polls.ballot import receipt
from domain.polls.ballot_form import unsealed
from domain.polls.card import SECRET_BYTES, printed_code, secret_from
from interfaces.composition import House
from interfaces.public.ballot.app import LARGEST_REQUEST
from interfaces.public.ballot.views import page_hash
from tests.support.polls import GREEN, Hall, open_hall

NOBODYS = printed_code(secret_from(bytes(SECRET_BYTES)))


@pytest.fixture
def hall(house: House) -> Hall:
    return open_hall(house.office, house.box)


@pytest.fixture
def phone(site: FastAPI) -> TestClient:
    return TestClient(site, base_url="https://rd.example.cn")


def ballot(hall: Hall, number: int = 0) -> str:
    made = unsealed(number.to_bytes(32, "big"), ["for"] * len(hall.projects), hall.form)
    return base64.b64encode(made).decode()


def cast(phone: TestClient, hall: Hall, card: str, sent: str, **more: Any) -> Any:
    return phone.post("/v/cast", json={"card": card, "ballot": sent, "form": hall.form_hash}, **more)


def test_the_answer_to_a_ballot_is_the_receipt_and_nothing_else(phone: TestClient, hall: Hall) -> None:
    answer = cast(phone, hall, printed_code(hall.cards[0]), ballot(hall))
    assert answer.status_code == 200
    assert answer.json() == {"receipt": receipt(base64.b64decode(ballot(hall)))}
    assert answer.json() == cast(phone, hall, hall.cards[0].lower(), ballot(hall)).json()


def test_what_is_shown_is_what_is_voted_on(phone: TestClient, hall: Hall) -> None:
    shown = phone.post("/v/form", json={"card": hall.cards[0]}).json()
    assert shown["form"] == hall.form_hash
    assert bytes(shown["head"]) == bytes((1, 1, 0, 6))
    assert [item["name"] for item in shown["items"]] == [item.name for item in hall.form.items]
    assert shown["marks"] == ["", "赞成", "反对", "弃权"]
    assert shown["sealing"] == "unsealed"
    assert shown["last_call"] is False
    assert "3 个" in shown["lead"]
    assert shown["card_set"] == "票卡：蓝色第 1 套（山茶）"


@pytest.mark.parametrize(
    ("card", "status", "refused", "words"),
    [
        ("used", 409, "CardUsed", "一张票卡只能投一次"),
        ("left over", 409, "CardIsVoid", "已经作废"),
        ("green", 409, "CardOfAnotherSet", "您拿的是绿色第 2 套（香樟），现在投票用的是蓝色第 1 套（山茶）"),
        ("nobody's", 404, "UnknownCard", "系统里没有这张票卡"),
        ("mistyped", 422, "MistypedCode", "再输一次"),
    ],
)
def test_each_wrong_card_is_told_what_it_is_and_what_to_do(
    phone: TestClient, hall: Hall, card: str, status: int, refused: str, words: str
) -> None:
    green = hall.print_set(GREEN, 2)
    cast(phone, hall, hall.cards[0], ballot(hall))
    cards = {
        "used": hall.cards[0],
        "left over": hall.left_over[0],
        "green": green[0],
        "nobody's": NOBODYS,
        "mistyped": hall.cards[1][:-2],
    }
    answer = phone.post("/v/form", json={"card": cards[card]})
    assert (answer.status_code, answer.json()["refused"]) == (status, refused)
    assert words in answer.json()["sentence"]
    assert answer.json()["title"]
    assert ("receipt" in answer.json()) == (card == "used")


def test_another_ballot_is_told_that_the_first_one_counts_and_whom_to_ask(phone: TestClient, hall: Hall) -> None:
    first = cast(phone, hall, hall.cards[0], ballot(hall)).json()["receipt"]
    answer = cast(phone, hall, hall.cards[0], ballot(hall, 1))
    assert (answer.status_code, answer.json()["receipt"]) == (409, first)
    assert "先投的一张有效" in answer.json()["sentence"]
    assert "监票人" in answer.json()["sentence"]


def test_closed_is_said_differently_before_and_after_casting(phone: TestClient, hall: Hall) -> None:
    hall.close()
    assert "没有计入" in cast(phone, hall, hall.cards[0], ballot(hall)).json()["sentence"]
    assert "不能再投票" in phone.post("/v/form", json={"card": hall.cards[0]}).json()["sentence"]


def test_the_language_is_the_one_the_page_asks_in(phone: TestClient, hall: Hall) -> None:
    answer = phone.post("/v/form?lang=en", json={"card": NOBODYS}, headers={"Accept-Language": "zh-CN"})
    assert answer.json()["title"] == "No such card"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"card": 7}', b'"\xff"', b"[" * 5000, b"\xff\xfe", b'{"card": "' + b"0" * LARGEST_REQUEST],
)
def test_anything_else_is_no_question(phone: TestClient, hall: Hall, body: bytes) -> None:
    for question in ("/v/form", "/v/cast"):
        answer = phone.post(question, content=body)
        assert (answer.status_code, answer.json()) == (400, {"refused": "NotAQuestion"})


def test_no_answer_is_kept_by_a_browser_and_none_carries_a_cookie(phone: TestClient, hall: Hall) -> None:
    phone.cookies.set("piaojue_sign_in", "t0ken")
    answers = [
        phone.get("/v"),
        phone.post("/v/form", json={"card": hall.cards[0]}),
        phone.post("/v/form", json={"card": NOBODYS}),
        phone.post("/v/form", content=b""),
        cast(phone, hall, hall.cards[0], ballot(hall)),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "set-cookie" not in answer.headers


def test_the_page_is_the_same_bytes_for_everyone(phone: TestClient, hall: Hall) -> None:
    first = phone.get("/v").content
    cast(phone, hall, hall.cards[0], ballot(hall))
    assert phone.get("/v", headers={"Cookie": "piaojue_language=en", "User-Agent": "another"}).content == first


def test_a_store_that_fails_means_later_with_a_time_to_wait_and_no_detail_anywhere(
    phone: TestClient, hall: Hall, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError(hall.cards[0])

    phone.post("/v/form", json={"card": hall.cards[0]})
    monkeypatch.setattr(house.box, "receipt_of", failing)
    with caplog.at_level(logging.DEBUG):
        answer = phone.post("/v/form", json={"card": hall.cards[0]})
    assert answer.status_code == 503
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    assert answer.json() == {"refused": "TryAgain"}
    assert hall.cards[0] not in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_page_is_the_same_bytes_for_everyone_and_names_its_scripts_by_their_content(phone: TestClient) -> None:
    first, second = (phone.get("/v", headers={"user-agent": agent}).content for agent in ("a", "b"))
    assert first == second
    assert sha256(first).hexdigest() == page_hash()
    named = re.findall(r'(?:src|href)="(/static/[^"]+)" integrity="sha256-([^"]+)"', first.decode())
    assert len(named) == first.count(b"<script") + first.count(b'rel="stylesheet"')
    for address, expected in named:
        assert base64.b64encode(sha256(phone.get(address).content).digest()).decode() == expected
