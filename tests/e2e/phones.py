"""A hall full of phones: each fills in its ballot once and sends the same bytes until it has an answer."""

import asyncio
import base64
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

import httpx2
from nacl.public import PublicKey, SealedBox

from domain.polls.ballot_form import encoded, unsealed
from domain.polls.card import Secret
from tests.support.polls import Hall

PATIENCE = 240


@dataclass
class Burst:
    """What the phones were told, by card."""

    receipts: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    told_to_wait: int = 0
    """Answers 503 and lost connections."""

    not_let_in: int = 0
    unanswered: int = 0
    """Requests of phones without patience: those that found nobody, and those that were let in and got no answer."""


def filled_in(hall: Hall, cards: Sequence[Secret]) -> dict[Secret, dict[str, str]]:
    """What each card's phone sends: random marks, sealed to the poll's key or behind a fresh nonce."""
    said, form = phone_for(hall), hall.form
    return {card: said(card, [secrets.choice(form.marks) for _ in form.items]) for card in cards}


def phone_for(hall: Hall) -> Callable[[Secret, Sequence[str]], dict[str, str]]:
    """A phone that has loaded the ballot page: what it sends for a card and the marks made with it."""
    state, form, shown = hall.state, hall.form, hall.form_hash
    if not state.is_sealed:
        return lambda card, row: _said(card, unsealed(secrets.token_bytes(32), row, form), shown)
    if state.key is None:
        raise ValueError("no key was made for this poll")
    box, key = SealedBox(PublicKey(bytes.fromhex(state.key.public_key))), state.key.fingerprint
    return lambda card, row: {**_said(card, box.encrypt(encoded(row, form)), shown), "key": key}


def _said(card: Secret, ballot: bytes, shown: str) -> dict[str, str]:
    return {"card": card, "ballot": base64.b64encode(ballot).decode(), "form": shown}


async def cast_all(
    urls: Sequence[str],
    sent: dict[Secret, dict[str, str]],
    *,
    at_once: int = 40,
    each: Callable[[int], object] = lambda _: None,
    into: Burst | None = None,
) -> Burst:
    """All phones, some at once; `each` hears how many receipts were given so far."""
    burst = Burst() if into is None else into
    gate = asyncio.Semaphore(at_once)
    limits = httpx2.Limits(max_connections=at_once)
    async with httpx2.AsyncClient(timeout=10, limits=limits, trust_env=False) as client:

        async def phone(url: str, card: Secret) -> None:
            async with gate:
                answer = await _patiently(client, url, sent[card], burst)
            if answer.status_code == httpx2.codes.OK:
                burst.receipts[card] = answer.json()["receipt"]
                each(len(burst.receipts))
            else:
                burst.refused[card] = answer.json()["refused"]

        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(phone(url, card) for url, card in zip(cycle(urls), sent, strict=False)))
    return burst


async def _patiently(client: httpx2.AsyncClient, url: str, said: dict[str, str], burst: Burst) -> httpx2.Response:
    while True:
        try:
            answer = await client.post(f"{url}/v/cast", json=said)
        except httpx2.TransportError:
            answer = None
        if answer is not None and answer.status_code < httpx2.codes.INTERNAL_SERVER_ERROR:
            return answer
        burst.told_to_wait += 1
        await asyncio.sleep(0.1)


async def cast_once(
    url: str, sent: dict[Secret, dict[str, str]], *, at_once: int = 30, each: Callable[[int], object] = lambda _: None
) -> Burst:
    """Phones without patience: each sends once, whatever comes of it."""
    burst = Burst()
    gate = asyncio.Semaphore(at_once)
    limits = httpx2.Limits(max_connections=at_once)
    async with httpx2.AsyncClient(timeout=30, limits=limits, trust_env=False) as client:

        async def phone(card: Secret) -> None:
            async with gate:
                try:
                    answer = await client.post(f"{url}/v/cast", json=sent[card])
                except httpx2.ConnectError:
                    burst.not_let_in += 1
                except httpx2.TransportError:
                    burst.unanswered += 1
                else:
                    if answer.status_code == httpx2.codes.OK:
                        burst.receipts[card] = answer.json()["receipt"]
                        each(len(burst.receipts))
                    else:
                        burst.refused[card] = answer.json()["refused"]

        await asyncio.gather(*map(phone, sent))
    return burst
