"""What an installation stored, logged, exported and answered, taken apart to plain bytes: what a thief could hold."""

import gzip
import io
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psycopg
import pypdfium2
import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Actor, Grant, Role
from interfaces.cli import main
from interfaces.composition import House
from interfaces.web._base.discovery import all_routes
from tests.e2e.stores import Dump, everything
from tests.support import programs
from tests.support.polls import Hall
from tests.support.programs import PLACES
from tests.support.visitors import account, sign_in, visitor

OF_POLLS = {"polls", "sessions", "audit", "public", "me", "voted-lists", "projects"}
AREAS_WITHOUT_POLLS = {"static", "a", "unit", "account", "sign-in"}


@dataclass(frozen=True)
class Piece:
    """One thing that can be looked at by itself: a table's row, a file, a log line, an answer, a file in a zip."""

    where: str
    content: bytes


def rows_of(dump: Dump) -> list[Piece]:
    """Every row of every table, its values one after the other."""
    return [
        Piece(f"table {table}", b"\x1f".join(_bytes_of(value) for value in row))
        for table, rows in dump.items()
        for row in rows
    ]


def _bytes_of(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()


def files_of(database_url: str) -> list[Piece]:
    """The files of the store: with SQLite the databases and their logs, with PostgreSQL those of our relations."""
    if database_url.startswith("sqlite"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        found = (*folder.glob("*.db*"), *folder.glob("piaojue-files/*/*"))
        return [Piece(f"file {path.name}", path.read_bytes()) for path in sorted(found)]
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("CHECKPOINT")
        folder = Path(str(server.execute("SHOW data_directory").fetchall()[0][0]))
        relations = server.execute(
            "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND oid >= 16384"
        ).fetchall()
    if not os.access(folder, os.R_OK | os.X_OK):  # a server of somebody else's
        return []
    return [Piece(f"file {name}", (folder / path).read_bytes()) for name, path in relations]


def exports(database_url: str, folder: Path) -> list[Piece]:
    """`piaojue history export` and `piaojue backup`, as somebody at the server would take them."""
    export, backup = folder / "history.jsonl", folder / "backup.zip"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PIAOJUE_DATABASE_URL", database_url)
        environment.setenv("PIAOJUE_DATA", str(folder))
        assert main(["history", "export", str(export)]) == 0
        assert main(["backup", str(backup)]) == 0
    lines = [Piece("export", line) for line in export.read_bytes().splitlines()]
    return [*lines, *(part for part in unpacked(Piece("backup", backup.read_bytes())))]


def unpacked(piece: Piece) -> Iterator[Piece]:
    """A zip's files, a PDF's text, a stream's lines; anything else as it is."""
    if piece.content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(piece.content)) as opened:
            for name in opened.namelist():
                yield from unpacked(Piece(f"{piece.where}/{name}", opened.read(name)))
    elif piece.content.startswith(b"\x1f\x8b"):
        yield from unpacked(Piece(piece.where, gzip.decompress(piece.content)))
    elif piece.content.startswith(b"%PDF"):
        yield Piece(piece.where, _text_of(piece.content))
    elif piece.where.startswith("backup/"):
        yield from (Piece(piece.where, line) for line in piece.content.splitlines())
    else:
        yield piece


def _text_of(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).encode()


def pages(house: House, site: FastAPI, hall: Hall) -> list[Piece]:
    """Every page and file of the office, the scrutineers' table, a delegate and of anybody, as the chief and others."""
    office = account(house, Grant(role=Role.STAFF, congress=hall.congress), name="李红")
    readers = {"staff": office, "scrutineer": hall.chief.account, "delegate": hall.delegate(5).account}
    visitors = {area: sign_in(house, visitor(site), who) for area, who in readers.items()}
    stranger = visitor(site)
    found = []
    for path in sorted({str(getattr(route, "path", "")) for route in all_routes() if "GET" in _methods_of(route)}):
        filled, area = _filled(path, house, hall), path.split("/")[1]
        if path.endswith("/events") or area in AREAS_WITHOUT_POLLS:
            continue
        seen = visitors.get(area, stranger).open(filled)
        head = "\n".join(f"{name}: {value}" for name, value in seen.headers.items())
        found += [Piece(f"head of {filled}", head.encode()), *unpacked(Piece(f"answer {filled}", seen.content))]
    return found


def _methods_of(route: object) -> set[str]:
    return getattr(route, "methods", None) or set()


def _filled(path: str, house: House, hall: Hall) -> str:
    places = PLACES | {"slug": "jz", "poll": str(hall.poll), "session": str(hall.session), "batch": "1", "team": "1"}
    places |= {"delegate": str(hall.delegates[0].delegate), "project": str(hall.projects[0]), "item": "1"}
    places |= {"position": str(house.history.last_position() - 5), "size": str(house.history.last_position())}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: places.get(place[1], "x"), path)


def answers(house: House, site: FastAPI, hall: Hall) -> list[Piece]:
    """Every reading operation of the API about polls, sessions and the trail, as the office and as the chief."""
    asked = [called.route.path for called in programs.every_operation() if called.method == "GET"]
    readers = [_program(house, site, hall, None), _program(house, site, hall, hall.chief)]
    found: list[Piece] = []
    for path in asked:
        if not set(path.split("/")) & OF_POLLS:
            continue
        filled = _filled(path, house, hall).removeprefix("/api/v1")
        for reader in readers:
            answer = reader.get(filled)
            found += unpacked(Piece(f"answer /api/v1{filled}", answer.content))
    return found


def _program(house: House, site: FastAPI, hall: Hall, who: Actor | None) -> programs.Program:
    if who is not None:
        return programs.program(house, site, account=who.account, congress=hall.congress)
    return programs.program(house, site, Grant(role=Role.STAFF, congress=hall.congress), congress=hall.congress)


def on_screens(url: str, hall: Hall) -> list[Piece]:
    """The hall's screen, the first event of its stream, the figures for monitoring."""
    found = []
    with httpx2.Client(base_url=url, timeout=20, trust_env=False) as client:
        paths = (f"/hall/{hall.poll}", "/metrics", "/healthz", "/readyz")
        found += [Piece(f"answer {path}", client.get(path).content) for path in paths]
        with _streaming(client, f"/hall/{hall.poll}/events") as event:
            found.append(Piece("answer hall's events", event))
    return found


@contextmanager
def _streaming(client: httpx2.Client, path: str) -> Iterator[bytes]:
    with client.stream("GET", path) as stream:
        kept = b""
        for chunk in stream.iter_bytes():
            kept += chunk
            if b"\n\n" in kept:
                break
        yield kept


def everything_of(database_url: str, folder: Path, logged: Sequence[Piece]) -> list[Piece]:
    """What lies at the server: rows, files, exports, backup, log."""
    return [*rows_of(everything(database_url)), *files_of(database_url), *exports(database_url, folder), *logged]
