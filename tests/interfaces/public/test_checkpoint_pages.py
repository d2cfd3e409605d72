"""Checkpoints as everybody sees them: signed at the moments of a poll, listed, downloaded, verified by files alone."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.checkpoints import MOMENTS
from application.history.transfer import history_lines, snapshot
from domain.polls.poll import PollClosed, PollCounted, PollDeclared
from interfaces.cli import main
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support.declared import declared
from tests.support.stores import Clock
from tests.support.visitors import Visitor


@pytest.fixture
def client(house: House, site: FastAPI) -> TestClient:
    declared(house)
    return TestClient(site, base_url=house.settings.public_url)


def text(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    return answer.text


def test_a_checkpoint_stands_right_after_every_closing_count_and_declaration(house: House) -> None:
    declared(house)
    moments = house.history.select(0, 1000, kinds=MOMENTS)
    assert [type(noticed.fact) for noticed in moments] == [PollClosed, PollCounted, PollDeclared]
    reached = [one.position for one in house.history.tree_store.checkpoints()]
    assert len(reached) == len(moments)
    for noticed, position in zip(moments, reached, strict=True):
        assert noticed.position <= position
    assert reached[-1] == house.history.last_position()


def test_the_list_says_what_checkpoints_are_for_and_shows_the_key(client: TestClient, visitor: Visitor) -> None:
    page = visitor.open("/checkpoints")
    assert "对不上" in page.words
    newest = client.app.state.house.history.tree_store.last_checkpoint()  # type: ignore[attr-defined]  # the app is ours
    assert newest.key in page.words
    assert newest.note.splitlines()[2] in page.words


def test_where_nothing_is_signed_the_list_says_so(visitor: Visitor) -> None:
    assert "还没有检查点。" in visitor.open("/checkpoints").words
    assert visitor.open("/checkpoints/5").status == 404


def test_files_from_the_pages_are_verified_without_a_database(
    client: TestClient,
    house: House,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *_, last = house.history.tree_store.checkpoints()
    event = _line_of(house, first.position)
    files = {
        "old.txt": text(client, f"/checkpoints/{first.size}.txt"),
        "new.txt": text(client, f"/checkpoints/{last.size}.txt"),
        "growth.txt": text(client, f"/checkpoints/{last.size}/since/{first.size}"),
        "event.tlog-proof": text(client, f"/checkpoints/{last.size}/record/{first.position}"),
        "key.txt": last.key,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "event.json").write_bytes(event + b"\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    given = ["--key", "key.txt", "--old", "old.txt", "--event", "event.json"]
    assert main(["verify-proof", *given, "old.txt", "new.txt", "growth.txt", "event.tlog-proof"]) == 0
    assert capsys.readouterr().out.count("✓") == 4
    assert main(["verify-proof", "--key", last.key, "growth.txt"]) == 2
    (tmp_path / "event.json").write_bytes(event.replace(b'"by"', b'"bye"'))
    assert main(["verify-proof", *given, "event.tlog-proof"]) == 1
    (tmp_path / "new.txt").write_text(files["new.txt"].replace("\n" + str(last.size), "\n1"), encoding="utf-8")
    assert main(["verify-proof", *given, "new.txt", "--lang", "en"]) == 1
    assert "The signature is wrong" in capsys.readouterr().out
    assert main(["verify-proof", "--key", "nothing.txt", "new.txt"]) == 2
    assert main(["verify-proof", *given, "key.txt"]) == 2


def test_an_event_is_found_by_its_number_on_the_page(client: TestClient, house: House) -> None:
    last = house.history.tree_store.last_checkpoint()
    assert last is not None
    found = client.get(f"/checkpoints/{last.size}/record", params={"position": 2})
    assert found.url.path == f"/checkpoints/{last.size}/record/2"
    assert found.text.startswith("c2sp.org/tlog-proof@v1\n")
    for nowhere in ("record/99999", "since/99999", f"since/{last.size + 1}"):
        assert client.get(f"/checkpoints/{last.size}/{nowhere}").status_code == 404


def test_nothing_of_an_event_is_in_its_proof(client: TestClient, house: House) -> None:
    last = house.history.tree_store.last_checkpoint()
    assert last is not None
    for noticed in house.history.select(0, 30):
        proof = text(client, f"/checkpoints/{last.size}/record/{noticed.position}")
        assert str(noticed.stream) not in proof
        assert len(proof.splitlines()[1]) == len("extra ") + 44


def test_programs_read_the_same(client: TestClient, house: House) -> None:
    listed = client.get("/api/v1/public/checkpoints").json()["items"]
    kept = house.history.tree_store.checkpoints()[::-1]
    assert [(one["size"], one["note"], one["key"]) for one in listed] == [(one.size, one.note, one.key) for one in kept]
    last, old = kept[0], kept[-1]
    address = f"/api/v1/public/checkpoints/sha256/{last.size}"
    assert client.get(address).json() == listed[0]
    assert client.get(f"{address}/since/{old.size}").json()["proof"] == text(
        client, f"/checkpoints/{last.size}/since/{old.size}"
    )
    assert client.get(f"{address}/records/3").json()["proof"] == text(client, f"/checkpoints/{last.size}/record/3")
    assert client.get(f"/api/v1/public/checkpoints/sm3/{last.size}").status_code == 404


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_after_the_change_to_sm3_both_logs_are_shown(house: House, clock: Clock) -> None:
    declared(house)
    before = house.history.tree_store.last_checkpoint()
    changed = Settings(**{**house.settings.model_dump(exclude_unset=True), "tree_hash": "sm3"})
    house.close()
    other = open_house(changed, clock)
    try:
        other.notary.catch_up()
        client = TestClient(create_app(other), base_url=changed.public_url)
        assert before is not None
        assert "\nhash sm3\n" in text(client, f"/checkpoints/{before.size}.txt")
        assert text(client, f"/checkpoints/{before.size}.txt?hash=sha256") == before.note
        listed = client.get("/checkpoints").text
        assert f'href="/checkpoints/{before.size}?hash=sha256"' in listed
        assert client.get(f"/checkpoints/{before.size}?hash=sha256").status_code == 200
    finally:
        other.close()


def _line_of(house: House, position: int) -> bytes:
    with snapshot(house.settings.storage_url) as taken:
        lines = b"".join(history_lines(taken, house.office.now())).splitlines()
    return next(line for line in lines if line.startswith(b'{"position":%d,' % position))
