"""Verifies a published record from the record alone: what it says is read, counted again and written again.

Whatever is not the record that follows from its own count, receipts and facts is named, by file and place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from application.checkpoint_key import verify as ed25519_fits
from domain.checkpoints.checkpoint import PURE, Checkpoint
from domain.checkpoints.note import read_key, read_note
from domain.checkpoints.proofs import check_checkpoint
from domain.checkpoints.tree import leaf_hash, verify_inclusion
from domain.polls.accounting import IncidentDecision
from domain.polls.ballot import Receipt, box_root
from domain.polls.ballot_form import BallotForm, FormEntry, form_hash, written_form
from domain.polls.box_opening import OpenedOn
from domain.polls.columns import Columns, columns_of, reconcile, same_items
from domain.polls.count import FORMAT as COUNT_FORMAT
from domain.polls.count import count_hash
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts, merged
from domain.polls.poll import SCRUTINEERS_NEEDED, Sealing, SignerRole
from domain.polls.record import COUNTED, SIGNED, Attested, ProvenStep, canonical, record_files
from domain.polls.rules import Form, RuleProfile
from domain.polls.sealing import key_fingerprint
from domain.polls.tally import tally
from domain.polls.written import written_columns, written_outcome
from domain.shared import Refused
from interfaces.record.packing import packed
from interfaces.record.shapes import CountText, Leaf, Manifest, Part, PollText, Proofs, Signature
from interfaces.tally.columns_file import columns_in
from interfaces.tally.given import Given, parsed_json
from interfaces.tally.poll_file import ListedItem
from interfaces.tally.profile_file import profile_in
from interfaces.tally.refusing import CannotBeCounted

COUNT: Final = "count.json"
PROOFS: Final = "proofs.json"
_S = TypeVar("_S", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit: in which file, what kind of thing, and the values its sentence needs."""

    file: str
    what: str
    values: dict[str, Any] = field(default_factory=dict)


def verify(files: Mapping[str, bytes], zip_bytes: bytes | None = None, key: str = "") -> list[Finding]:
    """Everything that is wrong, nothing when the record fits. `key` is a verification key from another source."""
    found: list[Finding] = []
    if zip_bytes is not None and packed(files) != zip_bytes:
        found.append(Finding(file="zip", what="packing"))
    try:
        text = _text(files, COUNT)
        count = _shaped(CountText, COUNT, text)
        proofs = _shaped(Proofs, PROOFS, _text(files, PROOFS))
        form = _form(_shaped(PollText, "poll.json", _text(files, "poll.json")))
        found += _written_again(files, text, proofs, form)
        found += _counted_again(count, parsed_json(COUNT, text))
        found += _accounted(count)
        found += _receipts(files, count)
        found += _facts(count, text, form, _text(files, "checkpoint.txt"), proofs, key)
    except CannotBeCounted as problem:
        found.append(Finding(file=problem.file, what="unreadable", values={"problem": problem}))
    except _Shapeless as problem:
        found.append(problem.finding)
    return found


class _Shapeless(Exception):
    """A file does not hold what it must, so that nothing more can be said of it."""

    def __init__(self, file: str, what: str, **values: object) -> None:
        self.finding = Finding(file=file, what=what, values=values)


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode("utf-8")
    except KeyError:
        raise _Shapeless(name, "missing") from None
    except UnicodeDecodeError as problem:
        raise _Shapeless(name, "not_utf8", byte=problem.start + 1) from None


def _shaped(shape: type[_S], name: str, text: str) -> _S:
    """The value in a text, strictly of this shape; doubled fields are refused by the reading before."""
    return _modelled(shape, name, parsed_json(name, text).value)


def _modelled(shape: type[_S], name: str, value: object) -> _S:
    try:
        return shape.model_validate(value)
    except ValidationError as problem:
        first = problem.errors()[0]
        raise _Shapeless(name, "shape", place=".".join(map(str, first["loc"])), problem=first["type"]) from None


def _written_again(files: Mapping[str, bytes], count: str, proofs: Proofs, form: BallotForm) -> Iterator[Finding]:
    """Every file is the one that follows from count, receipts, form and facts, byte for byte."""
    facts = (
        ProvenStep(index=one.index, leaf=one.leaf, proof=tuple(map(bytes.fromhex, one.proof))) for one in proofs.events
    )
    attested = Attested(checkpoint=_text(files, "checkpoint.txt"), key=proofs.key, facts=tuple(facts))
    for one in proofs.events:
        _shaped(Leaf, PROOFS, one.leaf)
    receipts = [Receipt(line) for line in _text(files, "receipts.txt").splitlines()]
    again = record_files(form=form, count=count, receipts=receipts, attested=attested)
    manifest = _shaped(Manifest, "manifest.json", _text(files, "manifest.json"))
    for name in sorted({*files, *again}):
        if name in manifest.files and name in files and sha256(files[name]).hexdigest() != manifest.files[name]:
            yield Finding(file=name, what="hash")
        elif name not in files or name not in again:
            yield Finding(file=name, what="missing" if name in again else "unexpected")
        elif files[name] != again[name]:
            yield Finding(file=name, what="differs", values=_first_difference(files[name], again[name]))


def _form(poll: PollText) -> BallotForm:
    asked = poll.form
    try:
        form = BallotForm(
            poll=UUID(asked.poll),
            form=Form(asked.form),
            items=tuple(FormEntry(id=item.id, name=item.name) for item in asked.items),
            options=tuple(FormEntry(id=option.id, name=option.name) for option in asked.options),
            most_for=asked.most_for,
        )
    except (ValueError, Refused):
        raise _Shapeless("poll.json", "shape", place="form", problem="form") from None
    if canonical(written_form(form)) != canonical(asked.model_dump()):
        raise _Shapeless("poll.json", "shape", place="form", problem="form")
    return form


def _first_difference(found: bytes, wanted: bytes) -> dict[str, Any]:
    lines = zip([*found.split(b"\n"), b""], [*wanted.split(b"\n"), b""], strict=False)
    for number, (one, other) in enumerate(lines, start=1):
        if one != other:
            said = {"found": one.decode("utf-8", "replace").strip(), "wanted": other.decode("utf-8").strip()}
            return {"line": number, **{name: text[:80] for name, text in said.items()}}
    return {"line": found.count(b"\n") + 1, "found": "", "wanted": ""}


def _counted_again(count: CountText, given: Given) -> Iterator[Finding]:
    """Columns add up, parts add up to the sum, and the outcome follows from them."""
    if count.format != COUNT_FORMAT:
        yield Finding(file=COUNT, what="format", values={"found": count.format, "wanted": COUNT_FORMAT})
        return
    profile = profile_in(given.field("profile"))
    items = tuple(ListedItem(id=item.id, name=item.name) for item in count.items)
    turnout = Turnout(all_delegates=count.all_delegates, attending=count.attending, issued=count.issued)
    try:
        columns = _columns(count.columns, given.field("columns"), profile, items)
        if columns is not None:
            yield from _parts(count, given.field("parts"), profile, items, columns)
        outcome = tally(profile, items, turnout, columns or _only_returned(profile, items, count.returned))
    except Refused as problem:
        yield Finding(file=COUNT, what="refused", values={"problem": problem})
        return
    if columns is None and not isinstance(outcome, NoOutcome):
        yield Finding(file=COUNT, what="columns_missing")
        return
    mine = written_outcome(outcome)
    for name in sorted({*mine, *count.outcome}):
        if mine.get(name) != count.outcome.get(name):
            values = {"field": name, "found": count.outcome.get(name), "wanted": mine.get(name)}
            yield Finding(file=COUNT, what="outcome", values=values)
    if columns is not None and columns.returned != count.returned:
        values = {"field": "returned", "found": count.returned, "wanted": columns.returned}
        yield Finding(file=COUNT, what="outcome", values=values)


def _columns(
    value: dict[str, Any] | None, given: Given, profile: RuleProfile, items: Sequence[ListedItem]
) -> Columns | None:
    if value is None:
        return None
    columns = columns_in(given, profile)
    same_items([item.id for item in items], [column.id for column in columns.items])
    reconcile(profile, columns)
    return columns


def _only_returned(profile: RuleProfile, items: Sequence[ListedItem], returned: int) -> Columns:
    """Columns of which only the number of ballots is known: enough to see that a poll is void."""
    return columns_of(profile, {item.id: {} for item in items}, returned=returned, void=returned)


def _parts(
    count: CountText, given: Given, profile: RuleProfile, items: Sequence[ListedItem], columns: Columns
) -> Iterator[Finding]:
    """Parts that are shown are large enough and add up to the sum (rule 12)."""
    names = ("electronic", "paper", "keypad")
    shown = {name: part for name in names if (part := _part(count, name)).columns is not None}
    if not shown:
        return
    read = {
        name: _columns(part.columns, given.field(name).field("columns"), profile, items) for name, part in shown.items()
    }
    parts = Parts(**read)
    filled = sum(bool(_part(count, name).ballots) for name in names)
    if not parts.may_be_told_apart(int(count.profile["min_group_size"])) or filled != len(shown):
        yield Finding(file=COUNT, what="small_part", values={"least": count.profile["min_group_size"]})
    if any(part is None or part.returned != shown[name].ballots for name, part in read.items()):
        yield Finding(file=COUNT, what="parts")
    total = merged(profile, [item.id for item in items], parts.filled)
    if written_columns(total) != written_columns(columns):
        yield Finding(file=COUNT, what="parts")


def _part(count: CountText, name: str) -> Part:
    part: Part = getattr(count.parts, name)
    return part


def _accounted(count: CountText) -> Iterator[Finding]:
    """The equations of cards, papers and ballots (rules 2, 11 and 13)."""
    cards, papers, parts = count.cards, count.papers, count.parts
    equations = {
        "cards": (cards.issued, cards.in_box + cards.handed_in + cards.not_handed_in),
        "live_cards": (cards.printed - cards.voided, cards.issued),
        "in_box": (cards.in_box, count.box.ballots),
        "electronic": (parts.electronic.ballots, count.box.ballots),
        "paper": (parts.paper.ballots, papers.returned),
        "papers": (papers.issued, papers.returned + papers.not_returned),
        "returned": (count.returned, parts.electronic.ballots + parts.paper.ballots + parts.keypad.ballots),
        "issued": (count.issued, cards.issued + papers.issued),
    }
    left_out = set()
    if not cards.printed:
        left_out.add("live_cards")
    if parts.keypad.ballots:
        left_out |= {"issued"}
    for name, (one, other) in equations.items():
        if one != other and name not in left_out:
            yield Finding(file=COUNT, what="equation", values={"equation": name, "one": one, "other": other})
    if any(one.decision != IncidentDecision.PROCEED for one in count.incidents):
        yield Finding(file=COUNT, what="incident")
    sealed = count.sealing == Sealing.SEALED and count.box.ballots > 0
    if sealed and (count.key is None or {one.on for one in count.openings} != set(OpenedOn)):
        yield Finding(file=COUNT, what="openings")
    if any((one.ballots, one.root) != (count.box.ballots, count.box.root) for one in count.openings):
        yield Finding(file=COUNT, what="openings")


def _receipts(files: Mapping[str, bytes], count: CountText) -> Iterator[Finding]:
    """Sorted, each once, as many as the box holds, and under its root."""
    lines = _text(files, "receipts.txt").splitlines()
    for number, (before, line) in enumerate(pairwise(["", *lines]), start=1):
        if len(line) != len(count.box.root) or set(line) - set("0123456789abcdef") or line <= before:
            yield Finding(file="receipts.txt", what="receipt", values={"line": number})
            return
    root = box_root([Receipt(line) for line in lines])
    if (len(lines), root) != (count.box.ballots, count.box.root):
        values = {"found": f"{len(lines)} / {root}", "wanted": f"{count.box.ballots} / {count.box.root}"}
        yield Finding(file="receipts.txt", what="root", values=values)


def _facts(count: CountText, text: str, form: BallotForm, note: str, proofs: Proofs, key: str) -> Iterator[Finding]:
    """The checkpoint is signed, the facts are in its tree, and they say what the record says."""
    try:
        signed = read_note(note.encode())
        checkpoint = check_checkpoint(signed, [read_key(key or proofs.key)], ed25519_fits)
    except Refused as problem:
        yield Finding(file="checkpoint.txt", what="refused", values={"problem": problem})
        return
    yield from _proven(checkpoint, proofs)
    leaves = [_shaped(Leaf, PROOFS, one.leaf) for one in proofs.events]
    if any(leaf.stream != count.poll for leaf in leaves):
        yield Finding(file=PROOFS, what="fact", values={"fact": "stream"})
    facts = {leaf.name: leaf.fact for leaf in leaves}
    try:
        both = _both(count, text, form, facts)
    except (AttributeError, KeyError, TypeError, ValueError):  # facts of other shapes, signed by another key
        both = {"shape": (None, "")}
    for name, (stored, said) in both.items():
        if stored != said:
            yield Finding(file=PROOFS, what="fact", values={"fact": name})
    yield from _signed(count, count_hash(text), leaves)


def _proven(checkpoint: Checkpoint, proofs: Proofs) -> Iterator[Finding]:
    hashed = PURE[checkpoint.algorithm]
    indexes = [one.index for one in proofs.events]
    if indexes != sorted(set(indexes)):
        yield Finding(file=PROOFS, what="fact", values={"fact": "order"})
    for one in proofs.events:
        path = [bytes.fromhex(step) for step in one.proof]
        leaf = leaf_hash(one.leaf.encode(), hashed)
        try:
            verify_inclusion(leaf, one.index, checkpoint.size, path, checkpoint.root, hashed)
        except Refused:
            yield Finding(file=PROOFS, what="proof", values={"index": one.index})


def _both(
    count: CountText, text: str, form: BallotForm, facts: Mapping[str, dict[str, Any]]
) -> dict[str, tuple[object, object]]:
    """What the history and the record say of the same things."""
    prepared, opened = facts.get("polls.poll-prepared", {}), facts.get("polls.poll-opened", {})
    closed, counted = facts.get("polls.poll-closed", {}), facts.get(COUNTED, {})
    made = facts.get("polls.sealing-key-made", {})
    key = key_fingerprint(made["public_key"]) if count.key and "public_key" in made else None
    return {
        "title": (prepared.get("title"), count.title),
        "items": ([item["id"] for item in prepared.get("items", [])], [item.id for item in count.items]),
        "all_delegates": (opened.get("all_delegates"), count.all_delegates),
        "attending": (opened.get("attending", 0) + closed.get("late", 0), count.attending),
        "cards": (
            (closed.get("cards_printed"), closed.get("cards_voided"), closed.get("papers", 0)),
            (count.cards.printed, count.cards.voided, count.papers.issued),
        ),
        "form": (opened.get("form"), form_hash(form)),
        "ballots": (closed.get("ballots"), count.box.ballots),
        "root": (closed.get("root"), count.box.root),
        "count": (counted.get("count"), text),
        "count_hash": (counted.get("count_hash"), count_hash(text)),
        "key": (key, count.key),
    }


def _signed(count: CountText, hashed: str, leaves: Sequence[Leaf]) -> Iterator[Finding]:
    """The chief and two scrutineers, different people, over exactly this count (rule 14); nobody a void poll."""
    versions = [leaf.fact.get("version") for leaf in leaves if leaf.name == COUNTED]
    found = [_modelled(Signature, "signatures.json", leaf.fact) for leaf in leaves if leaf.name == SIGNED]
    signatures = [one for one in found if one.version in versions[-1:]]
    if any(one.count_hash != hashed for one in signatures):
        yield Finding(file="signatures.json", what="other_count")
    if not count.outcome.get("valid"):
        if signatures:
            yield Finding(file="signatures.json", what="signatures")
        return
    roles = [one.role for one in signatures]
    people = {one.delegate for one in signatures}
    enough = roles.count(SignerRole.CHIEF) == 1 and roles.count(SignerRole.SCRUTINEER) >= SCRUTINEERS_NEEDED
    if not enough or len(people) != len(roles):
        yield Finding(file="signatures.json", what="signatures")
