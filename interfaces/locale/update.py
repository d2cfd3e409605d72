"""Keeps the English catalogue in step with the sentences of the pages.

`python -m interfaces.locale.update` takes in new sentences and drops those no page says any more;
`--missing [PATH]` prints as JSON what has no English yet (of the files below PATH);
`--fill FILE` (or `-` for standard input) takes the English from such JSON.
"""

import argparse
import fcntl
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

INTERFACES = Path(__file__).parents[1]
ENGLISH = INTERFACES / "locale" / "en" / "LC_MESSAGES" / "messages.po"
_METHODS = [("locale/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy": None}
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date, so that the file changes with its sentences only."""


def spoken() -> Catalog:
    """Every sentence of the pages, with the files that say it."""
    found = Catalog(project="Piaojue", locale="en", fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    for file, _line, message, _comments, _context in extract_from_dir(
        str(INTERFACES),
        _METHODS,
        keywords=_KEYWORDS,
        options_map={"**/templates/**.html": {"silent": "false"}},
        directory_filter=lambda folder: not Path(folder).name.startswith((".", "__")),
    ):
        found.add(message, locations=[(f"interfaces/{file}", 0)])
    return found


def english() -> Catalog:
    """The catalogue as it is stored."""
    if not ENGLISH.exists():
        return Catalog(project="Piaojue", locale="en", fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def missing(below: str = "") -> dict[str, str]:
    """Sentences without English, of files below a path; the values are empty and wait to be filled."""
    stored = english()
    return {
        _id_of(message): ""
        for message in spoken()
        if message.id and _is_below(message, below) and not _is_translated(stored, message)
    }


def fill(given: Mapping[str, str]) -> int:
    """Takes English sentences in; returns how many. Raises KeyError for one that no page says."""
    with _alone():
        catalogue = english()
        catalogue.update(spoken(), no_fuzzy_matching=True)
        known = {_id_of(message): message for message in catalogue if message.id}
        for chinese, sentence in given.items():
            message = known[chinese]
            message.string = (sentence, sentence) if isinstance(message.id, tuple) else sentence
        _write(catalogue)
    return len(given)


def tidy() -> None:
    """Takes new sentences in and drops old ones."""
    with _alone():
        catalogue = english()
        catalogue.update(spoken(), no_fuzzy_matching=True)
        _write(catalogue)


def main(words: Sequence[str] | None = None) -> int:
    """Runs one of the three; 1 when a sentence is not known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", nargs="?", const="", metavar="PATH")
    parser.add_argument("--fill", metavar="FILE")
    asked = parser.parse_args(words)
    if asked.missing is not None:
        json.dump(missing(asked.missing), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    if asked.fill is None:
        tidy()
        return 0
    text = sys.stdin.read() if asked.fill == "-" else Path(asked.fill).read_text("utf-8")
    try:
        fill({chinese: said for chinese, said in json.loads(text).items() if said})
    except KeyError as unknown:
        sys.stderr.write(f"no page says {unknown}\n")
        return 1
    return 0


def _write(catalogue: Catalog) -> None:
    catalogue.creation_date = catalogue.revision_date = _MADE
    catalogue.header_comment = "# What the pages say, in English. Kept by interfaces/locale/update.py."
    catalogue.version = catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = "-"
    made = BytesIO()
    write_po(made, catalogue, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    beside = ENGLISH.with_suffix(".new")
    beside.write_bytes(made.getvalue())
    beside.replace(ENGLISH)


@contextmanager
def _alone() -> Iterator[None]:
    """Two updates at once would lose sentences of one of them."""
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_below(message: Message, path: str) -> bool:
    return any(file.startswith(path) for file, _ in message.locations) if path else True


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    known = catalogue.get(message.id)
    return known is not None and all(known.string if isinstance(known.string, tuple | list) else [known.string])


def _id_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


if __name__ == "__main__":
    sys.exit(main())
