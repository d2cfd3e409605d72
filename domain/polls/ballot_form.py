"""The form of a ballot: what a poll asks, its hash, and the one encoding of the marks made on it.

An encoded ballot is four bytes of head (version, form, number of items) and one byte for every item
in the form's order, so its length tells nothing about the marks. Unsealed, 32 random bytes made by
the voter's browser go before it; sealed, it is the content of a sealed box to the poll's key.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from domain.polls.ballot import BallotCast, BallotForAnotherForm, BallotUnreadable, packed
from domain.polls.rules import Form
from domain.shared import Invalid

ENCODING = 1
"""Version of the encoding, its first byte."""

NONCE_BYTES = 32

SEAL_BYTES = 48
"""What a sealed box adds: the sender's passing public key and the authenticator."""

Row = tuple[str, ...]
"""A mark for every item in the form's order, in the words of the tally's ballots.csv; empty: no mark."""

_HEAD_BYTES = 4
_FORM_BYTE = {Form.PER_ITEM: 1, Form.CHOOSE: 2, Form.GRADE: 3}
_PER_ITEM = ("", "for", "against", "abstain")
_CHOOSE = ("", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntry:
    """One item, or in an evaluation one option, as the ballot page shows it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotForm:
    """What the voter is asked. Two forms are the same exactly when their hashes are."""

    poll: UUID
    form: Form
    items: tuple[FormEntry, ...]
    options: tuple[FormEntry, ...] = ()
    """Of an evaluation."""
    most_for: int | None = None
    """A ballot with more "for" marks (or ticks) is void as a whole; None: any number is fine."""

    def __post_init__(self) -> None:
        if not 0 < len(self.items) < 1 << 16:
            raise Invalid(field="items", reason="number", value=str(len(self.items)))
        if not len(self.options) < 1 << 8:
            raise Invalid(field="options", reason="number", value=str(len(self.options)))

    @property
    def marks(self) -> Row:
        """What a cell may hold; the place of a mark is its byte."""
        match self.form:
            case Form.PER_ITEM:
                return _PER_ITEM
            case Form.CHOOSE:
                return _CHOOSE
            case Form.GRADE:
                return ("", *(option.id for option in self.options))

    @property
    def ballot_bytes(self) -> int:
        """The length of every unsealed ballot of this form."""
        return NONCE_BYTES + _HEAD_BYTES + len(self.items)

    @property
    def sealed_bytes(self) -> int:
        """The length of every sealed ballot of this form."""
        return SEAL_BYTES + _HEAD_BYTES + len(self.items)


def written_form(form: BallotForm) -> dict[str, object]:
    """The form as plain values, for its hash and for the published record."""
    return {
        "encoding": ENCODING,
        "form": form.form.value,
        "items": [{"id": item.id, "name": item.name} for item in form.items],
        "most_for": form.most_for,
        "options": [{"id": option.id, "name": option.name} for option in form.options],
        "poll": str(form.poll),
    }


@lru_cache(maxsize=64)
def form_hash(form: BallotForm) -> str:
    """SHA-256 in hex over the canonical JSON of the form; remembered, as every ballot at the door is compared."""
    text = json.dumps(written_form(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def encoded(row: Sequence[str], form: BallotForm) -> bytes:
    """The marks as bytes. Raises Invalid for a row of another length or a mark the form does not have."""
    if len(row) != len(form.items):
        raise Invalid(field="row", reason="length", value=str(len(row)))
    byte_of = {mark: place for place, mark in enumerate(form.marks)}
    unknown = next((mark for mark in row if mark not in byte_of), None)
    if unknown is not None:
        raise Invalid(field="row", reason="mark", value=unknown)
    return _head(form) + bytes(byte_of[mark] for mark in row)


def _head(form: BallotForm) -> bytes:
    return bytes((ENCODING, _FORM_BYTE[form.form])) + len(form.items).to_bytes(2, "big")


def decoded(marks: bytes, form: BallotForm) -> Row:
    """The marks of an encoded ballot. Raises BallotUnreadable, saying what is wrong."""
    head = _head(form)
    if len(marks) != len(head) + len(form.items):
        raise BallotUnreadable(reason="length")
    for byte, expected, part in zip(marks, head, ("version", "form", "items", "items"), strict=False):
        if byte != expected:
            raise BallotUnreadable(reason=part)
    known = form.marks
    if any(byte >= len(known) for byte in marks[len(head) :]):
        raise BallotUnreadable(reason="mark")
    return tuple(known[byte] for byte in marks[len(head) :])


def unsealed(nonce: bytes, row: Sequence[str], form: BallotForm) -> bytes:
    """An unsealed ballot as the browser makes it. Raises Invalid as `encoded` does."""
    if len(nonce) != NONCE_BYTES:
        raise Invalid(field="nonce", reason="length", value=str(len(nonce)))
    return nonce + encoded(row, form)


def opened(ballot: bytes, form: BallotForm) -> Row:
    """The marks of an unsealed ballot. Raises BallotUnreadable."""
    return decoded(ballot[NONCE_BYTES:], form)


def cast_unsealed(ballot: bytes, *, form: BallotForm, seen: str) -> BallotCast:
    """Accepts a ballot at the door; `seen` is the hash of the form the voter's page was made for.

    Raises BallotForAnotherForm or BallotUnreadable, instead of letting in a ballot that would be void.
    """
    if seen != form_hash(form):
        raise BallotForAnotherForm
    opened(ballot, form)
    return packed(ballot, form=seen)


def cast_sealed(ballot: bytes, *, form: BallotForm, seen: str, key: str, sealed_to: str | None) -> BallotCast:
    """Accepts a sealed ballot at the door, which cannot be looked into: form, key and length are all there is to see.

    `key` is the fingerprint of the poll's key, `sealed_to` that of the key the voter's page was made for. Raises
    BallotForAnotherForm or BallotUnreadable ("length"), instead of letting in a ballot that would be void.
    """
    if seen != form_hash(form) or sealed_to != key:
        raise BallotForAnotherForm
    if len(ballot) != form.sealed_bytes:
        raise BallotUnreadable(reason="length")
    return packed(ballot, form=seen, key=key)
