"""核对记录有没有被改过 / recomputes the hash tree from the events and compares it with every checkpoint."""

import argparse
import json
import os
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tqdm import tqdm

from application.checkpoint_key import KeyPlace
from application.checkpoints_audit import Audited, Given, audit
from application.history.box import open_box
from application.history.box_audit import audit_boxes
from application.history.history import open_history
from application.private.files_audit import FaultyFile, FileFault, audit_files, digests_told, look_at_places
from application.private.store import open_private
from domain.checkpoints.checkpoint import read_text
from domain.checkpoints.note import VerifierKey, read_key, read_note
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from interfaces.tally.command import LANGUAGE_VARIABLE
from interfaces.upkeep.audit_words import file_told, told
from interfaces.upkeep.telling import TELLABLE, refused
from interfaces.web._base.language import CHINESE, ENGLISH, lazy, speaking

AS_IT_WAS, DIFFERS, NOT_LOOKED_AT = 0, 1, 2
MOST_SHOWN: Final = 50

_LOOKED_AT: Final = lazy(
    "核对了 %(events)s 条记录、%(checkpoints)s 个检查点、%(boxes)s 个票箱；检查点护到前 %(covered)s 条记录。"
)
_FINE: Final = lazy("全部相符。")
_MORE: Final = lazy("另有 %(number)s 处不符，没有列出；--json 会全部列出。")
_NO_KEY: Final = lazy("没有找到检查点的密钥，所以没有核对签名。请用 --key 给出公布的公钥。")
_NO_CHECKPOINT: Final = lazy("还没有检查点，所以只能查出缺失，查不出改动。")
_OUTSIDE: Final = lazy("谁掌握这台计算机，也能改检查点：请再用 --checkpoint 与保存在别处的检查点比较。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Looks at the installation that PIAOJUE_DATABASE_URL names, also while the server runs."""
    parser.add_argument(
        "--checkpoint",
        action="extend",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="checkpoints from outside: downloaded, printed, received by mail",
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a verification key (text or file) to trust too",
    )
    parser.add_argument("--files", action="store_true", help="read every kept photo and document too")
    parser.add_argument("--json", action="store_true", help="for programs")
    english = os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith(ENGLISH)
    parser.add_argument("--lang", choices=(CHINESE, ENGLISH), default=ENGLISH if english else CHINESE)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is as it was, 1 with a sentence for each difference, 2 when it could not be looked at."""
    settings = Settings()
    file = Path()
    with speaking(arguments.lang):
        try:
            given = []
            for file in arguments.checkpoint:
                note = read_note(file.read_bytes())
                read_text(note.text)
                given.append(Given(name=file.name, note=note))
            audited, boxes = _audit(settings, [*_known(settings), *map(_key, arguments.key)], given)
            faulty = _files(settings, read=arguments.files)
        except TELLABLE as error:
            refused(error, file)
            return NOT_LOOKED_AT
        if arguments.json:
            _say_as_json(audited, boxes, faulty)
        else:
            _say(audited, boxes, given, faulty)
    return DIFFERS if audited.findings or faulty else AS_IT_WAS


def _known(settings: Settings) -> list[VerifierKey]:
    """Our own key is not made here: where none is, none has signed."""
    own = KeyPlace(settings.data, settings.checkpoint_name, settings.checkpoint_key.get_secret_value()).known()
    return [*([own.verifier()] if own else []), *settings.former_checkpoint_keys]


def _key(text: str) -> VerifierKey:
    return read_key(Path(text).read_text(encoding="utf-8") if "+" not in text else text)


def _audit(settings: Settings, keys: list[VerifierKey], given: list[Given]) -> tuple[Audited, int]:
    with closing(open_history(settings.storage_url)) as history:
        with (
            history.tree_store.reading() as reading,
            tqdm(total=None, unit=" events", mininterval=1.0, file=sys.stderr) as bar,
        ):

            def passed(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            audited = audit(reading, keys, given, passed)
        with open_box(settings.storage_url) as box:
            audited.findings += audit_boxes(history, box, audited.closings)
    return audited, len(audited.closings)


def _files(settings: Settings, *, read: bool) -> list[FaultyFile]:
    """Photos and documents whose bytes are missing; where they are `read`, also those that were exchanged."""
    with closing(open_private(settings.storage_url, file_store(settings))) as private:
        if not read:
            return [FaultyFile(file=file, fault=FileFault.GONE) for file in look_at_places(private).gone]
        with tqdm(total=None, unit=" files", mininterval=1.0, file=sys.stderr) as bar:

            def passed(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            with closing(open_history(settings.storage_url)) as history:
                told = digests_told(history)
            return audit_files(private, told, passed)


def _say_as_json(audited: Audited, boxes: int, faulty: list[FaultyFile]) -> None:
    found = [{**asdict(finding), "sentence": told(finding)} for finding in audited.findings]
    found += [{"kind": f"file_{one.fault}", "file": one.file, "sentence": file_told(one)} for one in faulty]
    looked_at = {"events": audited.events, "checkpoints": audited.checkpoints, "boxes": boxes}
    said = {"as_it_was": not found, **looked_at, "covered": audited.covered, "findings": found}
    print(json.dumps(said, ensure_ascii=False, indent=2, default=str))


def _say(audited: Audited, boxes: int, given: list[Given], faulty: list[FaultyFile]) -> None:
    print(
        _LOOKED_AT.filled(events=audited.events, checkpoints=audited.checkpoints, boxes=boxes, covered=audited.covered)
    )
    sentences = [*map(told, audited.findings), *map(file_told, faulty)]
    for said in sentences[:MOST_SHOWN]:
        print(f"✗ {said}")
    if len(sentences) > MOST_SHOWN:
        print(_MORE.filled(number=len(sentences) - MOST_SHOWN))
    if not sentences:
        print(f"✓ {_FINE}")
    if audited.checkpoints and not audited.signed:
        print(_NO_KEY)
    if audited.events and not audited.checkpoints:
        print(_NO_CHECKPOINT)
    elif audited.checkpoints and not given:
        print(_OUTSIDE)
