"""核对公布的计票档案 / verifies the published record of a poll from the record alone."""

import argparse
import json
import os
import sys
from pathlib import Path

from interfaces.record.finding import Finding
from interfaces.record.packing import NotARecord, read_record
from interfaces.record.telling import told
from interfaces.record.verifying import verify
from interfaces.tally.command import LANGUAGE_VARIABLE
from interfaces.web._base.language import CHINESE, ENGLISH, lazy, speaking

FITS, DOES_NOT_FIT, UNREADABLE = 0, 1, 2

_ATTESTED = lazy(
    "由档案重新算出：回执与根值、票卡和纸质票的等式、各项合计、结果、签名对应的计票、检查点与事件。\n"
    "由监票人担保：各项票数来自票箱——两次独立打开的结果一致，总监票人和监票人签了名。"
)
_KEY_FROM_ELSEWHERE = lazy("检查点的公钥取自档案本身；请用另行取得的公钥再核对一次（--key）。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", type=Path, help="record.zip, or the folder it was unpacked to")
    parser.add_argument("--key", default="", help="verification key of the checkpoints, from another source")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--lang", choices=(CHINESE, ENGLISH), default=_language())


def _language() -> str:
    return ENGLISH if os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith(ENGLISH) else CHINESE


def run(arguments: argparse.Namespace) -> int:
    """0 when everything fits, 1 with a line for each thing that does not, 2 for what is no record."""
    with speaking(arguments.lang):
        try:
            findings = verify(*read_record(arguments.record), key=arguments.key)
        except (NotARecord, OSError) as problem:
            said = lazy("%(file)s 不是计票档案：%(problem)s").filled(file=str(arguments.record), problem=str(problem))
            print(said, file=sys.stderr)
            return UNREADABLE
        if arguments.json:
            print(json.dumps({"fits": not findings, "findings": list(map(_plain, findings))}, ensure_ascii=False))
        else:
            _print(findings, own_key=not arguments.key)
    return DOES_NOT_FIT if findings else FITS


def _plain(finding: Finding) -> dict[str, str]:
    return {"file": finding.file, "what": finding.what, "sentence": told(finding)}


def _print(findings: list[Finding], *, own_key: bool) -> None:
    for finding in findings:
        print(f"✗ {told(finding)}")
    if findings:
        return
    print(f"✓ {lazy('全部相符。')}")
    print(_ATTESTED)
    if own_key:
        print(_KEY_FROM_ELSEWHERE)
