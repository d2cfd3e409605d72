"""把别的城市的 Pabulib 文件（.pb）变成计票文件 / turns another city's Pabulib file (.pb) into the tally's files."""

import argparse
import json
import sys
from pathlib import Path

from interfaces.documents.pabulib import NotPabulib, ballots_csv, import_pb, pb_sentence, tally_poll


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .pb file")
    parser.add_argument("--into", type=Path, default=Path(), help="folder for poll.json and ballots.csv")
    parser.add_argument("--by-choosing", action="store_true", help="for a profile of the form `choose`")


def run(arguments: argparse.Namespace) -> int:
    """0 and two files, or 2 and one sentence."""
    try:
        poll = import_pb(arguments.file.read_bytes().decode("utf-8-sig"))
        ballots = ballots_csv(poll, by_choosing=arguments.by_choosing)
        arguments.into.mkdir(parents=True, exist_ok=True)
        described = json.dumps(tally_poll(poll), ensure_ascii=False, indent=1)
        (arguments.into / "poll.json").write_text(described + "\n", encoding="utf-8")
        (arguments.into / "ballots.csv").write_text(ballots, encoding="utf-8")
    except NotPabulib as refused:
        return _refuse(f"{arguments.file}: {pb_sentence(refused)}")
    except (OSError, UnicodeDecodeError) as problem:
        return _refuse(f"{arguments.file}: {problem}")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
