"""Residents who read public pages, and what they may read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from domain.shared import project_code
from tests.support import year

PAGE = f"/p/{project_code(year.ADOPTED[0])}"
LIST = f"/city/{int(year.YEAR)}"


def resident_of(site: FastAPI) -> TestClient:
    """A browser that asks for Chinese."""
    return TestClient(site, base_url="https://rd.example.cn", headers={"accept-language": "zh-CN"})


@dataclass
class Answer:
    """What was sent of an answer."""

    status: int = 0
    body: bytes = b""
    sent: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        self.sent.append(message)
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


async def ask(app: Callable[..., Awaitable[None]], path: str) -> Answer:
    """A request as the server hands it over."""
    answer = Answer()
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"rd.example.cn")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(scope, receive, answer.send)
    return answer
