"""A checked upload is kept for an hour, for whoever sent it and for what it was sent for."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from application.private import uploads
from application.private.store import PrivateStore, open_private
from application.private.uploads import Upload, UploadForgotten
from tests.support.stores import Clock

FILE = Upload(name="名册.xlsx", content=b"PK\x03\x04 and more")
OWNER = uuid4()


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


def test_a_file_comes_back_as_it_was_sent(private: PrivateStore, clock: Clock) -> None:
    kept = uploads.keep(private, OWNER, "roll", FILE, clock.now)
    clock.forward(minutes=59)
    assert uploads.kept(private, OWNER, "roll", kept, clock.now) == FILE
    assert uploads.kept(private, OWNER, "roll", kept, clock.now) == FILE


def test_after_an_hour_it_is_gone(private: PrivateStore, clock: Clock) -> None:
    kept = uploads.keep(private, OWNER, "roll", FILE, clock.now)
    clock.forward(minutes=60)
    with pytest.raises(UploadForgotten):
        uploads.kept(private, OWNER, "roll", kept, clock.now)


def test_the_next_upload_takes_away_what_is_too_old(private: PrivateStore, clock: Clock) -> None:
    old = uploads.keep(private, OWNER, "roll", FILE, clock.now)
    sent_at = clock.now
    clock.forward(minutes=61)
    uploads.keep(private, OWNER, "roll", FILE, clock.now)
    with pytest.raises(UploadForgotten):
        uploads.kept(private, OWNER, "roll", old, sent_at)


def test_it_is_kept_for_its_sender_and_its_purpose_only(private: PrivateStore, clock: Clock) -> None:
    kept = uploads.keep(private, OWNER, "roll", FILE, clock.now)
    for account, purpose, upload in ((uuid4(), "roll", kept), (OWNER, "candidates", kept), (OWNER, "roll", uuid4())):
        with pytest.raises(UploadForgotten):
            uploads.kept(private, account, purpose, upload, clock.now)


def test_of_a_long_name_the_end_is_kept(private: PrivateStore, clock: Clock) -> None:
    kept = uploads.keep(private, OWNER, "roll", Upload(name="名" * 500 + ".xlsx", content=b"x"), clock.now)
    name = uploads.kept(private, OWNER, "roll", kept, clock.now).name
    assert name.endswith(".xlsx")
    assert len(name) <= 120
