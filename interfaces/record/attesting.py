"""What the history attests of a record: a signed checkpoint, steps of the poll in its tree, who signed the count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from application.checkpoint_key import verify as ed25519_fits
from domain.checkpoints.checkpoint import PURE, Checkpoint
from domain.checkpoints.note import read_key, read_note
from domain.checkpoints.proofs import check_checkpoint
from domain.checkpoints.tree import leaf_hash, verify_inclusion
from domain.polls.ballot_form import BallotForm, form_hash
from domain.polls.count import count_hash
from domain.polls.poll import SCRUTINEERS_NEEDED, SignerRole
from domain.polls.record import COUNTED, SIGNED
from domain.polls.sealing import key_fingerprint
from domain.shared import Refused
from interfaces.record.finding import Finding, modelled, shaped
from interfaces.record.shapes import CountText, Leaf, Proofs, Signature

PROOFS: Final = "proofs.json"


def attested(count: CountText, text: str, form: BallotForm, note: str, proofs: Proofs, key: str) -> Iterator[Finding]:
    """The checkpoint is signed, the facts are in its tree, and they say what the record says."""
    try:
        signed = read_note(note.encode())
        checkpoint = check_checkpoint(signed, [read_key(key or proofs.key)], ed25519_fits)
    except Refused as problem:
        yield Finding(file="checkpoint.txt", what="refused", values={"problem": problem})
        return
    yield from _proven(checkpoint, proofs)
    leaves = [shaped(Leaf, PROOFS, one.leaf) for one in proofs.events]
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
    found = [modelled(Signature, "signatures.json", leaf.fact) for leaf in leaves if leaf.name == SIGNED]
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
