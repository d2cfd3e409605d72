"""A sealed poll under way, and what must be true of it after a fault, whatever it was."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TypeVar

import httpx2
from nacl.public import SealedBox

from application.history.box import TryAgain
from application.office import Busy, Desk
from application.polls.counting import count_poll
from domain.congress import session as sessions
from domain.congress.session import CardDrawn, DelegateCheckedIn
from domain.polls.ballot import receipt, unpacked
from domain.polls.ballot_form import decoded
from domain.polls.card import Secret, card_id
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.e2e.clerks import SLUG, clerk_of, client_of
from tests.e2e.phones import filled_in
from tests.support import polls
from tests.support.polls import Hall
from tests.support.sealing import MadeKey, guarded, open_twice
from tests.support.stores import by

T = TypeVar("T")
PATIENCE = 120


@dataclass(frozen=True)
class SealedPoll:
    """A poll whose key the test holds, and what every phone sends."""

    house: House
    hall: Hall
    key: MadeKey
    sent: dict[Secret, dict[str, str]]
    cookies: dict[str, str]
    """A clerk's."""
    page: str
    """The office's page of the poll."""

    def settle(self, receipts: dict[str, str], url: str) -> None:
        """After the fault: closes, looks into the box, opens it twice, counts, and looks at all the pages."""
        hall = self.hall
        patiently(hall.close)
        self._box_holds(receipts)
        open_twice(hall, self.key)
        count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
        self._count_is_right(receipts)
        asyncio.run(self._pages_are_right(receipts, url))

    def _box_holds(self, receipts: dict[str, str]) -> None:
        """Each receipt is that of what the phone sent, lies under its card, once, and nothing else is there."""
        hall = self.hall
        for card, given in receipts.items():
            assert given == receipt(unpacked(self.sent[Secret(card)]["ballot"]))
            assert hall.box.receipt_of(hall.poll, card_id(Secret(card))) == given
        assert hall.box.receipts(hall.poll) == sorted(receipts.values())
        assert len(set(receipts.values())) == len(receipts) == hall.box.closing(hall.poll).ballots

    def _count_is_right(self, receipts: dict[str, str]) -> None:
        """The columns are those of the marks that the phones sent."""
        counted, form, box = self.hall.state.counted, self.hall.form, SealedBox(self.key.secret)
        assert counted is not None
        said = json.loads(counted.count)
        rows = [decoded(box.decrypt(base64.b64decode(self.sent[Secret(card)]["ballot"])), form) for card in receipts]
        for place, column in enumerate(said["columns"]["items"]):
            marks = Counter(row[place] for row in rows)
            assert (column["for"], column["against"]) == (marks["for"], marks["against"])
            assert column["abstain"] == marks["abstain"] + marks[""]
        assert said["returned"] == said["box"]["ballots"] == len(receipts)

    async def _pages_are_right(self, receipts: dict[str, str], url: str) -> None:
        """What the hall, the office and the public are shown is what lies in the box."""
        poll, root = self.hall.poll, self.hall.box.closing(self.hall.poll).root
        number = f"{len(receipts):,}"
        async with client_of(url, self.cookies) as client:
            listed = await answered(client, f"/records/{poll}/receipts.txt")
            assert listed.split() == sorted(receipts.values())
            record = await answered(client, f"/records/{poll}")
            assert root in record.replace(" ", "")
            hall = await answered(client, f"/hall/{poll}", until="清点完毕")
            assert number in hall
            assert all(root[start : start + 4] in hall for start in range(0, len(root), 4))
            office = await answered(client, self.page, until="收回电子票")
            assert f"<b>{number}</b>" in office


async def answered(client: httpx2.AsyncClient, path: str, until: str = "") -> str:
    """The page, asked for as a browser's owner does who loads it again: until it answers and shows what it must."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            page = await client.get(path)
        except httpx2.TransportError:
            page = None
        if page is not None and page.status_code == httpx2.codes.OK and until in page.text:
            return page.text
        assert monotonic() < deadline, (path, page)
        await asyncio.sleep(0.1)


def patiently(command: Callable[[], T]) -> T:
    """As a chair does who is told to try again."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return command()
        except (TryAgain, Busy):
            assert monotonic() < deadline
            sleep(0.2)


def sealed_poll(house: House, *, delegates: int, slug: str) -> SealedPoll:
    """Open for so many delegates, who all hold a card and have filled in their ballots."""
    hall, key = open_sealed(house, delegates=delegates, slug=slug)
    cookies = clerk_of(house, hall.congress)
    return SealedPoll(house, hall, key, filled_in(hall, hall.cards), cookies, f"/staff/{slug}/polls/{hall.poll}")


def open_sealed(house: House, *, delegates: int, slug: str = SLUG) -> tuple[Hall, MadeKey]:
    """A poll that is open for so many delegates, who all hold a card, and its key."""
    hall = polls.prepared(house.office, house.box, delegates=delegates, slug=slug, sealing=Sealing.SEALED)
    hall.private = house.private
    key = guarded(hall)
    hall.release()
    seat_at_once(hall)
    hall.open()
    return hall, key


def seat_at_once(hall: Hall) -> None:
    """As `hall.seat()`, in one command."""

    def decide(desk: Desk) -> None:
        for entry in hall.delegates:
            held = {"congress": hall.congress, "session": hall.session, "delegate": entry.delegate}
            stream = sessions.attendance_stream(hall.session, entry.delegate)
            desk.add(stream, DelegateCheckedIn(**held), CardDrawn(**held, poll=hall.poll))

    hall.office.record(by(), decide)
    hall.account_for_cards(len(hall.delegates))
