"""The published record of a poll: everything somebody else needs to compute its result again (docs/record.md).

Columns, never rows of marks: patterns of marks can identify, or be asked for by a buyer (ballot.md).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.polls.ballot import Receipt
from domain.polls.ballot_form import BallotForm, form_hash, written_form
from domain.polls.count import read_count

FORMAT: Final = "piaojue-record/1"

COUNTED: Final = "polls.poll-counted"
SIGNED: Final = "polls.count-signed"

PUBLISHED_FACTS: Final = frozenset(
    {
        "polls.poll-prepared",
        "polls.scrutineers-approved",
        "polls.sealing-key-made",
        "polls.trial-ballot-opened",
        "polls.poll-opened",
        "polls.poll-closed",
        "polls.incident-reported",
        "polls.incident-decided",
        "polls.papers-returned",
        "polls.box-opened",
        COUNTED,
        SIGNED,
        "polls.poll-declared",
        "polls.poll-cancelled",
    }
)
"""Facts of the poll whose leaves are in the record: steps of the poll, nothing of single cards or papers."""

_FROM_COUNT: Final = (
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
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenStep:
    """A fact of the poll as it lies in the history: its place, its leaf, and the way from there to the root."""

    index: int
    leaf: str
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """A signed checkpoint, the key it can be verified with, and the facts proven to be in its tree."""

    checkpoint: str
    key: str
    facts: tuple[ProvenStep, ...]


def record_files(*, form: BallotForm, count: str, receipts: Sequence[Receipt], attested: Attested) -> dict[str, bytes]:
    """The files of the record by name, `manifest.json` with the hashes of all others among them.

    `count` is the signed text; everything the other files say of figures is taken from it.
    """
    said = read_count(count)
    parts = said["parts"]
    files: dict[str, bytes] = {
        "poll.json": canonical(
            {name: said[name] for name in _FROM_COUNT} | {"form": written_form(form), "form_hash": form_hash(form)}
        ),
        "cards.json": canonical({name: said[name] for name in ("cards", "papers", "incidents")}),
        "receipts.txt": "".join(f"{receipt}\n" for receipt in sorted(receipts)).encode("ascii"),
        "box.json": canonical(said["box"] | {name: said[name] for name in ("key", "sealing", "openings")}),
        "columns.json": canonical({"columns": said["columns"], "electronic": parts["electronic"]}),
        "paper.json": canonical({"paper": parts["paper"], "keypad": parts["keypad"]}),
        "count.json": count.encode("utf-8"),
        "signatures.json": canonical(_signatures(attested.facts)),
        "checkpoint.txt": attested.checkpoint.encode("utf-8"),
        "proofs.json": canonical({"key": attested.key, "events": [_proven(fact) for fact in attested.facts]}),
    }
    manifest = {
        "format": FORMAT,
        "poll": str(form.poll),
        "kind": "rehearsal" if said["rehearsal"] else "record",
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return files | {"manifest.json": canonical(manifest)}


def canonical(value: object) -> bytes:
    """JSON with sorted keys, indented by two spaces, UTF-8, LF."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode("utf-8")


def _signatures(facts: Sequence[ProvenStep]) -> list[dict[str, Any]]:
    """Those over the last count, as the history holds them."""
    stored = [json.loads(fact.leaf) for fact in facts]
    versions = [event["fact"].get("version") for event in stored if event["name"] == COUNTED]
    signed = [event["fact"] for event in stored if event["name"] == SIGNED]
    return [signature for signature in signed if signature.get("version") in versions[-1:]]


def _proven(fact: ProvenStep) -> dict[str, object]:
    return {"index": fact.index, "leaf": fact.leaf, "proof": [step.hex() for step in fact.proof]}


def belongs_in_record(leaf: str) -> bool:
    """Whether a fact of the poll's stream is published."""
    return json.loads(leaf)["name"] in PUBLISHED_FACTS
