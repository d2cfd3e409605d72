"""The button for administrators: a backup as a download, with the password asked once more, on record."""

import io
from uuid import UUID, uuid4

import pytest

from application.backups.taking import verify
from application.migrating import STORES as MIGRATED
from application.private import passwords
from domain.accounts.permissions import Role
from domain.backups.backup import BackupTaken, Way
from domain.congress import congress as congresses
from domain.congress.congress import Level
from domain.polls.ballot import packed
from domain.polls.card import CardId
from interfaces.composition import House
from interfaces.web.backup import routes
from interfaces.web.backup.sentences import STEPS, STORES
from tests.support.stores import Clock, actor, by
from tests.support.visitors import SignedIn, Visitor

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
PASSWORD = "abcd efgh 1234"


@pytest.fixture
def congress(house: House) -> UUID:
    made = uuid4()
    fact = congresses.found_congress(name="青城市人大", short_name="青城", slug="qc", level=Level.CITY, term=16)
    house.followers.wait_for(house.office.change(by(actor("王敏")), made, congresses.evolve, lambda _: fact))
    return made


@pytest.fixture
def administrator(house: House, congress: UUID, signed_in: SignedIn) -> Visitor:
    visitor = signed_in(Role.ADMINISTRATOR, None, name="系统管理员")
    hashed = passwords.hashed(PASSWORD)
    with house.private.writing() as connection:
        for account in accounts_in(house):
            passwords.keep(connection, account, hashed)
    return visitor


def accounts_in(house: House) -> list[UUID]:
    return [one.stream for one in house.history.select(0, 1000) if type(one.fact).__name__ == "AccountOpened"]


def taken(house: House) -> list[BackupTaken]:
    return [one.fact for one in house.history.select(0, 1000) if isinstance(one.fact, BackupTaken)]


def test_a_backup_is_downloaded_whole_and_recorded(house: House, administrator: Visitor) -> None:
    page = administrator.open("/staff/backup")
    assert page.heading == "备份"
    assert "这里还没有做过备份。" not in page.words
    given = administrator.send("/staff/backup", password=PASSWORD)
    assert given.status == 200
    assert given.headers["content-type"] == "application/zip"
    assert given.headers["content-disposition"] == 'attachment; filename="piaojue-20260120-0900.zip"'
    assert given.headers["cache-control"] == "no-store"
    manifest = verify(io.BytesIO(given.content))
    recorded = taken(house)
    assert [(fact.way, fact.position, fact.bytes) for fact in recorded] == [
        (Way.PAGE, manifest.position, len(given.content))
    ]
    house.followers.wait_for(house.history.last_position(), timeout=20)
    listed = administrator.open("/staff/backup")
    assert "2026年1月20日 09:00 系统管理员 网页" in listed.words
    assert recorded[0].sha256[:16] in listed.words
    assert not [path for path in house.settings.data.iterdir() if path.name.startswith("backup-")]


@SQLITE
def test_a_wrong_password_gives_nothing(house: House, administrator: Visitor) -> None:
    administrator.open("/staff/backup")
    refused = administrator.send("/staff/backup", password="wrong")
    assert refused.status == 403
    assert refused.headers["content-type"].startswith("text/html")
    assert refused.errors
    assert taken(house) == []


@SQLITE
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.DEPARTMENT}])
def test_nobody_but_an_administrator_of_the_installation_gets_one(
    role: Role, congress: UUID, signed_in: SignedIn
) -> None:
    assert signed_in(role, congress).open("/staff/backup").status == 403


@SQLITE
def test_ballots_of_a_poll_that_goes_on_are_not_handed_out(house: House, administrator: Visitor) -> None:
    poll = uuid4()
    house.box.prepare(poll)
    administrator.open("/staff/backup")
    house.box.cast(poll, CardId("a" * 64), packed(b"x" * 40, form="f" * 64))
    refused = administrator.send("/staff/backup", password=PASSWORD)
    assert refused.errors == ["正在投票，票箱里已有选票。为了不让任何人提前看到选票，请在投票截止以后再下载备份。"]
    assert taken(house) == []
    house.box.close(poll)
    assert administrator.send("/staff/backup", password=PASSWORD).headers["content-type"] == "application/zip"


@SQLITE
def test_two_at_once_do_not_slow_each_other_down(administrator: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator.open("/staff/backup")
    with routes._alone():
        refused = administrator.send("/staff/backup", password=PASSWORD)
    assert refused.errors == ["已经有人在制作备份，请等它完成后再试。"]
    assert administrator.send("/staff/backup", password=PASSWORD).status == 200


@SQLITE
def test_after_seven_days_administrators_are_reminded_and_nobody_else(
    house: House, administrator: Visitor, congress: UUID, signed_in: SignedIn, clock: Clock
) -> None:
    reminder = "已有 7 天以上没有备份。"
    homes = ("/staff/congresses", "/staff/qc")
    assert not any(reminder in administrator.open(home).words for home in homes)
    clock.forward(days=7, minutes=1)
    administrator = signed_in(Role.ADMINISTRATOR, None)
    with house.private.writing() as connection:
        for account in accounts_in(house):
            passwords.keep(connection, account, passwords.hashed(PASSWORD))
    assert all(reminder in administrator.open(home).words for home in homes)
    assert reminder not in signed_in(Role.STAFF, congress).open("/staff/qc").words
    assert "这里还没有做过备份。" in administrator.open("/staff/backup").words
    administrator.send("/staff/backup", password=PASSWORD)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    assert not any(reminder in administrator.open(home).words for home in homes)


def test_every_step_of_a_migration_and_every_store_has_its_words() -> None:
    assert {(store.name, step.version) for store in MIGRATED for step in store.steps} == STEPS.keys()
    assert {store.name for store in MIGRATED} == STORES.keys()
