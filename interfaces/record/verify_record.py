#!/usr/bin/env python3
"""核对公布的计票档案 / verifies the published record of a poll: one file, Python 3.10 or newer, nothing else needed.

    python3 verify_record.py record.zip [--key KEY] [--lang en]

It recomputes everything from the record alone, by the published formats (docs/record.md, docs/tally.md,
docs/checkpoints.md), and shares no line with the program that made the record. Exit status: 0 everything fits,
1 something does not (each finding names file and place), 2 the file cannot be read as a record.

What it can show: that the outcome follows from the columns, that the numbers add up, that receipts and root belong
together, that the signatures name exactly this count, that checkpoint and proofs fit. What it cannot show: that the
columns come from the box; two independent openings and the scrutineers' signatures attest that.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import math
import sys
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

Point = tuple[int, int, int, int]
Hash = Callable[[bytes], bytes]
Numbers = tuple[int, int, int]
Cut = tuple[list[str], int, dict[str, Any] | None, dict[str, Any] | None]

FORMAT = "piaojue-record/1"
JSON_FILES = (
    "box.json",
    "cards.json",
    "columns.json",
    "paper.json",
    "poll.json",
    "proofs.json",
    "signatures.json",
)
FILES = (*JSON_FILES, "checkpoint.txt", "count.json", "receipts.txt")
LARGEST = 200_000_000
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

FOUND = {
    "zip": ("压缩包不是公布时的样子（包装被改动过）", "the zip is not as it was published (its packing was changed)"),
    "files": ("应有的文件与实际不符：{0}", "the files are not those of a record: {0}"),
    "hash": ("文件内容与目录中的校验值不符", "the content differs from the hash in the manifest"),
    "json": ("不是规范的 JSON：{0}", "not canonical JSON: {0}"),
    "field": ("缺少或多出字段，或类型不对：{0}", "a field is missing, extra or of the wrong type: {0}"),
    "same": ("“{0}”与 {1} 不一致：{2} ≠ {3}", "“{0}” is not the same as in {1}: {2} ≠ {3}"),
    "receipts": ("回执没有排序、有重复或写法不对：第 {0} 行", "receipts are unsorted, doubled or malformed: line {0}"),
    "sum": ("{0}：{1} ≠ {2}", "{0}: {1} ≠ {2}"),
    "column": ("第 {0} 项合计 {1}，应为 {2}（相差 {3}）", "item {0} adds up to {1} instead of {2} (off by {3})"),
    "outcome": (
        "结果“{0}”重新计算得 {1}，档案写 {2}",
        "the outcome's “{0}” is {1} when recomputed; the record says {2}",
    ),
    "small": ("一部分票数少于 {0}，却单列了票面", "a part of fewer than {0} ballots is shown by itself"),
    "signed": ("签名不足或不是同一计票：{0}", "signatures are missing or not over this count: {0}"),
    "note": ("检查点不合格式或签名不对：{0}", "the checkpoint is malformed or its signature is wrong: {0}"),
    "proof": ("第 {0} 号事件不在检查点的树里", "event {0} is not in the checkpoint's tree"),
    "event": ("事件与档案不一致：{0}", "an event differs from the record: {0}"),
}
"""What is found, in Chinese and English."""


class Unreadable(Exception):
    """The file is no record at all."""


class Record:
    """The files of a record and what was found wrong with them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.findings: list[tuple[str, str, tuple[Any, ...]]] = []
        self.read: dict[str, Any] = {}

    def say(self, where: str, code: str, *values: Any) -> None:
        """Notes a finding once."""
        if (where, code, values) not in self.findings:
            self.findings.append((where, code, values))

    def same(self, where: str, name: str, mine: object, other: str, theirs: object) -> None:
        """Notes a difference between two places that say the same."""
        if mine != theirs or type(mine) is not type(theirs):
            self.say(where, "same", name, other, shown(mine), shown(theirs))


def shown(value: Any) -> str:
    """A value short enough for a sentence."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


# ---- the container


def open_record(path: Path) -> tuple[dict[str, bytes], bytes | None]:
    """The files of a zip or of a folder it was unpacked to. Raises Unreadable."""
    if path.is_dir():
        return {entry.name: entry.read_bytes() for entry in sorted(path.iterdir())}, None
    raw = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            infos = packed.infolist()
            small = sum(info.file_size for info in infos) <= LARGEST
            files = {info.filename: packed.read(info) for info in infos} if small else {}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as problem:
        raise Unreadable(str(problem)) from None
    if not small or len(files) != len(infos):
        raise Unreadable("too large, or a name stands twice")
    return files, raw


def packed_again(files: dict[str, bytes]) -> bytes:
    """The one way of packing a record: sorted names, stored, no times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packed.writestr(info, files[name])
    return out.getvalue()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, two spaces, UTF-8, LF."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode("utf-8")


def strict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """No key twice."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a key stands twice")
    return dict(pairs)


def refuse_number(text: str) -> NoReturn:
    """Every number of a record is whole; fractions are texts."""
    raise ValueError(f"not a whole number: {text}")


def parse(raw: bytes) -> Any:
    """JSON without doubled keys, floats or constants. Raises ValueError."""
    return json.loads(
        raw.decode("utf-8"), object_pairs_hook=strict, parse_float=refuse_number, parse_constant=refuse_number
    )


def check_container(record: Record, raw: bytes | None) -> None:
    """The packing, the list of files, their hashes, and that each is written in the one canonical way."""
    if raw is not None and packed_again(record.files) != raw:
        record.say("zip", "zip")
    wanted = {*FILES, "manifest.json"}
    if set(record.files) != wanted:
        record.say("zip", "files", ", ".join(sorted(set(record.files) ^ wanted)))
    for name in (*JSON_FILES, "manifest.json", "count.json"):
        read_json(record, name)
    manifest = record.read.get("manifest.json")
    if not isinstance(manifest, dict) or set(manifest) != {"format", "poll", "kind", "files"}:
        record.say("manifest.json", "field", "format, poll, kind, files")
        return
    record.same("manifest.json", "format", manifest["format"], "docs/record.md", FORMAT)
    hashes = manifest["files"] if isinstance(manifest["files"], dict) else {}
    if set(hashes) != set(FILES):
        record.say("manifest.json", "files", ", ".join(sorted(set(hashes) ^ set(FILES))))
    for name, content in sorted(record.files.items()):
        if name != "manifest.json" and hashlib.sha256(content).hexdigest() != hashes.get(name):
            record.say(name, "hash")


def read_json(record: Record, name: str) -> None:
    """Reads one file; count.json is the text that was signed, without spaces or a line end."""
    raw = record.files.get(name)
    if raw is None:
        return
    try:
        value = parse(raw)
    except (ValueError, RecursionError) as problem:
        record.say(name, "json", str(problem)[:80])
        return
    if name == "count.json":
        again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    else:
        again = canonical(value)
    if again != raw:
        record.say(name, "json", "not as it would be written again")
    else:
        record.read[name] = value


# ---- RFC 9162


def sm3(data: bytes) -> bytes:
    """GB/T 32905-2016."""
    mask = 0xFFFFFFFF

    def left(x: int, n: int) -> int:
        n %= 32
        return ((x << n) | (x >> (32 - n))) & mask

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + 4 * i : start + 4 * i + 4], "big") for i in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ left(w[j - 3], 15)
            w.append(x ^ left(x, 15) ^ left(x, 23) ^ left(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            ss1 = left((left(a, 12) + e + left(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & mask, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & mask & g)
            tt1 = (ff + d + (ss1 ^ left(a, 12)) + (w[j] ^ w[j + 4])) & mask
            tt2 = (gg + h + ss1 + w[j]) & mask
            a, b, c, d, e, f, g, h = tt1, a, left(b, 9), c, tt2 ^ left(tt2, 9) ^ left(tt2, 17), e, left(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=False)]
    return b"".join(x.to_bytes(4, "big") for x in state)


def sha256(data: bytes) -> bytes:
    """FIPS 180-4."""
    return hashlib.sha256(data).digest()


def tree_root(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 9162, section 2.1.1, with SHA-256."""
    level = [sha256(b"\x00" + leaf) for leaf in leaves]
    if not level:
        return sha256(b"")
    while len(level) > 1:  # an odd last one goes up as it is: the same tree
        pairs = [sha256(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes, hashed: Hash) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, hashed(b"\x00" + leaf)
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = hashed(b"\x01" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = hashed(b"\x01" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


# ---- Ed25519 (RFC 8032) and the signed checkpoint (C2SP signed-note, tlog-checkpoint)

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def x_of(y: int, sign: int) -> int | None:
    """The x of a point on the curve, or None."""
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(raw: bytes) -> Point | None:
    """Extended coordinates of an encoded point, or None."""
    number = int.from_bytes(raw, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p: Point, q: Point) -> Point:
    """Sum of two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(s: int, p: Point) -> Point:
    """A point so many times."""
    total = (0, 1, 1, 0)
    while s:
        if s & 1:
            total = add(total, p)
        p, s = add(p, p), s >> 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0) or 0
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_fits(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is right."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, a))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """A verification key `name+hash+base64`: its name, the four bytes before a signature, the public key."""
    name, _, rest = text.strip().partition("+")
    digits, _, encoded = rest.partition("+")
    key = base64.b64decode(encoded, validate=True)
    if not name or len(key) != 33 or key[0] != 1:
        raise ValueError("not a verification key")
    named = hashlib.sha256(name.encode("utf-8") + b"\n" + key).digest()[:4]
    if named.hex() != digits:
        raise ValueError("the key's name and hash do not fit")
    return name, named, key[1:]


def read_note(text: str, key: tuple[str, bytes, bytes]) -> dict[str, Any]:
    """Origin, size, root and extension lines of a signed checkpoint. Raises ValueError."""
    body, gap, signatures = text.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise ValueError("no signature")
    name, named, public = key
    body += "\n"
    for line in signatures[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        raw = base64.b64decode(encoded, validate=True)
        if dash != "\u2014" or base64.b64encode(raw).decode() != encoded:
            raise ValueError("malformed signature line")
        if signer == name and raw[:4] == named and signature_fits(public, body.encode("utf-8"), raw[4:]):
            break
    else:
        raise ValueError("no signature by this key")
    lines = body[:-1].split("\n")
    if len(lines) < 3 or str(int(lines[1])) != lines[1]:
        raise ValueError("malformed checkpoint")
    root = base64.b64decode(lines[2], validate=True)
    if base64.b64encode(root).decode() != lines[2] or len(root) != 32:
        raise ValueError("malformed root")
    return {"origin": lines[0], "size": int(lines[1]), "root": root, "extra": lines[3:]}


# ---- the count (docs/tally.md)


def half_up(value: Fraction, places: int) -> str:
    """Rounded by magnitude, halves up."""
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{units // 10**places}.{units % 10**places:0{places}d}"


def met(number: int, base: int, fraction: str, operator: str) -> bool:
    """Whether a number of a base is enough."""
    limit = Fraction(fraction) * base
    return number >= limit if operator == ">=" else number > limit


def least(base: int, fraction: str, operator: str) -> int:
    """The least number that is enough."""
    limit = Fraction(fraction) * base
    return math.ceil(limit) if operator == ">=" else math.floor(limit) + 1


def ranked(values: Any) -> dict[Any, int]:
    """Dense ranks, highest first."""
    return {value: place for place, value in enumerate(sorted(set(values), reverse=True), start=1)}


def recount(
    profile: dict[str, Any], items: list[dict[str, Any]], numbers: Numbers, columns: dict[str, Any]
) -> dict[str, Any]:
    """The outcome of a poll from its columns."""
    everybody, attending, issued = numbers
    returned = columns["returned"]
    if returned > issued:
        return {"valid": False, "reason": "returned_exceeds_issued"}
    quorum = profile["quorum"]
    if not met(attending, everybody, quorum["fraction"], quorum["operator"]):
        return {"valid": False, "reason": "quorum"}
    head = {
        "valid": True,
        "reason": None,
        "all_delegates": everybody,
        "attending": attending,
        "issued": issued,
        "returned": returned,
        "not_returned": issued - returned,
    }
    by_id = {column["id"]: column for column in columns["items"]}
    if profile["form"] == "grade":
        return {**head, "items": graded(profile, items, numbers, by_id, returned)}
    return {**head, "void_ballots": columns["void_ballots"], **voted(profile, items, numbers, by_id, returned)}


def voted(
    profile: dict[str, Any],
    items: list[dict[str, Any]],
    numbers: Numbers,
    by_id: dict[str, dict[str, Any]],
    returned: int,
) -> dict[str, Any]:
    """Who is adopted, what is left open."""
    rows = [vote_row(profile, item, numbers, by_id[item["id"]], returned) for item in items]
    ranks = ranked(row["for"] for row in rows)
    for row in rows:
        row["rank"] = ranks[row["for"]]
    order = sorted(rows, key=lambda row: -row["for"])
    passing, failing = [r for r in order if r["passed"]], [r for r in order if not r["passed"]]
    adopted, places, second, decision = cut(profile, passing, failing)
    for row in rows:
        row["adopted"] = row["id"] in adopted
    quota = profile["quota"]
    rate = None if quota == "open" else Fraction(len(items) - quota, quota)
    warnings = []
    if rate is not None and rate <= 0:
        warnings = ["equal_election"]
    elif rate is not None and rate < Fraction(profile["min_surplus_rate"]):
        warnings = ["surplus_below_minimum"]
    return {
        "surplus_rate": None if rate is None else half_up(rate, 4),
        "items": rows,
        "adopted": adopted,
        "open_places": places,
        "second_ballot": second,
        "decision": decision,
        "warnings": warnings,
    }


MARKS = ("for", "against", "abstain", "not_ticked", "not_pressed", "void")


def vote_row(
    profile: dict[str, Any], item: dict[str, Any], numbers: Numbers, column: dict[str, Any], returned: int
) -> dict[str, Any]:
    """One item of a vote."""
    valid = returned - column["void"] - column["not_pressed"]
    bases = {"all_delegates": numbers[0], "attending": numbers[1], "returned": returned, "valid_marks": valid}
    rule = profile["pass"]
    base = bases.get(rule["base"])
    needed = None if base is None else max(1, least(base, rule["fraction"], rule["operator"]))
    row = {"id": item["id"], "name": item["name"], "base": base, "needed": needed}
    row.update({mark: column[mark] for mark in MARKS})
    row["passed"] = row["for"] >= (needed or 1)
    return row


def cut(profile: dict[str, Any], passing: list[dict[str, Any]], failing: list[dict[str, Any]]) -> Cut:
    """The top Q of the passing items; a tie at the cut and a shortfall as the profile says."""
    quota = profile["quota"]
    ids = [row["id"] for row in passing]
    if quota == "open":
        return ids, 0, None, None
    if len(passing) > quota:
        last = passing[quota - 1]["for"]
        if passing[quota]["for"] < last:
            return ids[:quota], 0, None, None
        above = [row["id"] for row in passing if row["for"] > last]
        tied = [row["id"] for row in passing if row["for"] == last]
        left = quota - len(above)
        if profile["tie_at_cut"] == "admit_all":
            return above + tied, 0, None, None
        if profile["tie_at_cut"] == "second_ballot":
            return above, 0, {"reason": "tie", "items": tied, "places": left}, None
        return above, 0, None, {"by": "presidium", "items": tied, "places": left}
    places = quota - len(passing)
    if not places or not failing or profile["shortfall"] == "close":
        return ids, places, None, None
    if profile["shortfall"] == "standing_committee":
        left = {"by": "standing_committee", "items": [row["id"] for row in failing], "places": places}
        return ids, places, None, left
    wanted = places + max(1, math.ceil(places * Fraction(profile["min_surplus_rate"])))
    if len(failing) > wanted:
        edge = failing[wanted - 1]["for"]
        failing = [row for row in failing if row["for"] >= edge]
    return ids, places, {"reason": "shortfall", "items": [row["id"] for row in failing], "places": places}, None


def graded(
    profile: dict[str, Any],
    items: list[dict[str, Any]],
    numbers: Numbers,
    by_id: dict[str, dict[str, Any]],
    returned: int,
) -> list[dict[str, Any]]:
    """Rates, scores, grades and ranks of an evaluation."""
    rows, scores = [], []
    for item in items:
        column = by_id[item["id"]]
        counts, options = column["counts"], profile["options"]
        valid = sum(counts[option["id"]] for option in options)
        bases = {"all_delegates": numbers[0], "attending": numbers[1], "returned": returned, "valid_marks": valid}
        base = bases[profile["base"]]
        row = {"id": item["id"], "name": item["name"], "counts": counts, "blank": column["blank"]}
        row.update({"void": column["void"], "valid_marks": valid, "base": base})
        row.update(dict.fromkeys(("rates", "cumulative_rates", "score", "grade", "rank")))
        score, running = None, 0
        if valid:
            row["rates"], row["cumulative_rates"] = {}, {}
            for option in options:
                running += counts[option["id"]]
                row["rates"][option["id"]] = half_up(Fraction(counts[option["id"]], valid), 4)
                row["cumulative_rates"][option["id"]] = half_up(Fraction(running, valid), 4)
            score = sum(Fraction(option["score"]) * counts[option["id"]] for option in options) / valid
            row["score"] = half_up(score, 2)
            row["grade"] = grade_of(profile["grades"], counts, base)
        rows.append(row)
        scores.append(score)
    ranks = ranked(score for score in scores if score is not None)
    for row, score in zip(rows, scores, strict=False):
        row["rank"] = None if score is None else ranks[score]
    return rows


def grade_of(rules: list[dict[str, Any]], counts: dict[str, int], base: int) -> Any:
    """The first grade whose marks are enough; the last one asks for nothing."""
    for rule in rules:
        if "of" not in rule or met(sum(counts[o] for o in rule["of"]), base, rule["fraction"], rule["operator"]):
            return rule["grade"]
    return rules[-1]["grade"]


# ---- what the files of a record must say together


def fields(record: Record, where: str, value: Any, **wanted: str) -> dict[str, Any] | None:
    """The value if it is an object with exactly these fields of these types; otherwise None, and a finding."""
    if not isinstance(value, dict):
        record.say(where, "field", "{…}")
        return None
    wrong = sorted(set(value) ^ set(wanted))
    wrong += sorted(n for n in set(value) & set(wanted) if not is_a(value[n], wanted[n]))
    if wrong:
        record.say(where, "field", ", ".join(wrong))
        return None
    return value


def is_a(value: Any, kind: str) -> bool:
    """Whether a value is of a kind; numbers are whole and not negative, "?" before a kind allows null."""
    if kind.startswith("?"):
        return value is None or is_a(value, kind[1:])
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind == "hex":
        return isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef")
    kinds = {"text": str, "list": list, "object": dict, "yes": bool}
    return isinstance(value, kinds[kind])


def check_receipts(record: Record, box: dict[str, Any]) -> None:
    """Sorted, each once, as many as the box holds, and the root over them is the box's."""
    text = record.files.get("receipts.txt", b"").decode("utf-8", "replace")
    lines = text.split("\n")
    if lines[-1]:
        record.say("receipts.txt", "receipts", len(lines))
    receipts = lines[:-1]
    for number, (line, before) in enumerate(zip(receipts, ["", *receipts], strict=False), start=1):
        if not is_a(line, "hex") or line <= before:
            record.say("receipts.txt", "receipts", number)
            return
    record.same("receipts.txt", "ballots", len(receipts), "box.json", box["ballots"])
    record.same(
        "receipts.txt", "root", tree_root([bytes.fromhex(one) for one in receipts]).hex(), "box.json", box["root"]
    )


def check_signatures(record: Record, count: dict[str, Any], count_hash: str) -> None:
    """The chief and two scrutineers, different people, over exactly this count (rule 14); a void poll has none."""
    signatures = record.read.get("signatures.json")
    if not isinstance(signatures, list):
        record.say("signatures.json", "field", "[…]")
        return
    roles, people = [], set()
    for one in signatures:
        kinds = {"role": "text", "name": "text", "delegate": "text", "version": "number", "count_hash": "hex"}
        if fields(record, "signatures.json", one, form="text", **kinds) is None:
            return
        record.same("signatures.json", "count_hash", one["count_hash"], "count.json", count_hash)
        roles.append(one["role"])
        people.add(one["delegate"])
    if count["outcome"]["valid"] is not True:
        record.same("signatures.json", "signatures", signatures, "count.json", [])
    elif roles.count("chief") != 1 or roles.count("scrutineer") < 2 or len(people) != len(roles):
        record.say("signatures.json", "signed", ", ".join(roles))


def check_proofs(record: Record, key: str | None) -> list[dict[str, Any]]:
    """The checkpoint is signed and every published event is in its tree; the events, by name."""
    proofs = fields(record, "proofs.json", record.read.get("proofs.json"), key="text", events="list")
    if proofs is None:
        return []
    try:
        note = read_note(record.files["checkpoint.txt"].decode("utf-8"), read_key(key or proofs["key"]))
    except (ValueError, KeyError) as problem:
        record.say("checkpoint.txt", "note", str(problem)[:80])
        return []
    hashed = sm3 if "hash sm3" in note["extra"] else sha256
    events: list[dict[str, Any]] = []
    before = -1
    for one in proofs["events"]:
        if fields(record, "proofs.json", one, index="number", leaf="text", proof="list") is None:
            return events
        try:
            path = [bytes.fromhex(step) for step in one["proof"]]
            event = parse(one["leaf"].encode("utf-8"))
            event = {name: event[name] for name in ("stream", "name", "fact")}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            record.say("proofs.json", "event", one["index"])
            continue
        if any(step != bytes.fromhex(step).hex() for step in one["proof"]) or one["index"] <= before:
            record.say("proofs.json", "event", one["index"])
        before = one["index"]
        leaf = one["leaf"].encode("utf-8")
        if included(leaf, one["index"], note["size"], path, note["root"], hashed):
            events.append(event)
        else:
            record.say("proofs.json", "proof", one["index"])
    return events


COUNT = {
    "format": "text",
    "poll": "text",
    "title": "text",
    "session": "text",
    "year": "number",
    "rehearsal": "yes",
    "sealing": "text",
    "key": "?hex",
    "parent": "?object",
    "profile": "object",
    "profile_id": "text",
    "profile_version": "number",
    "waiver": "text",
    "items": "list",
    "all_delegates": "number",
    "attending": "number",
    "issued": "number",
    "returned": "number",
    "cards": "object",
    "papers": "object",
    "incidents": "list",
    "box": "object",
    "openings": "list",
    "parts": "object",
    "columns": "?object",
    "outcome": "object",
}
REPEATED = {
    "poll.json": [
        "poll",
        "title",
        "session",
        "year",
        "rehearsal",
        "sealing",
        "parent",
        "profile",
        "profile_id",
        "profile_version",
        "waiver",
        "items",
        "all_delegates",
        "attending",
        "issued",
        "returned",
    ],
    "cards.json": ["cards", "papers", "incidents"],
    "box.json": ["ballots", "root", "key", "sealing", "openings"],
    "columns.json": ["columns", "electronic"],
    "paper.json": ["paper", "keypad"],
}
"""What each file says once more; count.json is the text that was signed."""


def check_repeated(record: Record, count: dict[str, Any]) -> None:
    """Every file says what the signed count says."""
    said = {**count, **count["box"], **count["parts"]}
    for where, names in REPEATED.items():
        extra = {"poll.json": ["form", "form_hash"]}.get(where, [])
        value = record.read.get(where)
        if not isinstance(value, dict) or set(value) != {*names, *extra}:
            record.say(where, "field", ", ".join([*names, *extra]))
            continue
        for name in names:
            record.same(where, name, value[name], "count.json", said.get(name))
    manifest = record.read.get("manifest.json", {})
    if isinstance(manifest, dict):
        kind = "rehearsal" if count["rehearsal"] else "record"
        record.same("manifest.json", "poll", manifest.get("poll"), "count.json", count["poll"])
        record.same("manifest.json", "kind", manifest.get("kind"), "count.json", kind)


def check_form(record: Record, count: dict[str, Any]) -> None:
    """The form is the poll's, and its hash is right."""
    poll = record.read.get("poll.json")
    if not isinstance(poll, dict) or not isinstance(poll.get("form"), dict):
        return
    text = json.dumps(poll["form"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    record.same("poll.json", "form_hash", poll.get("form_hash"), "form", hashlib.sha256(text.encode()).hexdigest())
    asked = [{"id": item["id"], "name": item["name"]} for item in count["items"]]
    record.same("poll.json", "form items", poll["form"].get("items"), "count.json", asked)
    record.same("poll.json", "form poll", poll["form"].get("poll"), "count.json", count["poll"])
    record.same("poll.json", "form", poll["form"].get("form"), "count.json", count["profile"]["form"])


def check_sums(record: Record, count: dict[str, Any]) -> None:
    """The equations: cards, papers, parts, returned (rules 2, 11, 13)."""
    cards, papers, parts = count["cards"], count["papers"], count["parts"]

    def equal(said: str, mine: object, other: object) -> None:
        if mine != other:
            record.say("count.json", "sum", said, mine, other)

    equal("not handed in = issued − in the box − handed in", cards["not_handed_in"], less(cards, "in_box", "handed_in"))
    equal("cards in the box = ballots", cards["in_box"], count["box"]["ballots"])
    equal("electronic part = ballots", parts["electronic"]["ballots"], count["box"]["ballots"])
    equal("paper part = papers returned", parts["paper"]["ballots"], papers["returned"])
    equal("papers not returned", papers["not_returned"], papers["issued"] - papers["returned"])
    equal("returned = all parts", count["returned"], sum(part["ballots"] for part in parts.values()))
    if not parts["keypad"]["ballots"]:
        equal("issued = cards + papers", count["issued"], cards["issued"] + papers["issued"])
    if cards["printed"]:
        equal("cards printed − voided = issued", cards["printed"] - cards["voided"], cards["issued"])
    if count["attending"] > count["all_delegates"] or count["issued"] > count["attending"]:
        record.say("count.json", "sum", "issued ≤ attending ≤ all delegates", count["issued"], count["attending"])
    undecided = [one["number"] for one in count["incidents"] if one["decision"] != "proceed"]
    equal("incidents not cleared up", undecided, [])


def less(cards: dict[str, int], *names: str) -> int:
    """Issued cards without those named."""
    return cards["issued"] - sum(cards[name] for name in names)


def column_total(column: dict[str, Any]) -> int:
    """All ballots a column accounts for."""
    marks = column["counts"].values() if "counts" in column else (column[mark] for mark in MARKS[:-1])
    return int(sum(marks) + column["void"] + column.get("blank", 0))


def check_columns(record: Record, count: dict[str, Any]) -> None:
    """Every column adds up, the parts add up to the sum, no small part stands alone (rules 11 and 12)."""
    columns = count["columns"]
    if columns is None:
        return
    ids = [item["id"] for item in count["items"]]
    shown_parts = [part for part in count["parts"].values() if part["columns"] is not None]
    smallest = count["profile"]["min_group_size"]
    for each in [columns, *(part["columns"] for part in shown_parts)]:
        if [column["id"] for column in each["items"]] != ids:
            record.say("count.json", "field", "columns.items")
            return
        for column in each["items"]:
            total = column_total(column)
            if total != each["returned"] or column["void"] < each.get("void_ballots", 0):
                off = each["returned"] - total
                record.say("count.json", "column", column["id"], total, each["returned"], off)
    record.same("count.json", "columns returned", columns["returned"], "returned", count["returned"])
    if shown_parts:
        filled = [part for part in count["parts"].values() if part["ballots"]]
        if len(filled) < 2 or any(p["columns"] is None or p["ballots"] < smallest for p in filled):
            record.say("count.json", "small", smallest)
        else:
            record.same("count.json", "columns", summed([p["columns"] for p in filled]), "parts", columns)


def summed(parts: list[Any]) -> Any:
    """Numbers of several parts added up, place by place."""
    first = parts[0]
    if isinstance(first, dict):
        return {name: summed([part[name] for part in parts]) for name in first}
    if isinstance(first, list):
        return [summed(list(each)) for each in zip(*parts, strict=False)]
    return sum(parts) if isinstance(first, int) else first


def check_outcome(record: Record, count: dict[str, Any]) -> None:
    """The outcome, computed anew from columns and profile."""
    numbers = (count["all_delegates"], count["attending"], count["issued"])
    columns = count["columns"] or {"returned": count["returned"], "items": [], "void_ballots": 0}
    try:
        mine = recount(count["profile"], count["items"], numbers, columns)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError) as problem:
        record.say("count.json", "outcome", "columns", type(problem).__name__, "")
        return
    for name in sorted({*mine, *count["outcome"]}):
        if mine.get(name) != count["outcome"].get(name):
            record.say("count.json", "outcome", name, shown(mine.get(name)), shown(count["outcome"].get(name)))


def check_openings(record: Record, count: dict[str, Any]) -> None:
    """A sealed box that holds ballots was opened twice, and both times it held what was closed."""
    for one in count["openings"]:
        record.same("count.json", "opening root", one["root"], "box", count["box"]["root"])
        record.same("count.json", "opening ballots", one["ballots"], "box", count["box"]["ballots"])
    if count["sealing"] == "sealed" and count["box"]["ballots"]:
        places = sorted(one["on"] for one in count["openings"])
        record.same("count.json", "openings", places, "docs/record.md", ["browser", "offline"])
    if (count["sealing"] == "sealed" and count["box"]["ballots"] > 0) and count["key"] is None:
        record.say("count.json", "field", "key")


def check_events(record: Record, count: dict[str, Any], count_hash: str, events: list[dict[str, Any]]) -> None:
    """What the history holds of the poll is what the record says; the last count is the signed one."""
    last = {event["name"]: event["fact"] for event in events}
    if any(event["stream"] != count["poll"] for event in events):
        record.say("proofs.json", "event", "stream")
    steps = ("polls.poll-prepared", "polls.poll-opened", "polls.poll-closed", "polls.poll-counted")
    if not last.keys() >= set(steps):
        record.say("proofs.json", "event", ", ".join(steps))
        return
    prepared, opened, closed, counted = (last[step] for step in steps)
    text = record.files["count.json"].decode("utf-8", "replace")
    form_hash = record.read.get("poll.json", {}).get("form_hash")
    facts = [
        ("title", prepared.get("title"), count["title"]),
        ("items", [item.get("id") for item in prepared.get("items", [])], [item["id"] for item in count["items"]]),
        ("all delegates", opened.get("all_delegates"), count["all_delegates"]),
        ("attending", opened.get("attending") + closed.get("late", 0), count["attending"]),
        ("cards printed", closed.get("cards_printed"), count["cards"]["printed"]),
        ("cards voided", closed.get("cards_voided"), count["cards"]["voided"]),
        ("papers issued", closed.get("papers", 0), count["papers"]["issued"]),
        ("form", opened.get("form"), form_hash),
        ("ballots", closed.get("ballots"), count["box"]["ballots"]),
        ("root", closed.get("root"), count["box"]["root"]),
        ("count", counted.get("count"), text),
        ("count hash", counted.get("count_hash"), count_hash),
    ]
    made = last.get("polls.sealing-key-made")
    if count["key"] is not None:
        key = None if made is None else hashlib.sha256(bytes.fromhex(made.get("public_key", ""))).hexdigest()
        facts.append(("key", key, count["key"]))
    signed = [event["fact"] for event in events if event["name"] == "polls.count-signed"]
    signed = [one for one in signed if one.get("version") == counted.get("version")]
    facts.append(("signatures", signed, record.read.get("signatures.json")))
    for name, stored, published in facts:
        if stored != published:
            record.say("proofs.json", "event", name)


# ---- all together


def verify(path: Path, key: str | None = None) -> list[tuple[str, str, tuple[Any, ...]]]:
    """The findings of a record, an empty list where everything fits. Raises Unreadable."""
    files, raw = open_record(path)
    record = Record(files)
    check_container(record, raw)
    count = record.read.get("count.json")
    if count is not None and fields(record, "count.json", count, **COUNT) is not None:
        check_count(record, count, key)
    return record.findings


def check_count(record: Record, count: dict[str, Any], key: Any) -> None:
    """Everything that rests on the signed text; what does not even have its shape is named as that."""
    count_hash = hashlib.sha256(record.files["count.json"]).hexdigest()
    checks = (check_repeated, check_form, check_sums, check_columns, check_outcome, check_openings)
    for check in checks:
        guarded(record, check, count)
    guarded(record, lambda r, c: check_receipts(r, c["box"]), count)
    guarded(record, lambda r, c: check_signatures(r, c, count_hash), count)
    guarded(record, lambda r, c: check_events(r, c, count_hash, check_proofs(r, key)), count)


def guarded(record: Record, check: Callable[..., None], count: dict[str, Any]) -> None:
    """A check; values of another shape than documented are a finding, not a crash."""
    try:
        check(record, count)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as problem:
        record.say("count.json", "field", f"{type(problem).__name__} {problem}"[:80])


def main(argv: list[str] | None = None) -> int:
    """Prints every finding; the exit status says how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path, help="record.zip / 解压后的文件夹")
    parser.add_argument("--key", help="verification key from another source / 另行取得的检查点公钥")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    chosen = parser.parse_args(argv)
    english = chosen.lang == "en"
    try:
        findings = verify(chosen.record, chosen.key)
    except (Unreadable, OSError) as problem:
        print(("Not a record: " if english else "读不出计票档案：") + str(problem), file=sys.stderr)
        return 2
    for where, code, values in findings:
        print(f"✗ {where}: {FOUND[code][english].format(*values)}")
    if not findings:
        print("✓ everything fits" if english else "✓ 全部相符")
        told = (
            "the checkpoint's key is the record's own: compare it" if english else "检查点公钥取自档案本身，请另行对照"
        )
        print("" if chosen.key else told)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
