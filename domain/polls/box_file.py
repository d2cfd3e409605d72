"""The sealed box as a file (`piaojue-box/1`): what the scrutineers' browser fetches and the offline computer is given.

It holds the sealed ballots sorted by receipt, the form, the key's public half and what was recorded at the closing;
no card, no person, nothing that would open a ballot.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.polls.ballot import BallotUnreadable, box_root, receipt, unpacked
from domain.polls.ballot_form import BallotForm, FormEntry, form_hash, written_form
from domain.polls.rules import Form
from domain.polls.sealing import SealingKey, key_fingerprint
from domain.shared import Invalid, Refused

FORMAT: Final = "piaojue-box/1"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who brings which share."""

    name: str
    share: str
    """Fingerprint of the share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFile:
    """A closed box on its way to be opened."""

    poll: UUID
    title: str
    form: BallotForm
    public_key: str
    threshold: int
    holders: tuple[Holder, ...]
    ballots: int
    """The number recorded when the gate closed."""
    root: str
    """The root recorded when the gate closed."""
    sealed: tuple[bytes, ...]


@dataclass(eq=False)
class BoxFileUnreadable(Refused):
    """Not a box file: "json", "format" or the field that is missing or wrong."""

    reason: str


@dataclass(eq=False)
class BallotsMissing(Refused):
    """Fewer ballots than were recorded when the gate closed."""

    recorded: int
    found: int


@dataclass(eq=False)
class BallotsAdded(Refused):
    """More ballots than were recorded when the gate closed."""

    recorded: int
    found: int


@dataclass(eq=False)
class BallotDoubled(Refused):
    """The very same ballot twice."""

    receipt: str


@dataclass(eq=False)
class BallotsOutOfOrder(Refused):
    """Ballots are sorted by receipt; in another order they did not come from the box."""


@dataclass(eq=False)
class BallotsChanged(Refused):
    """As many ballots as recorded, but not the same ones."""

    recorded: str
    found: str


def written_box(
    poll: UUID,
    *,
    title: str,
    form: BallotForm,
    key: SealingKey,
    names: Sequence[str],
    root: str,
    sealed: Sequence[bytes],
) -> str:
    """The file's text; `sealed` in the order of their receipts."""
    said = {
        "format": FORMAT,
        "poll": str(poll),
        "title": title,
        "form": written_form(form),
        "form_hash": form_hash(form),
        "key": {
            "public_key": key.public_key,
            "fingerprint": key.fingerprint,
            "threshold": key.threshold,
            "holders": [{"name": name, "share": share} for name, share in zip(names, key.shares, strict=True)],
        },
        "ballots": len(sealed),
        "root": root,
        "sealed": [b64encode(ballot).decode("ascii") for ballot in sealed],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=0, separators=(",", ":")) + "\n"


def read_box(text: str) -> BoxFile:
    """The box in a file. Raises BoxFileUnreadable."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise BoxFileUnreadable(reason="json") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BoxFileUnreadable(reason="format")
    key = _of(said, "key", dict)
    found = BoxFile(
        poll=_uuid(said),
        title=_of(said, "title", str),
        form=_form(_uuid(said), _of(said, "form", dict)),
        public_key=_of(key, "public_key", str),
        threshold=_of(key, "threshold", int),
        holders=tuple(_holder(one) for one in _of(key, "holders", list)),
        ballots=_of(said, "ballots", int),
        root=_of(said, "root", str),
        sealed=tuple(_ballot(one) for one in _of(said, "sealed", list)),
    )
    if _of(said, "form_hash", str) != form_hash(found.form):
        raise BoxFileUnreadable(reason="form_hash")
    if _of(key, "fingerprint", str) != _fingerprint(found.public_key):
        raise BoxFileUnreadable(reason="fingerprint")
    return found


def require_whole(box: BoxFile) -> None:
    """Raises BallotDoubled, BallotsMissing, BallotsAdded, BallotsOutOfOrder or BallotsChanged."""
    receipts = [receipt(ballot) for ballot in box.sealed]
    in_order = sorted(receipts)
    doubled = next((one for one, after in pairwise(in_order) if one == after), None)
    if doubled is not None:
        raise BallotDoubled(receipt=doubled)
    if len(receipts) != box.ballots:
        kind = BallotsMissing if len(receipts) < box.ballots else BallotsAdded
        raise kind(recorded=box.ballots, found=len(receipts))
    if receipts != in_order:
        raise BallotsOutOfOrder
    if box_root(receipts) != box.root:
        raise BallotsChanged(recorded=box.root, found=box_root(receipts))


def _of(said: Mapping[str, Any], field: str, kind: type[T]) -> T:
    found = said.get(field)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise BoxFileUnreadable(reason=field)
    return found


def _uuid(said: Mapping[str, Any]) -> UUID:
    try:
        return UUID(_of(said, "poll", str))
    except ValueError:
        raise BoxFileUnreadable(reason="poll") from None


def _form(poll: UUID, said: Mapping[str, Any]) -> BallotForm:
    most_for = said.get("most_for")
    if most_for is not None and not isinstance(most_for, int):
        raise BoxFileUnreadable(reason="most_for")
    try:
        return BallotForm(
            poll=poll,
            form=Form(_of(said, "form", str)),
            items=tuple(_entries(_of(said, "items", list))),
            options=tuple(_entries(_of(said, "options", list))),
            most_for=most_for,
        )
    except (ValueError, Invalid):
        raise BoxFileUnreadable(reason="form") from None


def _entries(said: Iterable[object]) -> Iterable[FormEntry]:
    for one in said:
        if not isinstance(one, dict):
            raise BoxFileUnreadable(reason="items")
        yield FormEntry(id=_of(one, "id", str), name=_of(one, "name", str))


def _holder(said: object) -> Holder:
    if not isinstance(said, dict):
        raise BoxFileUnreadable(reason="holders")
    return Holder(name=_of(said, "name", str), share=_of(said, "share", str))


def _ballot(said: object) -> bytes:
    try:
        return unpacked(said if isinstance(said, str) else "?")
    except BallotUnreadable:
        raise BoxFileUnreadable(reason="sealed") from None


def _fingerprint(public_key: str) -> str:
    try:
        return key_fingerprint(public_key)
    except ValueError:
        raise BoxFileUnreadable(reason="public_key") from None
