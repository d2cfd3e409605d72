"""Voters' browsers, signed in as delegates and as careless as they come; and what reaches the ballot from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import httpx2
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from application.private import sign_ins
from domain.accounts.permissions import Grant, Role
from interfaces.composition import House
from interfaces.web._base import areas, tokens
from tests.support import visitors
from tests.support.polls import Hall

SCOPE_OF_A_BALLOT = {
    *("type", "asgi", "http_version", "method", "scheme", "server", "path", "raw_path"),
    *("headers", "client", "root_path", "query_string", "state"),
}


class Edge:
    """Stands between the switch and the ballot's application and writes everything down."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.requests: list[Scope] = []
        self.answers: list[tuple[list[tuple[bytes, bytes]], bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests.append(dict(scope))
        headers: list[tuple[bytes, bytes]] = []
        body = b""

        async def sending(message: Message) -> None:
            nonlocal body
            headers.extend(message.get("headers", []))
            body += message.get("body", b"")
            await send(message)

        await self.app(scope, receive, sending)
        self.answers.append((headers, body))


@dataclass(frozen=True)
class Voter:
    """A delegate's browser: signed in, and with everything that could tell it from others."""

    account: UUID
    token: str
    agent: str
    address: str
    client: httpx2.Client

    def headers(self) -> dict[str, str]:
        return {
            "User-Agent": self.agent,
            "X-Forwarded-For": self.address,
            "Forwarded": f"for={self.address}",
            "Referer": "https://rd.example.cn/delegate/jz",
            "Cookie": f"{tokens.SIGN_IN_COOKIE}={self.token}; piaojue_language=zh-CN",
            "Authorization": f"Bearer {self.token}",
            "X-Request-Id": self.agent,
        }

    @property
    def tells(self) -> tuple[str, ...]:
        """What would tell this browser from the others."""
        return self.agent, self.address, self.token


@contextmanager
def signed_in(house: House, url: str, hall: Hall, voters: int) -> Iterator[list[Voter]]:
    """The browsers of the first so many delegates."""
    made = [_voter(house, url, hall, place) for place in range(voters)]
    try:
        yield made
    finally:
        for voter in made:
            voter.client.close()


def _voter(house: House, url: str, hall: Hall, place: int) -> Voter:
    grant = Grant(role=Role.DELEGATE, congress=hall.congress, delegate=hall.delegates[place].delegate)
    account = visitors.account(house, grant, name=f"代表{place}")
    token = sign_ins.begin(house.private, account, house.office.now())
    client = httpx2.Client(base_url=url, timeout=60, trust_env=False)
    for path in areas.COOKIE_PATHS:
        client.cookies.set(tokens.SIGN_IN_COOKIE, token, path=path)
    return Voter(account, token, f"Browser-of-{account.hex}", f"203.0.113.{place + 1}", client)
