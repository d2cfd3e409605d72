"""Rule 12: where a part is smaller than the group size, nothing that stays lets it be computed.

Two polls with equal sums and different parts: the four papers of one say what four cards of the other said. What is
stored and published of both after the declaration is the same but for ids, digests, salts and keys.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import pytest

from application.polls.counting import count_poll
from domain.polls.ballot_form import Row
from domain.polls.card import card_id
from domain.polls.poll import Sealing
from domain.polls.rules import RuleProfile
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.e2e import pieces, whole_day
from tests.e2e.stores import everything
from tests.support.papers import both_enter, entry_of, mixed_hall, returned
from tests.support.polls import RULES, Hall
from tests.support.postgres import Server
from tests.support.sealing import MadeKey, guarded, open_twice, sealed
from tests.support.stores import Clock, by
from tests.support.visitors import visitor

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

CARDS = 12
PAPERS = 4
MARKS = ("", "for", "against", "abstain")

CHOSEN_AT_RANDOM = (
    # the signature of a checkpoint: 92 digits, parted where a line ends
    (re.compile("— localhost:8000/history (?:[^A-Za-z0-9+/=]{0,4}[A-Za-z0-9+/=]){92}".encode()), b"#"),
    (re.compile(rb'(name="(?:csrf|command_key)" value=")[^"]*'), rb"\1"),
    (re.compile(rb"\$argon2[^\x1f]*"), b"#"),
    (re.compile(rb"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}"), b"#"),
    (re.compile(rb"[0-9a-fA-F]{16,}"), b"#"),
    (re.compile(rb"\b(?:[0-9a-fA-F]{4}){1,2}(?:(?:\s|<[^>]*>)+(?:[0-9a-fA-F]{4}){1,2}){3,}\b"), b"#"),
    (re.compile(rb"content-length: \d+"), b"#"),  # the content itself is compared, files as what is in them
    (re.compile(rb"[A-Za-z0-9+/_-]{40,}={0,2}"), b"#"),
    (re.compile(rb"\bkey \d+|\bu-[0-9a-f]{8}\b"), b"#"),
)


def settled(content: bytes) -> bytes:
    """Without what is chosen at random or computed from it."""
    for pattern, instead in CHOSEN_AT_RANDOM:
        content = pattern.sub(instead, content)
    return content


NewHouse = Callable[[], tuple[House, str]]


@pytest.fixture
def new_house(
    store: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NewHouse]:
    """An installation of its own each time, with the address of its database.

    The clock stands still, and ids are the same in all of them; cards, keys, nonces and salts are not.
    """
    truly_random = os.urandom
    with ExitStack() as closing:

        def made() -> tuple[House, str]:
            monkeypatch.setattr("os.urandom", truly_random)
            folder = tmp_path / f"house-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            url = f"sqlite:///{folder}/piaojue.db"
            if store == "postgres":
                server: Server = request.getfixturevalue("postgres_server")
                url = closing.enter_context(server.fresh_database())
            monkeypatch.setattr("os.urandom", Random(7).randbytes)  # uuid4
            monkeypatch.setattr("tests.support.stores._numbers", count(1))  # keys of commands
            house = open_house(Settings(data=folder, database_url=url), Clock())
            closing.callback(house.close)
            return house, url

        yield made


def rows_of_people() -> list[Row]:
    """What sixteen people say on six items; no two say the same."""
    chance = Random(4)
    return [tuple(chance.choice(MARKS) for _ in range(6)) for _ in range(CARDS + PAPERS)]


def counted(house: House, rows: Sequence[Row], rules: RuleProfile) -> Hall:
    """The first twelve by card, the others on paper; up to the count."""
    keys: list[MadeKey] = []
    hall = mixed_hall(
        house.office,
        house.box,
        house.private,
        cards=CARDS,
        papers=PAPERS,
        rules=rules,
        sealing=Sealing.SEALED,
        before=lambda hall: keys.append(guarded(hall)),
    )
    for card, row in zip(hall.cards, rows[:CARDS], strict=True):
        hall.box.cast(hall.poll, card_id(card), sealed(row, hall, keys[0]))
    hall.close()
    open_twice(hall, keys[0])
    returned(hall, PAPERS)
    both_enter(hall, entry_of(hall, rows[CARDS:]))
    position = count_poll(house.office, house.box, house.private, by(hall.clerk), hall.poll)
    assert house.followers.wait_for(position)
    return hall


def stored(house: House, url: str) -> list[tuple[str, bytes]]:
    """Every row of every table but the hash tree's, which are digests of the others, as bytes.

    Of PostgreSQL's own columns, place and transaction are left out: other databases of the server move them.
    """
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    own = 2 if url.startswith("postgres") else 0
    dump = {table: [row[own:] for row in rows] for table, rows in everything(url).items() if "tree_tiles" not in table}
    return sorted((re.sub("[0-9a-f]{12,}", "#", row.where), settled(row.content)) for row in pieces.rows_of(dump))


def published(house: House, hall: Hall) -> list[tuple[str, bytes]]:
    """Every page, file and answer, those for the office and the scrutineers among them."""
    site = create_app(house)
    answered = [*pieces.pages(house, site, hall), *pieces.answers(house, site, hall)]
    of_polls = [one for one in answered if one.content and "/accounts" not in one.where]  # readers are new each time
    return [(settled(one.where.encode()).decode(), settled(one.content)) for one in of_polls]


def twins() -> tuple[list[Row], list[Row]]:
    """The same people; in the second poll the first four vote on paper, and the last four by card."""
    rows = rows_of_people()
    return rows, [*rows[PAPERS:], *rows[:PAPERS]]


def after_declaration(new_house: NewHouse, rules: RuleProfile = RULES) -> list[tuple[House, str, Hall]]:
    """Both polls, declared."""
    held = []
    for rows in twins():
        house, url = new_house()
        hall = counted(house, rows, rules)
        whole_day.declare(hall, house)
        held.append((house, url, hall))
    return held


def counts_in(house: House, hall: Hall) -> list[bytes]:
    """The count in the published record."""
    record = visitor(create_app(house)).open(f"/records/{hall.poll}/record.zip")
    files = pieces.unpacked(pieces.Piece("record", record.content))
    return [settled(one.content) for one in files if one.where == "record/count.json"]


def test_rule_12_equal_sums_leave_equal_rows_whatever_the_few_papers_said(new_house: NewHouse) -> None:
    one, other = (stored(house, url) for house, url, _ in after_declaration(new_house))
    assert one == other


@ONE_STORE
def test_rule_12_equal_sums_are_published_alike_whatever_the_few_papers_said(new_house: NewHouse) -> None:
    (house, _, hall), (other_house, _, other_hall) = after_declaration(new_house)
    one, other = published(house, hall), published(other_house, other_hall)
    assert len(one) > 200
    assert [where for where, _ in one] == [where for where, _ in other]
    assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == []
    assert len(counts_in(house, hall)) == 1
    assert counts_in(house, hall) == counts_in(other_house, other_hall)


def test_this_comparison_finds_figures_before_they_are_erased(new_house: NewHouse) -> None:
    traces = []
    for rows in twins():
        house, url = new_house()
        counted(house, rows, RULES)
        traces.append(stored(house, url))
    differing = {where for where, _ in set(traces[0]) ^ set(traces[1])}
    assert {where.rsplit("/", 1)[-1].removeprefix("table ") for where in differing} == {"private_working"}


@ONE_STORE
def test_this_comparison_finds_parts_that_are_large_enough_to_be_told(new_house: NewHouse) -> None:
    (house, url, hall), (other_house, other_url, other_hall) = after_declaration(
        new_house, replace(RULES, min_group_size=PAPERS)
    )
    assert stored(house, url) != stored(other_house, other_url)
    assert counts_in(house, hall) != counts_in(other_house, other_hall)
