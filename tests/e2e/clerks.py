"""A clerk at the desk of a congress, who adds units one after another as fast as the site answers."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import httpx2
from starlette.requests import Request

from application.office import system_clock
from application.private import sign_ins
from domain.accounts.permissions import Grant, Role
from interfaces.composition import House
from interfaces.web._base import tokens
from tests.support import visitors

SLUG = "jz"


@dataclass
class Answers:
    """What the clerk was told, by the name of the unit; and the requests that were let in and got no answer."""

    status: dict[str, int] = field(default_factory=dict)
    told_to_wait: list[httpx2.Response] = field(default_factory=list)
    not_let_in: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


def clerk_of(house: House, congress: UUID) -> dict[str, str]:
    """The cookie of a clerk who has just signed in; servers of their own have the clock of this machine."""
    account = visitors.account(house, Grant(role=Role.STAFF, congress=congress))
    return {tokens.SIGN_IN_COOKIE: sign_ins.begin(house.private, account, system_clock())}


def client_of(url: str, cookies: dict[str, str], at_once: int = 8) -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=at_once)
    return httpx2.AsyncClient(base_url=url, cookies=cookies, limits=limits, timeout=30, trust_env=False)


async def add(client: httpx2.AsyncClient, name: str, key: str = "") -> httpx2.Response:
    """One command, by the form of the page."""
    asked = cast("Request", SimpleNamespace(cookies=dict(client.cookies), state=SimpleNamespace()))
    typed = {"csrf": tokens.token(asked), "command_key": key or uuid4().hex, "units": name}
    return await client.post(f"/staff/{SLUG}/units", data=typed)


async def units(client: httpx2.AsyncClient) -> str:
    """The page with all units."""
    return (await client.get(f"/staff/{SLUG}/units")).text


async def add_all(
    client: httpx2.AsyncClient, names: Sequence[str], *, each: Callable[[], Any] = lambda: None
) -> Answers:
    """Adds all of them once, some at the same time."""
    answers = Answers()
    gate = asyncio.Semaphore(8)

    async def one(name: str) -> None:
        async with gate:
            try:
                answer = await add(client, name)
            except httpx2.ConnectError:
                answers.not_let_in.append(name)
            except httpx2.TransportError:
                answers.unanswered.append(name)
            else:
                answers.status[name] = answer.status_code
                if answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE:
                    answers.told_to_wait.append(answer)
            each()

    await asyncio.gather(*map(one, names))
    return answers
