#!/usr/bin/env python3
"""核对公布的抽点记录 / verifies the published record of a draw of sites: one file, Python 3.8 or newer, nothing else.

    python3 verify_draw.py draw.json

It makes the draw again from the record alone (docs/draws.md) and shares no line with the program that made the record.
Exit status: 0 everything fits, 1 something does not, 2 the file cannot be read as the record of a draw that was made.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

FORMAT = "piaojue-draw/1"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def check(record: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What was checked, what the record says, what was computed."""
    sites, seed = record["sites"], record["seed"]
    texts = [record[name] for name in ("draw", "seed", "number", "commitment", "pool_digest", "spread", "title")]
    texts += [site[name] for site in sites for name in ("code", "name", "place")]
    numbers = [record["takes"], *record["drawn"], *(site["number"] for site in sites)]
    if {type(one) for one in texts} != {str} or {type(one) for one in numbers} != {int}:
        raise TypeError
    if record["spread"] not in ("pool", "project") or str(UUID(record["draw"])) != record["draw"]:
        raise ValueError
    digest = sha256("".join(f"{s['number']}\t{s['code']}\t{s['name']}\t{s['place']}\n" for s in sites))
    tickets = {
        s["number"]: sha256(f"{record['draw']}\n{seed}\n{digest}\n{record['number']}\n{s['number']}") for s in sites
    }
    of = {s["number"]: s["code"] if record["spread"] == "project" else "" for s in sites}
    left = dict.fromkeys(of.values(), record["takes"])
    drawn = []
    for number in sorted(tickets, key=lambda number: (tickets[number], number)):
        if left[of[number]] > 0:
            left[of[number]] -= 1
            drawn.append(number)
    return [
        ("承诺值 commitment", record["commitment"], sha256(seed)),
        ("名单摘要 pool", record["pool_digest"], digest),
        ("抽出的号 drawn", record["drawn"], drawn),
    ]


def main(words: list[str]) -> int:
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        record = json.loads(Path(words[0]).read_text(encoding="utf-8"))
        checked = check(record) if record["format"] == FORMAT else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        checked = []
    if not checked:
        print("不是已经抽出的抽点记录 / not the record of a draw that was made", file=sys.stderr)
        return 2
    for name, said, computed in checked:
        print(f"{'✓' if said == computed else '✗'} {name}: {computed}")
        if said != computed:
            print(f"  记录里写的是 the record says: {said}")
    return 0 if all(said == computed for _name, said, computed in checked) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
