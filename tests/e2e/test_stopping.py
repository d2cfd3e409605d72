"""A stop in the middle of a burst: whoever was let in is answered, and what was answered is kept."""

import asyncio
from pathlib import Path

import httpx2

from domain.polls.card import Secret, card_id
from interfaces.composition import House
from projections.congress_register import units_of
from tests.e2e.clerks import Answers, add_all, clerk_of, client_of
from tests.e2e.conftest import OpenHall
from tests.e2e.phones import Burst, cast_once, filled_in
from tests.e2e.servers import ServerProcess, serving

PHONES = 600  # enough that a quick server is still in the middle when it hears of the stop
CLERKS = 40


def test_a_stop_under_a_burst_answers_whoever_was_let_in_and_loses_nothing(
    store: str, database_url: str, tmp_path: Path, house: House, hall_of: OpenHall
) -> None:
    hall = hall_of(PHONES)
    sent = filled_in(hall, hall.cards)
    cookies = clerk_of(house, hall.congress)
    with serving(database_url, tmp_path, processes="2" if store == "postgres" else "1") as server:
        burst, answers = asyncio.run(_until_stopped(server, sent, cookies))
        assert server.ended() == 0
    assert burst.unanswered == 0
    assert not answers.unanswered
    assert 30 <= len(burst.receipts) < PHONES  # it did stop in the middle
    assert burst.refused == {}
    hall.close()
    assert sorted(burst.receipts.values()) == sorted(
        receipt for card in burst.receipts if (receipt := hall.box.receipt_of(hall.poll, card_id(Secret(card))))
    )
    assert hall.box.closing(hall.poll).ballots == len(burst.receipts)
    house.followers.catch_up()
    added = {name for name, status in answers.status.items() if status == httpx2.codes.SEE_OTHER}
    with house.reading.connect() as connection:
        recorded = {unit.name for unit in units_of(connection, hall.congress)}
    assert {name for name in recorded if name.startswith("单位")} == added


async def _until_stopped(
    server: ServerProcess, sent: dict[Secret, dict[str, str]], cookies: dict[str, str]
) -> tuple[Burst, Answers]:
    def stop_at_30(given: int) -> None:
        if given == 30:
            server.ask_to_stop()

    async with client_of(server.url, cookies) as client:
        names = [f"单位{number}" for number in range(CLERKS)]
        burst, answers = await asyncio.gather(
            cast_once(server.url, sent, at_once=6, each=stop_at_30), add_all(client, names)
        )
    return burst, answers
