"""The history on SQLite and on PostgreSQL: order, positions, notices, independence from the surroundings."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Thread
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError

from application.history.history import History, open_history
from application.history.recorded import Recorded
from application.office import Office
from tests.support.diary import BOOK, LineWritten, diary, evolve, line, lines
from tests.support.stores import Clock, by

MINE = diary("mine")
ROOT = Path(__file__).parents[3]


def test_the_history_is_read_in_the_order_of_recording(desk_office: Office) -> None:
    for number in range(12):
        desk_office.change(by(), diary(str(number % 3)), evolve, line(str(number)))
    history = desk_office.history
    noticed = history.select(0, 100)
    assert [one.fact for one in noticed] == [LineWritten(text=str(number)) for number in range(12)]
    assert [one.position for one in noticed] == sorted({one.position for one in noticed})
    assert history.select(0, 5) + history.select(noticed[4].position, 100) == noticed
    assert history.select(history.last_position(), 100) == []


def test_an_empty_history_ends_at_nought(diaries: History) -> None:
    assert diaries.last_position() == 0
    assert diaries.select(0, 10) == []


def test_a_history_is_there_again_when_opened_again(database_url: str, clock: Clock) -> None:
    for text in "ab":
        history = open_history(database_url, BOOK)
        Office(history, clock).change(by(), MINE, evolve, line(text))
        history.close()
    history = open_history(database_url, BOOK)
    assert history.facts_of([MINE]) == {MINE: [*lines("ab")]}
    history.close()
    history.close()


def test_a_stray_environment_changes_nothing(
    database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stray = {
        "PERSISTENCE_MODULE": "eventsourcing.popo",
        "COMPRESSOR_TOPIC": "zlib",
        "CIPHER_TOPIC": "eventsourcing.cipher:AESCipher",
        "CIPHER_KEY": "not a key",
        "IS_SNAPSHOTTING_ENABLED": "y",
        "SQLITE_DBNAME": str(tmp_path / "elsewhere.db"),
        "POSTGRES_HOST": "elsewhere.invalid",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
        "CREATE_TABLE": "n",
        "MAPPER_TOPIC": "nowhere:Mapper",
    }
    for name, value in stray.items():
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(f"OFFICE_{name}", value)
    history = open_history(database_url, BOOK)
    Office(history, clock).change(by(), MINE, evolve, line("a"))
    assert history.facts_of([MINE]) == {MINE: [LineWritten(text="a")]}
    assert not (tmp_path / "elsewhere.db").exists()
    history.close()


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_history("mysql://localhost/piaojue")


def test_a_commit_of_another_process_is_noticed(diaries: History, database_url: str) -> None:
    wake = diaries.wake
    assert wake.wait(0, 60) > 0, "the watch says so when it has begun"
    heard = wake.calls
    script = (
        "import sys; from application.history.history import open_history; from application.office import Office;"
        "from tests.support.diary import *; from tests.support.stores import by;"
        "history = open_history(sys.argv[1], BOOK);"
        "Office(history).change(by(), diary('mine'), evolve, line('from afar')); history.close()"
    )
    subprocess.run([sys.executable, "-c", script, database_url], cwd=ROOT, check=True, timeout=120)
    assert wake.wait(heard, 60) > heard
    assert diaries.facts_of([MINE]) == {MINE: [LineWritten(text="from afar")]}


def test_a_commit_of_this_process_is_noticed_at_once(desk_office: Office) -> None:
    heard = desk_office.history._wake.calls
    desk_office.change(by(), MINE, evolve, line("a"))
    assert desk_office.history._wake.calls == heard + 1


def test_what_is_seen_is_never_before_what_comes_later(database_url: str) -> None:
    """A reader that follows positions misses nothing, however many write at once in two processes' ways."""
    histories = [open_history(database_url, BOOK) for _ in range(3)]
    together, done, seen = Barrier(8), Event(), list[int]()

    def write(number: int) -> None:
        office = Office(histories[number % 2])
        together.wait()
        for turn in range(15):
            office.change(by(), diary(f"{number}/{turn}"), evolve, line("a"))

    def follow() -> None:
        while True:
            ending = done.is_set()
            noticed = histories[2].select(seen[-1] if seen else 0, 7)
            seen.extend(one.position for one in noticed)
            if ending and not noticed:
                return

    reader = Thread(target=follow)
    reader.start()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(8)))
    done.set()
    reader.join()
    assert seen == [one.position for one in histories[2].select(0, 1000)]
    assert len(seen) == 8 * 15
    for history in histories:
        history.close()


def recorded(stream: UUID, version: int, office: Office) -> Recorded:
    return Recorded(stream, version, office.now(), None, LineWritten(text="a"))


@pytest.mark.parametrize("version", [0, 2, 7])
def test_a_stream_has_no_gaps(desk_office: Office, version: int) -> None:
    with pytest.raises(IntegrityError):
        desk_office.history.append([recorded(MINE, version, desk_office)], seen={})


def test_a_fact_that_no_account_asked_for_names_nobody(desk_office: Office) -> None:
    desk_office.history.append([recorded(MINE, 1, desk_office)], seen={MINE: 0})
    (noticed,) = desk_office.history.select(0, 1)
    assert noticed.by is None


WRITE_FOR_EVER = """
import sys
from threading import Thread
from application.history.history import open_history
from application.office import Office
from tests.support.diary import *
from tests.support.stores import by

office = Office(open_history(sys.argv[1], BOOK))

def write(name):
    for number in range(100_000):
        position = office.change(by(key=f"{name}/{number}"), diary(name), evolve, line(str(number)))
        sys.stdout.write(f"{position}\\n")
        sys.stdout.flush()

for name in "abcdefgh":
    Thread(target=write, args=(name,)).start()
"""


def test_what_was_answered_is_there_after_a_kill(diaries: History, database_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, database_url], cwd=ROOT, stdout=subprocess.PIPE
    ) as one:
        assert one.stdout
        answered = [one.stdout.readline() for _ in range(200)]
        one.kill()
        answered += one.stdout.read().splitlines(keepends=True)
    kept = {noticed.position for noticed in diaries.select(0, 100_000)}
    assert {int(position) for position in answered if position.endswith(b"\n")} <= kept
    for name in "abcdefgh":
        texts = [
            fact.text for fact in diaries.facts_of([diary(name)]).get(diary(name), []) if isinstance(fact, LineWritten)
        ]
        assert texts == [str(number) for number in range(len(texts))]


def test_facts_are_found_by_their_places_in_the_order_with_who_and_when(desk_office: Office, clock: Clock) -> None:
    for number in range(4):
        clock.forward(minutes=1)
        desk_office.change(by(), MINE, evolve, line(str(number)))
    history = desk_office.history
    everything = history.select(0, 10)
    last = everything[-1].position
    assert history.at([everything[2].position, everything[0].position, last + 99]) == [everything[0], everything[2]]
    assert history.at([]) == []
    (recorded,) = history.recorded_of([MINE]).values()
    assert [(one.originator_version, one.at, one.by) for one in recorded] == [
        (one.version, one.at, by().actor.account) for one in everything
    ]
