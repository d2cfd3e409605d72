"""`piaojue open`: without network or database, from a box file and shares to columns; what is wrong is named."""

import getpass
import json
import secrets
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from domain.polls.ballot import box_root, receipt
from domain.polls.ballot_form import BallotForm, FormEntry, encoded
from domain.polls.box_file import read_box, written_box
from domain.polls.raw_columns import read_raw
from domain.polls.rules import Form
from domain.polls.sealing import SealingKey
from domain.polls.share import Share, printed_share, share_fingerprint, share_text, split
from interfaces.cli import main
from interfaces.opening.opened import opened_columns

MARKS = ("", "for", "against", "abstain")
ROWS = (("for", "for", ""), ("against", "for", "abstain"), ("", "", "for"), ("for", "for", "for"))


class Sealed:
    """A box with a few ballots, its key and its shares."""

    def __init__(self, rows: tuple[tuple[str, ...], ...] = ROWS, threshold: int = 2, most_for: int | None = 2) -> None:
        self.secret, self.poll = PrivateKey.generate(), uuid4()
        items = tuple(FormEntry(id=str(n), name=f"项目{n}") for n in range(1, 4))
        self.form = BallotForm(poll=self.poll, form=Form.PER_ITEM, items=items, most_for=most_for)
        public_key = bytes(self.secret.public_key).hex()
        self.shares = split(
            bytes(self.secret),
            threshold=threshold,
            shares=3,
            poll=self.poll,
            public_key=public_key,
            randomness=secrets.token_bytes,
        )
        sealer = SealedBox(self.secret.public_key)
        self.ballots = sorted((sealer.encrypt(encoded(row, self.form)) for row in rows), key=receipt)
        self.key = SealingKey(
            public_key=public_key,
            threshold=threshold,
            holders=(uuid4(), uuid4(), uuid4()),
            shares=tuple(share_fingerprint(share_text(share)) for share in self.shares),
        )

    @property
    def text(self) -> str:
        return written_box(
            self.poll,
            title="表决",
            form=self.form,
            key=self.key,
            names=("王敏", "李红", "赵刚"),
            root=box_root(map(receipt, self.ballots)),
            sealed=self.ballots,
        )


@pytest.fixture
def box() -> Sealed:
    return Sealed()


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`run(text, *options)`: status, what was said, what was complained of."""

    def command(text: str, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "box.json"
        file.write_text(text, encoding="utf-8")
        status = main(["open", str(file), "--out", str(tmp_path / "columns.json"), *options])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


Run = Callable[..., tuple[int, str, str]]


def given_shares(*shares: Share) -> list[str]:
    return [word for share in shares for word in ("--share", share_text(share))]


def test_the_columns_are_the_sums_of_the_ballots(box: Sealed, run: Run, tmp_path: Path) -> None:
    status, said, _ = run(box.text, *given_shares(box.shares[0], box.shares[2]))
    assert status == 0
    columns = read_raw((tmp_path / "columns.json").read_text(encoding="utf-8"))
    assert (columns.ballots, columns.undecodable, columns.void_ballots) == (4, 0, 1)
    assert [item.marks for item in columns.items] == [(1, 1, 1, 0), (1, 2, 0, 0), (1, 1, 0, 1)]
    assert "王敏的份额没有问题" in said
    assert "已打开 4 张，读不出的 0 张，整张无效 1 张" in said
    assert "[1,1,1,0]" not in said


def test_shares_typed_at_the_prompt_are_hidden_and_asked_for_again_by_row(
    box: Sealed, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(printed_share(box.shares[1]))
    wrong = rows[2][:-1] + ("0" if rows[2][-1] != "0" else "1")
    typed: Iterator[str] = iter([*rows[:2], wrong, *rows[2:], share_text(box.shares[1]), share_text(box.shares[0])])
    asked: list[str] = []

    def hidden(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr(getpass, "getpass", hidden)
    status, said, complained = run(box.text)
    assert status == 0
    assert "第3行输错了" in complained
    assert "已经带到了" in complained
    assert all(row not in said + complained for row in rows)
    assert asked[2:4] == ["第 3 行：", "第 3 行："]


def test_scanned_shares_come_from_a_file(box: Sealed, run: Run, tmp_path: Path) -> None:
    scanned = tmp_path / "scanned.txt"
    scanned.write_text("\n".join((share_text(box.shares[0]), *printed_share(box.shares[1]))), encoding="utf-8")
    assert run(box.text, "--shares-file", str(scanned))[0] == 0
    scanned.write_text(share_text(box.shares[0]) + "\n" + share_text(box.shares[1])[:-1], encoding="utf-8")
    status, _, complained = run(box.text, "--shares-file", str(scanned))
    assert status == 1
    assert "78位" in complained


def spoiled(text: str, **changed: Any) -> str:
    return json.dumps({**json.loads(text), **changed}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sealed: sealed[1:], "少了"),
        (lambda sealed: [*sealed, b64encode(bytes(55)).decode()], "多了"),
        (lambda sealed: [*sealed[:-1], sealed[0]], "出现了两次"),
        (lambda sealed: sealed[::-1], "没有按回执排列"),
        (lambda sealed: [*sealed[:-1], "?"], "票箱文件"),
    ],
    ids=["missing", "added", "doubled", "order", "base64"],
)
def test_a_box_that_is_not_whole_is_not_opened(
    box: Sealed, run: Run, tmp_path: Path, change: Callable[[list[str]], list[str]], said: str
) -> None:
    sealed = change(json.loads(box.text)["sealed"])
    status, _, complained = run(spoiled(box.text, sealed=sealed), *given_shares(*box.shares[:2]))
    assert (status, said in complained) == (1, True)
    assert not (tmp_path / "columns.json").exists()


def test_an_exchanged_ballot_is_noticed_by_the_root(box: Sealed, run: Run) -> None:
    other = SealedBox(box.secret.public_key).encrypt(encoded(ROWS[0], box.form))
    sealed = sorted([*box.ballots[:-1], other], key=receipt)
    text = spoiled(box.text, sealed=[b64encode(ballot).decode() for ballot in sealed])
    status, _, complained = run(text, *given_shares(*box.shares[:2]))
    assert status == 1
    assert "被换过" in complained


@pytest.mark.parametrize(
    ("field", "value"), [("format", "else"), ("poll", "x"), ("sealed", 3), ("form_hash", "0" * 64), ("root", None)]
)
def test_a_file_that_is_no_box_is_refused(box: Sealed, run: Run, field: str, value: object) -> None:
    assert run(spoiled(box.text, **{field: value}))[0] == 1
    assert run(box.text[: len(box.text) // 2])[0] == 1


def test_shares_of_another_poll_unknown_ones_and_too_few_are_named(box: Sealed, run: Run) -> None:
    other = Sealed()
    made_up = split(
        bytes(32),
        threshold=2,
        shares=3,
        poll=box.poll,
        public_key=box.key.public_key,
        randomness=secrets.token_bytes,
    )
    for shares, said in (
        ((other.shares[0],), "另一次表决"),
        ((made_up[0],), "不是登记过的份额"),
        ((box.shares[0], box.shares[0]), "已经带到了"),
        ((box.shares[0],), "其中有假"),
    ):
        status, _, complained = run(box.text, *given_shares(*shares))
        assert (status, said in complained) == (1, True), said


def test_ballots_that_do_not_open_are_counted_as_such(box: Sealed, run: Run, tmp_path: Path) -> None:
    strange = [
        SealedBox(PrivateKey.generate().public_key).encrypt(encoded(ROWS[0], box.form)),
        SealedBox(box.secret.public_key).encrypt(b"\x01\x01\x00\x03\x01\x01\x09"),
        SealedBox(box.secret.public_key).encrypt(b"\x02\x01\x00\x03\x01\x01\x01"),
        b"short",
    ]
    box.ballots = sorted([*box.ballots, *strange], key=receipt)
    assert run(box.text, *given_shares(*box.shares[:2]))[0] == 0
    columns = read_raw((tmp_path / "columns.json").read_text(encoding="utf-8"))
    assert (columns.ballots, columns.undecodable, columns.counted) == (8, 4, 3)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from(MARKS)] * 3), max_size=12),
    st.integers(1, 3),
    st.none() | st.integers(0, 3),
)
def test_every_box_gives_the_sums_that_were_sealed(
    rows: list[tuple[str, ...]], threshold: int, most_for: int | None
) -> None:
    box = Sealed(tuple(rows), threshold, most_for)
    columns = opened_columns(read_box(box.text), box.shares[3 - threshold :])
    kept = [row for row in rows if most_for is None or row.count("for") <= most_for]
    assert (columns.ballots, columns.void_ballots) == (len(rows), len(rows) - len(kept))
    for place, item in enumerate(columns.items):
        assert item.marks == tuple([row[place] for row in kept].count(mark) for mark in MARKS)


def test_the_tool_loads_neither_database_nor_server(box: Sealed, tmp_path: Path) -> None:
    (tmp_path / "box.json").write_text(box.text, encoding="utf-8")
    program = (
        "import sys; from interfaces.cli import main;"
        f"status = main(['open', {str(tmp_path / 'box.json')!r}, '--out', {str(tmp_path / 'c.json')!r},"
        f" *{given_shares(*box.shares[:2])!r}]);"
        "loaded = {'sqlalchemy', 'psycopg', 'eventsourcing', 'uvicorn', 'sqlite3'} & set(sys.modules);"
        "sys.exit(status or (repr(sorted(loaded)) if loaded else 0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
