"""Ballot requests are parted from everything else before anything sees them."""

import asyncio
import logging
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from interfaces.web._base.areas import COOKIE_PATHS
from interfaces.web.switch import Switch, is_ballot
from tests.support.visitors import Visitor

PERSONAL = [
    (b"cookie", b"piaojue_sign_in=token; piaojue_language=en"),
    (b"authorization", b"Bearer x"),
    (b"x-forwarded-for", b"10.0.0.7"),
    (b"forwarded", b"for=10.0.0.7"),
    (b"x-real-ip", b"10.0.0.7"),
    (b"user-agent", b"MicroMessenger/8.0"),
    (b"referer", b"https://rd.example.cn/delegate/qc"),
    (b"traceparent", b"00-1-2-3"),
    (b"x-request-id", b"17"),
]
NEEDED = [(b"host", b"rd.example.cn"), (b"content-type", b"application/json"), (b"accept-language", b"zh-CN")]


class Heard:
    """An application that keeps what it was sent and answers with a cookie."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Set-Cookie", b"a=b"), (b"x", b"y")]})
        await send({"type": "http.response.body", "body": b""})


def asked(path: str, query: bytes = b"") -> Scope:
    return {
        "type": "http",
        "method": "POST",
        "scheme": "https",
        "http_version": "1.1",
        "server": ("rd.example.cn", 443),
        "client": ("10.0.0.7", 51234),
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [*NEEDED, *PERSONAL],
        "state": {"session": "of the delegate"},
        "extensions": {"tls": {"client_cert": "x"}},
    }


def sent(switch: Switch, scope: Scope) -> list[Message]:
    answers: list[Message] = []

    async def send(message: Message) -> None:
        answers.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(switch(scope, receive, send))
    return answers


@pytest.mark.parametrize("path", ["/v", "/v/", "/v/cast", "/v/form"])
def test_the_ballot_hears_nothing_that_names_a_person_or_a_device(path: str) -> None:
    office, ballot = Heard(), Heard()
    sent(Switch(office, ballot), asked(path, b"card=SECRET&lang=en&x=1"))
    assert office.scopes == []
    heard: dict[str, Any] = dict(ballot.scopes[0])
    assert heard["headers"] == NEEDED
    assert heard["client"] is None
    assert heard["query_string"] == b"lang=en"
    assert heard["state"] == {}
    assert "extensions" not in heard


def test_the_ballot_gives_no_cookie() -> None:
    start = sent(Switch(Heard(), Heard()), asked("/v"))[0]
    assert start["headers"] == [(b"x", b"y")]


@pytest.mark.parametrize("path", ["/", "/vote", "/staff/v", "/delegate/qc", "/%76"])
def test_everything_else_is_the_offices(path: str) -> None:
    office, ballot = Heard(), Heard()
    sent(Switch(office, ballot), asked(path))
    assert len(office.scopes) == 1
    assert ballot.scopes == []


def test_the_sign_in_cookie_is_never_sent_to_the_ballot() -> None:
    assert all(not is_ballot(path) and path != "/" for path in COOKIE_PATHS)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_log_line_is_written_for_the_ballot(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    visitor.client.get("/v")
    visitor.client.get("/v/anything?card=SECRET")
    visitor.client.post("/v/cast", json={"card": "SECRET"})
    of_the_client = ("httpx2", "httpcore2", "asyncio")
    assert [record for record in caplog.records if not record.name.startswith(of_the_client)] == []
