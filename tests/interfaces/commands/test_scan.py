"""`piaojue scan`: a folder of pictures on a computer that has no database."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from domain.polls.ballot_form import form_hash
from interfaces.cli import main
from interfaces.paper.form_code import form_code, shown_code
from interfaces.paper.form_file import form_file
from tests.support import pens
from tests.support.paper_polls import Paper, paper_of, poll_of
from tests.support.pens import Picture, jpeg


@pytest.fixture(scope="module")
def paper() -> Paper:
    return paper_of(poll_of(3), dots=6)


@pytest.fixture
def folder(paper: Paper, tmp_path: Path) -> Path:
    """form.json, and a folder with a paper for everything, one with a faint mark, and a file that is no picture."""
    chance = np.random.default_rng(1)
    (tmp_path / "form.json").write_bytes(form_file(paper.form))
    (tmp_path / "papers").mkdir()
    for name, dark in (("1.jpg", pens.INK), ("2.JPG", 195)):
        page: Picture = paper.blanks[0].copy()
        for row in paper.layout.pages[0].rows:
            last = row.item == "3"
            pens.tick(page, row.boxes[0].area, 6, chance, dark if last else pens.INK)
        (tmp_path / "papers" / name).write_bytes(jpeg(page))
    return tmp_path


def scan(folder: Path, *more: str) -> int:
    words = [str(folder / "papers"), "--poll", str(folder / "form.json"), "--out", str(folder / "out")]
    return main(["scan", *words, *more])


def test_sums_doubtful_marks_and_unread_pages_are_printed_and_written(
    paper: Paper, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers" / "3.png").write_bytes(b"nothing")
    assert scan(folder) == 1
    said = json.loads((folder / "out" / "scan.json").read_text(encoding="utf-8"))
    assert said["form_hash"] == form_hash(paper.form)
    assert said["form_code"] == shown_code(form_code(paper.form))
    assert (said["papers"], said["void_ballots"]) == (2, 0)
    assert said["items"][0] == {
        "id": "1",
        "marks": {"blank": 0, "for": 2, "against": 0, "abstain": 0},
        "unreadable": 0,
        "doubtful": 0,
    }
    assert (said["items"][2]["marks"]["for"], said["items"][2]["doubtful"]) == (1, 1)
    assert said["unread"] == [{"file": "3.png", "page": 1, "reason": "not_a_picture", "detail": ""}]
    assert [path.name for path in (folder / "out").glob("*.jpg")] == ["doubtful-003-001.jpg"]
    printed = capsys.readouterr().out
    assert "读出 2 张，其中整张无效 0 张。" in printed
    assert "赞成 1  反对 0  弃权 0  两个记号 0  存疑 1  空白 0" in printed
    assert "存疑 1 处，读不出 1 页" in printed
    assert "3.png 第1页  读不出图像。" in printed


def test_nothing_for_people_is_status_0(folder: Path) -> None:
    (folder / "papers" / "2.JPG").unlink()
    assert scan(folder) == 0


def test_it_speaks_english_where_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan(folder, "--lang", "en")
    assert "2 papers read, 0 of them void as a whole." in capsys.readouterr().out


def test_a_folder_with_something_in_it_is_not_written_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "scan.json").write_text("{}", encoding="utf-8")
    assert scan(folder) == 2
    assert "里已有文件，请另选一个文件夹。" in capsys.readouterr().err
    assert (folder / "out" / "scan.json").read_text(encoding="utf-8") == "{}"


def test_what_cannot_be_done_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    assert scan(folder) == 2
    assert "./run install omr" in capsys.readouterr().err
    (folder / "form.json").write_text("{}", encoding="utf-8")
    assert scan(folder) == 2
    assert "不是表样文件" in capsys.readouterr().err
    (folder / "form.json").unlink()
    assert scan(folder) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_empty_folder_is_said_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (folder / "papers").iterdir():
        path.unlink()
    assert scan(folder) == 2
    assert "没有 JPEG、PNG 或 PDF 文件" in capsys.readouterr().err
