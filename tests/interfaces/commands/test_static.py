"""The files that a web server in front serves by itself."""

import gzip
import re
from pathlib import Path

from interfaces.cli import main
from interfaces.web._base.assets import STATIC, static


def test_every_file_that_pages_link_lies_under_its_hashed_name(tmp_path: Path) -> None:
    assert main(["static", str(tmp_path)]) == 0
    for name in ("css/office.css", "js/ballot.js", "icon.svg"):
        assert (tmp_path / static(name).removeprefix("/")).read_bytes() == (STATIC / name).read_bytes()


def test_no_file_lies_there_under_a_name_that_could_change_its_meaning(tmp_path: Path) -> None:
    main(["static", str(tmp_path)])
    names = [file.name for file in tmp_path.rglob("*") if file.is_file()]
    assert names
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+(\.gz)?$", name) for name in names)


def test_what_is_sent_squeezed_is_the_same(tmp_path: Path) -> None:
    main(["static", str(tmp_path)])
    for squeezed in tmp_path.rglob("*.gz"):
        assert gzip.decompress(squeezed.read_bytes()) == squeezed.with_suffix("").read_bytes()


def test_files_of_the_version_before_stay_for_pages_that_are_still_open(tmp_path: Path) -> None:
    earlier = tmp_path / "static/css/office.0123456789ab.css"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("before", encoding="utf-8")
    main(["static", str(tmp_path)])
    assert earlier.read_text(encoding="utf-8") == "before"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert main(["static", str(tmp_path / "file")]) == 1
