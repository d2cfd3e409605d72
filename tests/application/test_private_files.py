"""Files and contact data around proposals: kept apart from the facts, carried by backups, gone when erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from application.backups.private_rows import Counted, Placed, fill, lines_of
from application.private import contacts, files
from application.private.contacts import Contact
from application.private.file_store import LocalFiles
from application.private.files import Upload
from application.private.proposal_tables import contacts as kept_contacts
from application.private.proposal_tables import file_keys
from application.private.proposal_tables import files as kept_files
from application.private.store import PrivateStore, open_private
from domain.files import FileType
from domain.shared import CHINA, Invalid
from tests.e2e.pieces import files_of

NOW = datetime(2026, 8, 20, 9, tzinfo=CHINA)
PHOTO = Upload(name="路口.jpg", type=FileType.JPEG, content=b"\xff\xd8 the picture of a crossing " * 50)


@pytest.fixture
def private(database_url: str, tmp_path: Path) -> Iterator[PrivateStore]:
    opened = open_private(database_url, LocalFiles(tmp_path / "piaojue-files"))
    yield opened
    opened.close()


def stands_somewhere(database_url: str, words: bytes) -> bool:
    return any(words in piece.content for piece in files_of(database_url))


def test_a_file_is_kept_sealed_once_and_nothing_of_its_key_is_left(private: PrivateStore, database_url: str) -> None:
    congress, file = uuid4(), uuid4()
    attached = files.keep_file(private, congress, PHOTO, NOW, file)
    assert files.keep_file(private, congress, replace(PHOTO, content=b"other"), NOW, file) == attached
    kept = files.file_at(private, file)
    assert kept is not None
    assert (kept.content, kept.name, kept.congress) == (PHOTO.content, "路口.jpg", congress)
    assert not stands_somewhere(database_url, b"picture of a crossing")
    with private.reading() as connection:
        key = connection.scalar(file_keys.select().with_only_columns(file_keys.c.key))
    assert key
    files.erase_file(private, file)
    assert files.file_at(private, file) is None
    assert not stands_somewhere(database_url, key)


def test_contact_data_are_erased_on_request_and_after_the_retention(private: PrivateStore, database_url: str) -> None:
    first, second, congress = uuid4(), uuid4(), uuid4()
    contacts.keep_contact(private, first, congress, Contact(name=" 王 敏 ", phone="139-1234-5678"), NOW)
    contacts.keep_contact(private, second, congress, Contact(phone="0471 6543210"), NOW + timedelta(days=10))
    assert contacts.contact_of(private, first) == Contact(name="王 敏", phone="139-1234-5678")
    assert contacts.is_phone_of(private, first, "+86 139 1234 5678")
    assert not contacts.is_phone_of(private, first, "")
    contacts.erase_contact(private, first)
    assert contacts.contact_of(private, first) is None
    assert not stands_somewhere(database_url, b"139-1234-5678")
    year = timedelta(days=365)
    assert contacts.older_than(private, NOW + timedelta(days=370), year) == []
    old = contacts.older_than(private, NOW + timedelta(days=376), year)
    assert old == [second]
    contacts.erase_contacts(private, old)
    assert not stands_somewhere(database_url, b"0471 6543210")
    with pytest.raises(Invalid):
        contacts.keep_contact(private, first, congress, Contact(phone="1" * 41), NOW)


def test_a_backup_carries_files_with_their_keys_and_contact_data(private: PrivateStore, database_url: str) -> None:
    congress, file, contact = uuid4(), uuid4(), uuid4()
    files.keep_file(private, congress, PHOTO, NOW, file)
    contacts.keep_contact(private, contact, congress, Contact(name="王敏"), NOW)
    with private.reading() as connection:
        lines = list(lines_of(connection, Counted(), private.files))
    with private.writing() as connection:
        for table in (kept_files, file_keys, kept_contacts):  # what lies outside stays
            connection.execute(table.delete())
        fill(connection, lines, Placed(private.files))
    kept = files.file_at(private, file)
    assert kept is not None
    assert kept.content == PHOTO.content
    assert contacts.contact_of(private, contact) == Contact(name="王敏")
