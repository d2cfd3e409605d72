"""Verifies a published record from the record alone: what it says is read, counted again and written again.

Whatever is not the record that follows from its own count, receipts and facts is named, by file and place.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from domain.polls.accounting import IncidentDecision
from domain.polls.ballot import Receipt, box_root
from domain.polls.ballot_form import BallotForm, FormEntry, written_form
from domain.polls.box_opening import OpenedOn
from domain.polls.columns import Columns, columns_of, reconcile, same_items
from domain.polls.count import FORMAT as COUNT_FORMAT
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts, merged
from domain.polls.poll import Sealing
from domain.polls.record import Attested, ProvenStep, canonical, record_files
from domain.polls.rules import Form, RuleProfile
from domain.polls.tally import tally
from domain.polls.written import written_columns, written_outcome
from domain.shared import Refused
from interfaces.record.attesting import PROOFS, attested
from interfaces.record.finding import Finding, Shapeless, shaped
from interfaces.record.packing import packed
from interfaces.record.shapes import CountText, Leaf, Manifest, Part, PollText, Proofs
from interfaces.tally.columns_file import columns_in
from interfaces.tally.given import Given, parsed_json
from interfaces.tally.poll_file import ListedItem
from interfaces.tally.profile_file import profile_in
from interfaces.tally.refusing import CannotBeCounted

COUNT: Final = "count.json"


def verify(files: Mapping[str, bytes], zip_bytes: bytes | None = None, key: str = "") -> list[Finding]:
    """Everything that is wrong, nothing when the record fits. `key` is a verification key from another source."""
    found: list[Finding] = []
    if zip_bytes is not None and packed(files) != zip_bytes:
        found.append(Finding(file="zip", what="packing"))
    try:
        text = _text(files, COUNT)
        count = shaped(CountText, COUNT, text)
        proofs = shaped(Proofs, PROOFS, _text(files, PROOFS))
        form = _form(shaped(PollText, "poll.json", _text(files, "poll.json")))
        found += _written_again(files, text, proofs, form)
        found += _counted_again(count, parsed_json(COUNT, text))
        found += _accounted(count)
        found += _receipts(files, count)
        found += attested(count, text, form, _text(files, "checkpoint.txt"), proofs, key)
    except CannotBeCounted as problem:
        found.append(Finding(file=problem.file, what="unreadable", values={"problem": problem}))
    except Shapeless as problem:
        found.append(problem.finding)
    return found


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode("utf-8")
    except KeyError:
        raise Shapeless(name, "missing") from None
    except UnicodeDecodeError as problem:
        raise Shapeless(name, "not_utf8", byte=problem.start + 1) from None


def _written_again(files: Mapping[str, bytes], count: str, proofs: Proofs, form: BallotForm) -> Iterator[Finding]:
    """Every file is the one that follows from count, receipts, form and facts, byte for byte."""
    facts = (
        ProvenStep(index=one.index, leaf=one.leaf, proof=tuple(map(bytes.fromhex, one.proof))) for one in proofs.events
    )
    attested = Attested(checkpoint=_text(files, "checkpoint.txt"), key=proofs.key, facts=tuple(facts))
    for one in proofs.events:
        shaped(Leaf, PROOFS, one.leaf)
    receipts = [Receipt(line) for line in _text(files, "receipts.txt").splitlines()]
    again = record_files(form=form, count=count, receipts=receipts, attested=attested)
    manifest = shaped(Manifest, "manifest.json", _text(files, "manifest.json"))
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
        raise Shapeless("poll.json", "shape", place="form", problem="form") from None
    if canonical(written_form(form)) != canonical(asked.model_dump()):
        raise Shapeless("poll.json", "shape", place="form", problem="form")
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
