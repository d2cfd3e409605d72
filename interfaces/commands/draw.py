"""核对公布的抽点记录 / verifies the published record of a draw of sites: `draw verify draw.json`."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from domain.supervision.draw_record import LARGEST, Check, DrawRecordUnreadable, Verified, verify
from interfaces.tally.command import LANGUAGE_VARIABLE
from interfaces.web._base.language import CHINESE, ENGLISH, Lazy, lazy, speaking
from interfaces.web._base.sentences import sentence

HOLDS, DOES_NOT_HOLD, UNREADABLE = 0, 1, 2

_HOLDS: Final[dict[Check, Lazy]] = {
    Check.COMMITMENT: lazy("✓ 种子与事先公布的承诺值相符"),
    Check.POOL: lazy("✓ 点位名单与封闭时的摘要相符"),
    Check.RESULT: lazy("✓ 按种子、名单和混入的数重新抽，结果相同"),
}
_DOES_NOT: Final[dict[Check, Lazy]] = {
    Check.COMMITMENT: lazy("✗ 种子与事先公布的承诺值不符：公布的是 %(said)s，算出的是 %(computed)s"),
    Check.POOL: lazy("✗ 点位名单与封闭时的摘要不符：公布的是 %(said)s，算出的是 %(computed)s"),
    Check.RESULT: lazy("✗ 重新抽的结果不同：记录的是 %(said)s，算出的是 %(computed)s"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One word so far: `verify`."""
    parser.add_argument("act", choices=("verify",))
    parser.add_argument("record", type=Path, help="the draw's record, from its public page (…/draws/….json)")
    english = os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith(ENGLISH)
    parser.add_argument("--lang", choices=(CHINESE, ENGLISH), default=ENGLISH if english else CHINESE)


def run(arguments: argparse.Namespace) -> int:
    """0 when the draw comes out the same, 1 when something does not fit, 2 for what is no record of a draw."""
    with speaking(arguments.lang):
        try:
            with arguments.record.open("rb") as file:
                verified = verify(file.read(LARGEST + 1))
        except DrawRecordUnreadable as refused:
            print(sentence(refused), file=sys.stderr)
            return UNREADABLE
        except OSError as problem:
            print(problem, file=sys.stderr)
            return UNREADABLE
        _tell(verified)
    return HOLDS if verified.holds else DOES_NOT_HOLD


def _tell(verified: Verified) -> None:
    print(verified.title)
    for one in verified.checks:
        words = _HOLDS[one.check] if one.holds else _DOES_NOT[one.check]
        print(words.filled(said=one.said, computed=one.computed))
    for place, site in enumerate(verified.drawn, 1):
        print(f"{place}. [{site.number}] {site.name} {site.place}".rstrip())
