"""模拟投票：用票卡文件里的票卡，像手机一样投票 / casts ballots for the cards in a file over HTTP, like phones."""

import argparse
import asyncio
import base64
import secrets
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final

import httpx2
from nacl.public import PublicKey, SealedBox

from domain.polls.ballot_form import NONCE_BYTES
from interfaces.web._base.language import gettext as _

CARDS: Final = Path("data/demo/ballot-cards.txt")
MOST_CONNECTIONS: Final = 64
PATIENCE: Final = 60.0
"""Seconds that a phone goes on asking a server that does not answer."""

MOST_LIKED, LEAST_LIKED = 0.95, 0.52
"""Shares of the voters for the most and the least liked item; those between lie evenly, so that no two are equal."""

_SPENT: Final = frozenset({"CardUsed", "CardIsVoid"})
_NOT_NOW: Final = frozenset({"PollNotOpen", "SetNotReleased", "SetNotBound", "SetDiscarded", "PollIsClosed"})
_BAR: Final = 32


class Stopped(Exception):
    """There is no use in going on; the sentence says why."""


@dataclass
class Sums:
    """What became of the cards."""

    cast: int = 0
    spent: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By the sentence that was answered."""

    @property
    def done(self) -> int:
        """Cards that were tried."""
        return self.cast + self.spent + self.refused.total()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which server, which cards, how many and how fast."""
    parser.add_argument("--url", default="http://localhost:8000", help="the server (default: %(default)s)")
    parser.add_argument("--cards", type=Path, default=CARDS, help="a file with one code a line (default: %(default)s)")
    parser.add_argument("--leave", type=int, default=0, metavar="N", help="leave the last N cards of the file unused")
    parser.add_argument("--seed", type=int, default=2026, help="the same seed makes the same marks")
    parser.add_argument("--pace", type=float, metavar="RATE", help="ballots a second (default: as fast as it goes)")


def run(arguments: argparse.Namespace) -> int:
    """0 when every card was tried, 1 with one sentence when it made no sense to go on."""
    try:
        cards = codes_in(arguments.cards)
    except (OSError, UnicodeDecodeError):
        return _say(
            _("没有可读的票卡文件 %(file)s。./run demo 会写出它，也可以用 --cards 指定。", file=arguments.cards)
        )
    voting = cards[: max(0, len(cards) - arguments.leave)]
    sums = Sums()
    crowd = Crowd(arguments.url.rstrip("/"), voting, arguments.seed, sums)
    stopped = ""
    try:
        asyncio.run(crowd.vote(arguments.pace))
    except Stopped as reason:
        stopped = str(reason)
    if sums.done:
        _report(sums, len(cards) - len(voting))
    return _say(stopped) if stopped else 0


def codes_in(file: Path) -> list[str]:
    """The codes of a file, one a line, also as the addresses that stand on the cards. Raises OSError."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line.rsplit("#", 1)[-1] for line in lines if line and not line.startswith("#")]


class Crowd:
    """All voters with their preferences; each fills in one ballot and sends it until it is answered."""

    def __init__(self, url: str, cards: Sequence[str], seed: int, sums: Sums) -> None:
        self._url = url
        self._cards = cards
        self._seed = seed
        self._sums = sums
        self._likes: list[frozenset[int]] = []
        self._reached = False
        self._started = 0.0

    async def vote(self, pace: float | None) -> None:
        """Raises Stopped when the server is not there or the poll is not open."""
        voters = list(range(len(self._cards)))
        Random(self._seed).shuffle(voters)  # noqa: S311  # made-up votes, not secrets
        queue = iter(enumerate(voters))
        self._started = monotonic()
        limits = httpx2.Limits(max_connections=MOST_CONNECTIONS)
        try:
            async with (
                httpx2.AsyncClient(base_url=self._url, limits=limits, timeout=20, trust_env=False) as client,
                asyncio.TaskGroup() as hall,
            ):
                for _phone in range(min(MOST_CONNECTIONS, len(voters))):
                    hall.create_task(self._one_after_another(client, queue, pace))
        except* Stopped as stopped:
            raise _first(stopped) from None

    async def _one_after_another(
        self, client: httpx2.AsyncClient, queue: Iterator[tuple[int, int]], pace: float | None
    ) -> None:
        for place, voter in queue:
            if pace:
                await asyncio.sleep(max(0.0, self._started + place / pace - monotonic()))
            await self._vote(client, voter)
            _show(self._sums.done, len(self._cards))

    async def _vote(self, client: httpx2.AsyncClient, voter: int) -> None:
        card = self._cards[voter]
        status, told = await self._asked(client, "form", {"card": card})
        if status == httpx2.codes.OK:
            said = {
                "card": card,
                "ballot": self._ballot(voter, told),
                "form": str(told["form"]),
                "key": str(told["key"]),
            }
            status, told = await self._asked(client, "cast", said)
        refused, sentence = str(told.get("refused", "")), str(told.get("sentence", ""))
        if status == httpx2.codes.OK:
            self._sums.cast += 1
        elif refused in _NOT_NOW:
            raise Stopped(f"{told['title']}。")
        elif refused in _SPENT:
            self._sums.spent += 1
        else:
            self._sums.refused[sentence or refused] += 1

    async def _asked(self, client: httpx2.AsyncClient, what: str, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Sends the very same until there is an answer."""
        until = monotonic() + PATIENCE
        while True:
            try:
                answer = await client.post(f"/v/{what}", json=said)
            except (httpx2.TransportError, httpx2.InvalidURL) as failure:
                if not self._reached or monotonic() > until:
                    raise Stopped(
                        _("连不上 %(url)s。请先启动服务：./run demo 或 ./run serve。", url=self._url)
                    ) from failure
                await asyncio.sleep(1)
                continue
            self._reached = True
            if answer.status_code < httpx2.codes.INTERNAL_SERVER_ERROR:
                return answer.status_code, _read(answer, self._url)
            if monotonic() > until:
                raise Stopped(_("%(url)s 一直很忙，没有收下选票。", url=self._url))
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))

    def _ballot(self, voter: int, form: dict[str, Any]) -> str:
        """The voter's marks as the page encodes them, sealed to the poll's key, or behind a fresh nonce."""
        chance = Random(f"{self._seed}/{voter}")  # noqa: S311  # as above
        items, most = range(len(form["items"])), form["most_for"]
        self._likes = self._likes or liked(len(self._cards), len(items), self._seed)
        wanted = [item for item in items if voter in self._likes[item]]
        chosen = set(wanted if most is None else chance.sample(wanted, min(most, len(wanted))))
        others = [*range(2, len(form["marks"])), 0]
        marks = bytes(1 if item in chosen else chance.choice(others) for item in items)
        encoded = bytes(form["head"]) + marks
        if form["public_key"]:
            ballot = bytes(SealedBox(PublicKey(bytes.fromhex(form["public_key"]))).encrypt(encoded))
        else:
            ballot = secrets.token_bytes(NONCE_BYTES) + encoded
        return base64.b64encode(ballot).decode("ascii")


def liked(voters: int, items: int, seed: int) -> list[frozenset[int]]:
    """For every item the voters who are for it: exact, different numbers, so that a tie at the cut is unlikely."""
    chance = Random(seed)  # noqa: S311  # as above
    step = (MOST_LIKED - LEAST_LIKED) / max(1, items - 1)
    shares = [MOST_LIKED - step * rank for rank in range(items)]
    chance.shuffle(shares)
    return [frozenset(chance.sample(range(voters), round(share * voters))) for share in shares]


def _first(stopped: BaseExceptionGroup[Stopped]) -> Stopped:
    found = stopped.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def _read(answer: httpx2.Response, url: str) -> dict[str, Any]:
    try:
        read = answer.json()
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Stopped(_("%(url)s 不是票决系统的地址。", url=url))
    return read


def _show(done: int, of: int) -> None:
    """A bar on a terminal, ten lines elsewhere."""
    if sys.stderr.isatty():
        filled = _BAR * done // of
        end = "\n" if done == of else ""
        print(f"\r[{'█' * filled}{'·' * (_BAR - filled)}] {done} / {of}", end=end, file=sys.stderr, flush=True)
    elif done * 10 // of != (done - 1) * 10 // of:
        print(f"{done} / {of}", file=sys.stderr, flush=True)


def _report(sums: Sums, left: int) -> None:
    print(
        _(
            "投出 %(cast)s 张，跳过已用或作废的 %(spent)s 张，留下 %(left)s 张。",
            cast=sums.cast,
            spent=sums.spent,
            left=left,
        )
    )
    for sentence, number in sums.refused.most_common():
        print(_("%(n)s 张没有被接受：%(sentence)s", n=number, sentence=sentence))


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
