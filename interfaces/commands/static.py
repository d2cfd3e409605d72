"""写出网页服务器直接发送的静态文件 / writes the static files that a web server in front serves by itself."""

import argparse
import os
import sys
from gzip import compress
from pathlib import Path

from interfaces.web._base.assets import STATIC, static

_SQUEEZED = frozenset({".css", ".js", ".svg", ".json", ".txt"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write them."""
    parser.add_argument("folder", type=Path, help="the web server's root; the files go into FOLDER/static")


def run(arguments: argparse.Namespace) -> int:
    """0 when every file lies there, 1 with one sentence when the folder cannot be written."""
    try:
        written = [lay_out(file, arguments.folder) for file in files()]
    except OSError as problem:
        print(
            f"写不了 / cannot be written: {problem.filename or arguments.folder}: {problem.strerror}", file=sys.stderr
        )
        return 1
    print(f"{arguments.folder / 'static'}: {len(written)}")
    return 0


def files() -> list[Path]:
    """Every file that a page may link, relative to `interfaces/static`."""
    found = (file.relative_to(STATIC) for file in STATIC.rglob("*") if file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.parts))


def lay_out(file: Path, folder: Path) -> Path:
    """Writes one file under its hashed name, beside it the same squeezed.

    What lies there from earlier versions stays: pages that were opened before an upgrade still ask for it.
    """
    target = folder / static(file.as_posix()).removeprefix("/")
    content = (STATIC / file).read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, content)
    if file.suffix in _SQUEEZED:
        _write(target.with_name(f"{target.name}.gz"), compress(content, 9, mtime=0))
    return target


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all: the web server may be reading."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.chmod(0o644)
    draft.replace(target)
