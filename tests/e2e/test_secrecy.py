"""Twelve ballots cast one by one between timed check-ins: nothing leads from a person to a ballot (ballot.md).

The voters' browsers are signed in as delegates and send everything a careless browser could send along. Whatever
the servers stored, logged, received behind the switch and answered is searched.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx2
import psycopg
import pytest

from domain.congress.session import DelegateCheckedIn
from domain.polls.ballot import ballot_stream, unpacked
from domain.polls.card import Secret, card_id, printed_code
from domain.polls.card_set import CardSetPrinted
from domain.polls.poll import LastBallotsCalled, PollClosed, PollOpened
from interfaces.composition import House
from interfaces.public.ballot.app import create_ballot_app
from interfaces.web import app as web
from tests.e2e.delegates_browsers import SCOPE_OF_A_BALLOT, Edge, Voter, signed_in
from tests.e2e.phones import filled_in
from tests.e2e.stores import Dump, box_rows, everything, outside_the_box, places_of, rows_with, the_box
from tests.support.browser import LiveSite, serving
from tests.support.polls import Hall, open_hall
from tests.support.ports import free_port
from tests.support.stores import Clock

VOTERS = 12
SEATED = 24
OF_THE_CLIENT = ("httpx", "httpcore", "asyncio", "hpack")


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch, house: House) -> Edge:
    watched = Edge(create_ballot_app(house))
    monkeypatch.setattr(web, "create_ballot_app", lambda _: watched)
    return watched


@pytest.fixture
def site(house: House, edge: Edge) -> Iterator[LiveSite]:
    with serving(house, free_port()) as opened:
        yield opened


@pytest.fixture
def hall(house: House) -> Hall:
    """Two thirds have drawn a card; the others come later, and vote on paper."""
    return open_hall(house.office, house.box, delegates=36, attending=SEATED)


@pytest.fixture
def voters(house: House, site: LiveSite, hall: Hall) -> Iterator[list[Voter]]:
    with signed_in(house, site.url, hall, VOTERS) as made:
        yield made


@dataclass(frozen=True)
class Cast:
    """What one voter sent and was answered."""

    card: Secret
    ballot: str
    receipt: str


def vote_one_by_one(database_url: str, house: House, clock: Clock, hall: Hall, voters: list[Voter]) -> list[Cast]:
    """Between two check-ins at known times one signed-in delegate votes; nothing but the box may change by it."""
    done = []
    for place, voter in enumerate(voters):
        clock.forward(minutes=1)
        hall.check_in(SEATED + place)
        assert voter.client.get("/delegate", follow_redirects=True).url.path != "/sign-in"
        house.followers.wait_for(house.history.last_position(), timeout=20)
        before = outside_the_box(database_url)
        card = hall.cards[(7 * place) % SEATED]
        said = filled_in(hall, [card])[card]
        assert voter.client.get("/v", headers=voter.headers()).status_code == httpx2.codes.OK
        assert voter.client.post("/v/form", json={"card": card}, headers=voter.headers()).status_code == 200
        answer = voter.client.post("/v/cast", json=said, headers=voter.headers())
        assert answer.json().keys() == {"receipt"}
        assert outside_the_box(database_url) == before
        done.append(Cast(card, said["ballot"], answer.json()["receipt"]))
    return done


def test_nothing_leads_from_a_person_to_a_ballot(
    database_url: str,
    house: House,
    clock: Clock,
    edge: Edge,
    hall: Hall,
    voters: list[Voter],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        cast = vote_one_by_one(database_url, house, clock, hall, voters)
        hall.close()
        house.followers.wait_for(house.history.last_position(), timeout=20)
    dump = everything(database_url)
    _history_tells_check_ins_and_the_end_only(house, hall)
    _stores_hold_no_secret_receipt_or_browser(database_url, dump, cast, voters)
    _ballots_lie_in_the_box_alone(database_url, dump, hall, cast)
    _the_box_names_nobody(database_url, hall, voters)
    _cards_are_known_as_a_set_only(dump, hall)
    _rows_lie_in_card_order(database_url, hall)
    _requests_came_bare(edge, voters)
    _answers_say_nothing_of_people(edge, voters)
    spoken = capfd.readouterr()
    of_the_server = [record for record in caplog.records if not record.name.startswith(OF_THE_CLIENT)]
    lines = [record.getMessage() for record in of_the_server]
    _log_is_silent_about_ballots("\n".join([*lines, spoken.out, spoken.err]), cast, voters)


def _history_tells_check_ins_and_the_end_only(house: House, hall: Hall) -> None:
    told = [notice for notice in house.history.select(0, 10_000) if notice.stream != hall.poll]
    opened = next(n.position for n in house.history.select(0, 10_000) if isinstance(n.fact, PollOpened))
    since = [notice for notice in house.history.select(opened, 10_000) if notice.position > opened]
    kinds = [type(notice.fact) for notice in since if not type(notice.fact).__module__.startswith("domain.accounts")]
    assert kinds == [DelegateCheckedIn] * VOTERS + [LastBallotsCalled, PollClosed]
    assert [notice.position for notice in since] == list(range(opened + 1, opened + 1 + len(since)))  # no gap either
    assert not [notice for notice in told if type(notice.fact).__name__ in {"BallotCast", "CardVoided"}]


def _stores_hold_no_secret_receipt_or_browser(
    database_url: str, dump: Dump, cast: list[Cast], voters: list[Voter]
) -> None:
    for one in cast:
        for needle in (one.card, one.card.lower(), printed_code(one.card), one.receipt):
            assert places_of(needle, database_url, dump) == set()
    for voter in voters:
        for needle in (voter.agent, voter.address, voter.token):
            assert places_of(needle, database_url, dump) == set()


def _ballots_lie_in_the_box_alone(database_url: str, dump: Dump, hall: Hall, cast: list[Cast]) -> None:
    for one in cast:
        stream = ballot_stream(hall.poll, card_id(one.card))
        for needle in (one.ballot, unpacked(one.ballot).hex(), stream.hex, str(stream)):
            assert all("box" in place for place in places_of(needle, database_url, dump)), needle
        assert len(rows_with(one.ballot, dump)) == 1


def _the_box_names_nobody(database_url: str, hall: Hall, voters: list[Voter]) -> None:
    box = the_box(database_url)
    people = [entry.delegate for entry in hall.delegates] + [voter.account for voter in voters] + [hall.session]
    for needle in [form for person in people for form in (person.hex, str(person))] + ["2026-01-20", "T09:"]:
        assert rows_with(needle, box) == []
    ballots = next(rows for table, rows in box.items() if table.endswith(f"box_{hall.poll.hex}"))
    own = 2 if database_url.startswith("postgres") else 0  # ctid and xmin are looked at below
    assert {type(value) for row in ballots for value in row[own:]} <= {str, int, bytes, UUID}
    assert {row[own + 1] for row in ballots} == {1}  # the version: the only number
    assert {len(row) - own for row in ballots} == {4}


def _cards_are_known_as_a_set_only(dump: Dump, hall: Hall) -> None:
    """A row that names one card of the set names them all, in sorted order, and nobody who holds one."""
    ids = sorted(card_id(secret) for secret in hall.secrets)
    found = rows_with(ids[0], dump)
    assert found
    for card in ids:
        assert [table for table, _ in rows_with(card, dump)] == [table for table, _ in found]
    printed = [notice.fact for notice in hall.office.history.select(0, 10_000, kinds=[CardSetPrinted])]
    assert [list(fact.cards) for fact in printed if isinstance(fact, CardSetPrinted)] == [ids]


def _rows_lie_in_card_order(database_url: str, hall: Hall) -> None:
    """See also test_box_closing: the bytes of the file do not depend on the order of arrival."""
    rows = box_rows(database_url, hall.poll)
    assert [stream for stream, _ in rows] == sorted(stream for stream, _ in rows)
    assert len({hidden for _, hidden in rows}) == 1
    if database_url.startswith("postgres"):
        with psycopg.connect(database_url) as server:
            assert server.execute("SHOW track_commit_timestamp").fetchone() == ("off",)


def _requests_came_bare(edge: Edge, voters: list[Voter]) -> None:
    assert len(edge.requests) == 3 * VOTERS
    for scope in edge.requests:
        assert scope.keys() <= SCOPE_OF_A_BALLOT
        assert (scope["client"], scope["query_string"], scope["state"]) == (None, b"", {})
        text = repr(scope)
        assert not [voter for voter in voters if voter.agent in text or voter.address in text or voter.token in text]
        assert "delegate" not in text
    # but for the length of what is typed, no request can be told from another of its kind
    shapes = {
        (scope["path"], tuple((k, v) for k, v in scope["headers"] if k != b"content-length")) for scope in edge.requests
    }
    assert len(shapes) == 3


def _answers_say_nothing_of_people(edge: Edge, voters: list[Voter]) -> None:
    for headers, body in edge.answers:
        names = {name.lower() for name, _ in headers}
        assert not names & {b"set-cookie", b"etag", b"last-modified", b"x-request-id"}
        assert dict(headers)[b"cache-control"] == b"no-store"
        text = repr(headers) + body.decode()
        assert not [voter for voter in voters if voter.account.hex in text or voter.token in text]
    said = [json.loads(body) for _, body in edge.answers if body.startswith(b'{"receipt"')]
    assert len(said) == VOTERS
    assert len({len(body) for _, body in edge.answers if body.startswith(b'{"receipt"')}) == 1


def _log_is_silent_about_ballots(log: str, cast: list[Cast], voters: list[Voter]) -> None:
    """At the finest level of every library, where an office logs warnings only."""
    for one in cast:
        for needle in (one.card, one.ballot, one.receipt, card_id(one.card)):
            assert needle not in log
    for voter in voters:
        assert voter.agent not in log
        assert voter.address not in log
    assert "/v/" not in log


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_after_closing_the_log_of_the_box_is_empty(
    database_url: str, house: House, clock: Clock, hall: Hall, voters: list[Voter]
) -> None:
    vote_one_by_one(database_url, house, clock, hall, voters[:2])
    wal = Path(database_url.removeprefix("sqlite:///")).with_name("piaojue-box.db-wal")
    assert wal.stat().st_size > 0
    hall.close()
    assert wal.stat().st_size == 0
