"""A long history in a moment: rows written in bulk, as an import writes them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from application.history.transfer import filling
from application.history.transfer_lines import StoredFact
from domain.shared import CHINA

PEOPLE = UUID("00000000-0000-5000-8000-0000000000bb")
START = datetime(2026, 1, 20, 9, tzinfo=CHINA)


def stored_facts(number: int, after: int = 0) -> Iterator[StoredFact]:
    """Accounts opened and renamed again and again: ten facts to a stream."""
    for position in range(after + 1, after + number + 1):
        person, turn = divmod(position - 1, 10)
        stream = UUID(int=PEOPLE.int + (person << 64))
        at = (START + timedelta(seconds=position)).isoformat()
        if turn == 0:
            name, fact = "accounts.account-opened", f'{{"login":"p{person}","name":"代表{person}"}}'
        else:
            name, fact = "accounts.account-renamed", f'{{"name":"代表{person}（第 {turn} 次改名）"}}'
        state = f'{{"v":1,"at":"{at}","by":"{uuid5(PEOPLE, "staff")}","fact":{fact}}}'
        yield StoredFact(position, stream, turn + 1, name, state.encode())


def fill(url: str, number: int, after: int = 0) -> None:
    """Writes them behind those that are there."""
    with filling(url) as into:
        into.fill_facts(stored_facts(number, after))
