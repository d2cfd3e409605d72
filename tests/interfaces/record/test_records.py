"""A published record is verified twice, by programs that share no line; whatever is changed in it is named."""

import csv
import hashlib
import json
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from domain.checkpoints.checkpoint import Algorithm
from domain.polls.record import canonical
from interfaces.cli import main
from interfaces.record import verify_record
from interfaces.record.finding import Finding
from interfaces.record.packing import NotARecord, packed, unpacked
from interfaces.record.verifying import verify
from tests.support.records import MadeUp, key, made_up

POLLS = 500
FLIPS = 600


def by_both(files: dict[str, bytes], folder: Path) -> tuple[list[Finding], list[tuple[str, str, tuple[object, ...]]]]:
    """What the two verifiers find in the same zip."""
    content = packed(files)
    (folder / "record.zip").write_bytes(content)
    return verify(files, content), verify_record.verify(folder / "record.zip")


def test_both_verifiers_and_the_tally_agree_on_500_polls_with_papers_void_ones_and_second_ballots(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    void = again = papers = 0
    for seed in range(POLLS):
        made = made_up(seed)
        assert by_both(made.files, tmp_path) == ([], []), seed
        if seed % 5 == 0:
            assert tallied(made, tmp_path, capsys) == json.loads(made.files["count.json"])["outcome"]
        void += made.poll.counted is not None and bool(made.poll.counted.void_because)
        again += made.poll.prepared.again is not None
        papers += made.poll.papers.returned > 0
    assert min(void, again, papers) > POLLS // 50


def tallied(made: MadeUp, folder: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """What `piaojue tally` says of the record's columns; void polls have none, so it gets ballots for their number."""
    count = json.loads(made.files["count.json"])
    described = {name: count[name] for name in ("all_delegates", "attending", "issued", "title")}
    described["items"] = [{"id": item["id"], "name": item["name"]} for item in count["items"]]
    (folder / "poll.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "profile.json").write_text(json.dumps(count["profile"]), encoding="utf-8")
    given = ["--columns", str(folder / "columns.json")]
    if count["columns"] is None:
        given = ["--ballots", str(folder / "ballots.csv")]
        rows = StringIO()
        ids = [item["id"] for item in count["items"]]
        csv.writer(rows, lineterminator="\n").writerows([ids, *[["?"] * len(ids)] * count["returned"]])
        (folder / "ballots.csv").write_text(rows.getvalue(), encoding="utf-8")
    else:
        (folder / "columns.json").write_text(json.dumps(count["columns"]), encoding="utf-8")
    words = ["tally", "--profile", str(folder / "profile.json"), "--poll", str(folder / "poll.json"), *given]
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def test_a_flipped_byte_anywhere_in_the_zip_is_named_by_both(tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(FLIPS):
        content = bytearray(packed(made_up(chance.randrange(POLLS)).files))
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (tmp_path / "record.zip").write_bytes(content)
        try:
            assert verify(unpacked(bytes(content)), bytes(content))
            assert verify_record.verify(tmp_path / "record.zip")
        except (NotARecord, verify_record.Unreadable):
            continue


def test_a_flipped_byte_is_named_even_when_the_manifest_was_made_to_fit(tmp_path: Path) -> None:
    chance = random.Random(2)
    for _ in range(FLIPS):
        files = dict(made_up(chance.randrange(POLLS)).files)
        name = chance.choice(sorted(name for name in files if files[name] and name != "manifest.json"))
        content = bytearray(files[name])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        files[name] = bytes(content)
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
        files["manifest.json"] = canonical(manifest)
        mine, theirs = by_both(files, tmp_path)
        assert mine, name
        assert theirs, name


@pytest.mark.parametrize("name", sorted(made_up(0).files))
def test_the_file_that_was_changed_is_named(name: str, tmp_path: Path) -> None:
    made = made_up(0)
    changed = made.files | {name: made.files[name].replace(b"1", b"2", 1)}
    mine, theirs = by_both(changed, tmp_path)
    assert name in {finding.file for finding in mine}
    assert theirs if name == "manifest.json" else name in {where for where, _, _ in theirs}


@pytest.mark.parametrize("name", sorted(made_up(0).files))
def test_a_missing_and_an_extra_file_are_named(name: str, tmp_path: Path) -> None:
    files = dict(made_up(0).files)
    content = files.pop(name)
    for changed in (files, files | {name: content, "extra.txt": b"x"}):
        mine, theirs = by_both(changed, tmp_path)
        assert mine
        assert theirs


def test_a_swapped_vote_with_everything_made_to_fit_but_the_signed_history_is_named(tmp_path: Path) -> None:
    """Whoever forges count, columns, manifest and signatures still lacks the checkpoint's tree."""
    made = next(made for made in map(made_up, range(POLLS)) if "for" in _first_column(made))
    text = made.files["count.json"].decode()
    count = json.loads(text)
    for column in (count["columns"]["items"][0], count["outcome"]["items"][0]):
        column["for"], column["against"] = column["against"], column["for"]
    forged = json.dumps(count, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    files = made.files | {"count.json": forged.encode(), "columns.json": canonical({"columns": count["columns"]})}
    mine, theirs = by_both(files, tmp_path)
    assert {"proofs.json", "count.json"} <= {finding.file for finding in mine} | {where for where, _, _ in theirs}


def _first_column(made: MadeUp) -> dict[str, int]:
    columns = json.loads(made.files["count.json"])["columns"]
    column: dict[str, int] = columns["items"][0] if columns else {}
    return column if column.get("for") != column.get("against") else {}


def test_a_record_may_be_unpacked_and_its_tree_made_with_sm3(tmp_path: Path) -> None:
    for name, content in made_up(3, Algorithm.SM3).files.items():
        (tmp_path / name).write_bytes(content)
    assert main(["verify", str(tmp_path)]) == 0
    assert verify_record.verify(tmp_path) == []


def test_a_key_from_another_source_must_be_the_one_that_signed(tmp_path: Path) -> None:
    record = tmp_path / "record.zip"
    record.write_bytes(packed(made_up(3).files))
    other = str(type(key()).new("rd.example.cn").verifier())
    for known, status in ((str(key().verifier()), 0), (other, 1)):
        assert main(["verify", str(record), "--key", known]) == status
        assert verify_record.main([str(record), "--key", known]) == status


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 10])
def test_what_is_no_record_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "record.zip").write_bytes(content)
    assert main(["verify", str(tmp_path / "record.zip")]) == 2
    assert verify_record.main([str(tmp_path / "record.zip")]) == 2
    assert main(["verify", str(tmp_path / "nowhere.zip")]) == 2


def test_the_second_verifier_stands_alone(tmp_path: Path) -> None:
    """Nothing of this project and nothing installed: an isolated interpreter without site packages runs it."""
    (tmp_path / "record.zip").write_bytes(packed(made_up(4).files))
    alone = tmp_path / "verify_record.py"
    alone.write_bytes(Path(verify_record.__file__).read_bytes())
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), "record.zip", "--lang", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "everything fits" in ran.stdout


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_finding_is_a_sentence(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = dict(made_up(5).files)
    files["receipts.txt"] = files["receipts.txt"][65:]
    (tmp_path / "record.zip").write_bytes(packed(files))
    assert main(["verify", str(tmp_path / "record.zip"), "--lang", language]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("✗ receipts.txt: ") for line in lines)
    assert all("%(" not in line for line in lines)
