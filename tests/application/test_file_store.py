"""Bytes of files lie outside of the databases, in a folder or a bucket: kept, moved out, erased, swept, seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.private import files
from application.private.file_store import FilesNotAnswering, FileStore, LocalFiles
from application.private.file_store_s3 import Bucket, S3Files
from application.private.files import Upload
from application.private.files_audit import FaultyFile, FileFault, audit_files, look_at_places
from application.private.proposal_tables import file_keys, loose_files
from application.private.proposal_tables import files as kept_files
from application.private.store import PrivateStore, open_private
from domain.files import FileType
from domain.shared import CHINA
from tests.support.buckets import bucket, object_store

NOW = datetime(2026, 8, 20, 9, tzinfo=CHINA)
CONGRESS = UUID("00000000-0000-5000-8000-00000c0de001")
PHOTO = Upload(name="路口.jpg", type=FileType.JPEG, content=b"\xff\xd8 the picture of a crossing " * 50)
LATER = NOW + timedelta(hours=2)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with object_store() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return LocalFiles(tmp_path / "files")
    return S3Files(bucket(request.getfixturevalue("endpoint")))


@pytest.fixture
def private(database_url: str, kept: FileStore) -> Iterator[PrivateStore]:
    opened = open_private(database_url, kept)
    yield opened
    opened.close()


class Unplugged:
    """Where files lie, with the cable out."""

    def __init__(self, plugged: FileStore) -> None:
        self.plugged = plugged

    def __getattr__(self, _name: str) -> object:
        raise FilesNotAnswering(reason="unplugged")


def places(kept: FileStore) -> list[str]:
    return [place for place, _size in kept.listed()]


def keep(private: PrivateStore, now: datetime = NOW) -> UUID:
    file = uuid4()
    files.keep_file(private, CONGRESS, PHOTO, now, file)
    return file


def loose(private: PrivateStore) -> int:
    with private.reading() as connection:
        return len(connection.execute(loose_files.select()).all())


def test_a_place_is_written_read_listed_and_emptied(kept: FileStore) -> None:
    kept.put("ab" * 16, b"x" * 100)
    kept.put("ab" * 16, b"y" * 90)
    assert kept.get("ab" * 16) == b"y" * 90
    assert list(kept.listed()) == [("ab" * 16, 90)]
    kept.remove("ab" * 16)
    kept.remove("ab" * 16)
    assert kept.get("ab" * 16) is None
    assert places(kept) == []


def test_bytes_lie_outside_sealed_and_nothing_of_them_in_the_database(private: PrivateStore, kept: FileStore) -> None:
    file = keep(private)
    (place,) = places(kept)
    assert b"picture of a crossing" not in (kept.get(place) or b"")
    assert str(file) not in place
    found = files.file_at(private, file)
    assert found is not None
    assert (found.content, found.name) == (PHOTO.content, "路口.jpg")
    with private.reading() as connection:
        assert connection.scalar(kept_files.select().with_only_columns(kept_files.c.sealed)) == b""
    assert loose(private) == 0
    files.erase_file(private, file)
    assert files.file_at(private, file) is None
    assert (places(kept), loose(private)) == ([], 0)


def test_what_cannot_be_put_is_not_kept_and_may_be_tried_again(private: PrivateStore, kept: FileStore) -> None:
    file = uuid4()
    private.files = Unplugged(kept)  # type: ignore[assignment]  # it only fails
    with pytest.raises(FilesNotAnswering):
        files.keep_file(private, CONGRESS, PHOTO, NOW, file)
    assert files.file_at(private, file) is None
    private.files = kept
    assert files.keep_file(private, CONGRESS, PHOTO, NOW, file).size == len(PHOTO.content)


def test_what_is_erased_while_the_place_is_silent_is_noise_at_once_and_gone_later(
    private: PrivateStore, kept: FileStore
) -> None:
    file = keep(private)
    private.files = Unplugged(kept)  # type: ignore[assignment]  # it only fails
    files.erase_file(private, file)
    with private.reading() as connection:
        assert connection.execute(file_keys.select()).all() == []
    private.files = kept
    assert len(places(kept)) == 1
    files.sweep(private, NOW)
    assert places(kept) == []
    assert loose(private) == 0


def test_what_a_crash_leaves_between_is_swept_after_an_hour_and_nothing_else(
    private: PrivateStore, kept: FileStore
) -> None:
    file = keep(private)
    files.placed(private, b"put there, and then the light went out", NOW)
    assert len(places(kept)) == 2
    files.sweep(private, NOW + timedelta(minutes=59))
    assert len(places(kept)) == 2
    files.sweep(private, LATER)
    assert len(places(kept)) == 1
    assert files.file_at(private, file) is not None


@pytest.mark.parametrize("kept", ["folder"], indirect=True)
def test_files_of_earlier_releases_move_out_of_the_table_once(
    private: PrivateStore, kept: FileStore, database_url: str
) -> None:
    private.files = None
    moving, erased = keep(private), keep(private)
    files.erase_file(private, erased)
    assert places(kept) == []
    private.files = kept
    found = files.file_at(private, moving)
    assert found is not None
    with private.reading() as connection:
        assert files.in_the_table(connection) == 1
    assert [files.move_out(private, NOW), files.move_out(private, NOW)] == [1, 0]
    assert files.file_at(private, moving) == found
    assert (len(places(kept)), loose(private)) == (1, 0)
    with private.reading() as connection:
        assert files.in_the_table(connection) == 0


def test_a_look_finds_what_is_gone_exchanged_or_strange(private: PrivateStore, kept: FileStore) -> None:
    gone, changed, sound = sorted((keep(private), keep(private), keep(private)))
    with private.reading() as connection:
        where = {row.file: row.place for row in connection.execute(kept_files.select())}
    kept.remove(where[gone])
    kept.put(where[changed], b"?" * (len(PHOTO.content) + 16))
    kept.put("0" * 32, b"of somebody else")
    seen = look_at_places(private)
    assert (seen.kept, seen.gone, seen.strangers, seen.in_the_table) == (3, (gone,), 1, 0)
    assert audit_files(private) == [
        FaultyFile(file=gone, fault=FileFault.GONE),
        FaultyFile(file=changed, fault=FileFault.CHANGED),
    ]
    told = {sound: "0" * 64, gone: "0" * 64}
    assert FaultyFile(file=sound, fault=FileFault.CHANGED) in audit_files(private, told), "a fact tells another digest"
    assert files.file_at(private, sound) is not None
    assert files.file_at(private, gone) is None


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(FilesNotAnswering):
        LocalFiles(tmp_path / "files").put("ab" * 16, b"x")


def test_a_bucket_that_is_not_there_says_so(endpoint: str) -> None:
    absent = S3Files(Bucket(name="absent-bucket", endpoint=endpoint, access_key="a", secret_key="b"))
    with pytest.raises(FilesNotAnswering) as refused:
        absent.put("ab" * 16, b"x")
    assert refused.value.reason == "NoSuchBucket"
    with pytest.raises(FilesNotAnswering):
        list(absent.listed())
