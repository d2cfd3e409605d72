"""An installation of the first release becomes one of this release, once, whoever asks how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import create_engine, inspect, text

from application import migrating
from application.history.box import open_box
from application.history.history import open_history
from application.migrating import (
    STORES,
    Step,
    Store,
    StoreFromLaterRelease,
    StoresNotMigrated,
    migrate,
    require_current,
    standings,
)
from application.office import Office
from application.private.metadata import metadata
from application.private.passwords import matches
from application.private.store import open_private
from domain.accounts import login as logins
from domain.polls.ballot import packed
from domain.polls.card import CardId
from domain.shared import CHINA
from tests.support import first_release

NOW = datetime(2026, 1, 20, 9, tzinfo=CHINA)


def versions(url: str) -> dict[str, int | None]:
    return {standing.store.name: standing.version for standing in standings(url)}


def columns(url: str) -> dict[str, set[str]]:
    """The tables of the private store as they are on the disk."""
    address = (
        url.replace("piaojue.db", "piaojue-private.db")
        if url.startswith("sqlite")
        else "postgresql+psycopg://" + url.partition("://")[2]
    )
    engine = create_engine(address)
    try:
        looked = inspect(engine)
        return {
            table: {column["name"] for column in looked.get_columns(table)}
            for table in looked.get_table_names()
            if table.startswith("private_")
        }
    finally:
        engine.dispose()


def test_the_stores_of_the_first_release_are_brought_to_this_one_with_all_that_is_in_them(database_url: str) -> None:
    first_release.laid_out(database_url)
    assert versions(database_url) == {"history": 1, "box": 1, "private": 1}
    found = migrate(database_url, NOW)
    assert {standing.store.name for standing in found if standing.pending} == {"private"}
    assert versions(database_url) == {store.name: store.version for store in STORES}
    assert columns(database_url) == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}
    history, private = open_history(database_url), open_private(database_url)
    try:
        assert len(history.select(0, 100)) == first_release.FACTS
        office = Office(history)
        holder = office.state_of(logins.login_stream(first_release.LOGIN), logins.evolve_login)
        assert holder is not None
        assert matches(private, holder.account, first_release.PASSWORD)
    finally:
        private.close()
        history.close()
    with open_box(database_url) as box:
        assert box.counts(first_release.OPEN) == (5, 1)
        assert box.closing(first_release.CLOSED).ballots == 5
        assert len(box.receipts(first_release.CLOSED)) == 5
        box.cast(first_release.OPEN, CardId("a" * 64), packed(b"x" * 40, form="f" * 64))


def test_migrating_again_finds_nothing_to_do(database_url: str) -> None:
    first_release.laid_out(database_url)
    migrate(database_url, NOW)
    assert not any(standing.pending for standing in migrate(database_url, NOW))


def test_two_at_once_take_turns(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first_release.laid_out(database_url)
    migrate(database_url, NOW)
    taken: list[int] = []
    step = Step(version=4, shows="private_later", run=lambda _: taken.append(1))
    _with_step(monkeypatch, step)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: migrate(database_url, NOW), range(4)))
    assert taken == [1]
    assert versions(database_url)["private"] == 4


def test_a_step_that_fails_leaves_the_store_as_it_was(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first_release.laid_out(database_url)
    migrate(database_url, NOW)

    def fails(connection: object) -> None:
        connection.execute(text("CREATE TABLE private_half (x INTEGER)"))  # type: ignore[attr-defined]  # a connection
        raise RuntimeError("the power went")

    _with_step(monkeypatch, Step(version=4, shows="private_later", run=fails))
    with pytest.raises(RuntimeError):
        migrate(database_url, NOW)
    assert versions(database_url)["private"] == 3
    assert "private_half" not in columns(database_url)


def _with_step(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    private = next(store for store in STORES if store.name == "private")
    longer = Store(name=private.name, suffix=private.suffix, first=private.first, steps=(*private.steps, step))
    monkeypatch.setattr(migrating, "STORES", (*(store for store in STORES if store is not private), longer))


def test_a_store_from_a_later_release_is_refused_and_left_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        _with_step(later, Step(version=9, shows="private_later", run=lambda _: None))
        later.setattr(migrating, "RELEASE", "9.9.0")
        migrate(database_url, NOW)
    for attempt in (migrate, require_current):
        with pytest.raises(StoreFromLaterRelease) as refused:
            attempt(database_url, NOW)
        assert (refused.value.store, refused.value.release) == ("private", "9.9.0")


def test_at_start_a_new_installation_is_made(database_url: str) -> None:
    require_current(database_url, NOW)
    assert versions(database_url) == {store.name: store.version for store in STORES}
    assert set(columns(database_url)) == set(metadata.tables)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_at_start_the_files_of_an_embedded_office_are_brought_up(database_url: str) -> None:
    first_release.laid_out(database_url)
    require_current(database_url, NOW)
    assert versions(database_url) == {store.name: store.version for store in STORES}


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_at_start_a_database_that_is_in_use_is_left_to_whoever_runs_it(database_url: str) -> None:
    first_release.laid_out(database_url)
    with pytest.raises(StoresNotMigrated) as refused:
        require_current(database_url, NOW)
    assert refused.value.stores == ("private",)
    assert versions(database_url) == {"history": 1, "box": 1, "private": 1}
    migrate(database_url, NOW)
    require_current(database_url, NOW)
