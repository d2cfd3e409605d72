"""Signed notes, checkpoints and proofs as files: what others write is read, what is damaged is refused."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.checkpoint_key import CheckpointKey, verify
from domain.checkpoints.checkpoint import Algorithm, Checkpoint, CheckpointUnreadable, origin_of, read_text, text_of
from domain.checkpoints.note import (
    KeyUnreadable,
    NoteUnreadable,
    NotSigned,
    VerifierKey,
    read_key,
    read_note,
    require_signed,
)
from domain.checkpoints.proofs import (
    ConsistencyProof,
    InclusionProof,
    OtherEvent,
    OtherLog,
    OtherSize,
    ProofUnreadable,
    check_checkpoint,
    check_consistency,
    check_inclusion,
    consistency_file,
    inclusion_file,
    read_proof,
)
from domain.checkpoints.sm3 import sm3
from domain.checkpoints.tree import (
    ProofInvalid,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    sha256,
    span_hashes,
)
from domain.shared import CHINA, Refused

NAME = "rd.example.cn/history"
KEY = CheckpointKey.new(NAME)
KEYS = [KEY.verifier()]
AT = datetime(2026, 1, 24, 11, 32, 5, tzinfo=CHINA)
EVENTS = [b'{"position":%d,"name":"polls.poll-closed"}' % number for number in range(1, 14)]

SAID_BY_OTHERS = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example of Go's `note` package, and its key."""
KEY_OF_OTHERS = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
    "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
"""The example of the specification of checkpoints."""


def signed(size: int, algorithm: Algorithm = Algorithm.SHA256, key: CheckpointKey = KEY, name: str = NAME) -> str:
    hashed = sha256 if algorithm is Algorithm.SHA256 else sm3
    root = root_of([leaf_hash(event, hashed) for event in EVENTS[:size]], hashed)
    said = Checkpoint(origin=origin_of(name, algorithm), size=size, root=root, algorithm=algorithm, at=AT)
    return str(key.sign(text_of(said), algorithm))


def inclusion(index: int, size: int, *, shown: bool = False) -> str:
    hashes = [leaf_hash(event) for event in EVENTS[:size]]
    extra = EVENTS[index] if shown else hashes[index]
    return inclusion_file(index, extra, prove_inclusion(index, size, span_hashes(hashes)), signed(size))


def consistency(first: int, second: int) -> str:
    hashes = [leaf_hash(event) for event in EVENTS[:second]]
    return consistency_file(first, prove_consistency(first, second, span_hashes(hashes)), signed(second))


def included(text: str, event: bytes | None = None) -> Checkpoint:
    proof = read_proof(text.encode())
    assert isinstance(proof, InclusionProof)
    return check_inclusion(proof, KEYS, verify, event=event)


def continues(text: str, old: str) -> tuple[int, int]:
    proof = read_proof(text.encode())
    assert isinstance(proof, ConsistencyProof)
    earlier, later = check_consistency(proof, read_note(old.encode()), KEYS, verify)
    return earlier.size, later.size


def test_notes_and_keys_of_others_are_read_and_verified() -> None:
    key = read_key(KEY_OF_OTHERS)
    assert (key.name, str(key)) == ("PeterNeumann", KEY_OF_OTHERS)
    note = read_note(SAID_BY_OTHERS.encode())
    assert str(note) == SAID_BY_OTHERS
    assert require_signed(note, [key], verify) == key


def test_the_example_of_the_specification_is_read() -> None:
    said = read_text(read_note(EXAMPLE.encode()).text)
    assert (said.origin, said.size, said.algorithm, said.at) == (
        "example.com/behind-the-sofa",
        20852163,
        Algorithm.SHA256,
        None,
    )


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_checkpoint_reads_as_it_was_written(algorithm: Algorithm) -> None:
    note = read_note(signed(7, algorithm).encode())
    said = check_checkpoint(note, [KEY.verifier(algorithm)], verify)
    assert (said.size, said.algorithm, said.at) == (7, algorithm, AT)
    assert text_of(said) == note.text
    assert ("hash sm3\n" in note.text) == (algorithm is Algorithm.SM3)


@given(place=st.integers(0, len(signed(7).encode()) - 1), bit=st.integers(0, 7))
def test_a_signed_checkpoint_with_one_bit_changed_is_refused(place: int, bit: int) -> None:
    content = bytearray(signed(7).encode())
    content[place] ^= 1 << bit
    with pytest.raises((NoteUnreadable, NotSigned, CheckpointUnreadable)):
        check_checkpoint(read_note(bytes(content)), KEYS, verify)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n1\nAAAA\n",
        f"\n1\n{'A' * 43}=\n",
        f"a\n01\n{'A' * 43}=\n",
        f"a\n-1\n{'A' * 43}=\n",
        f"a\n１\n{'A' * 43}=\n",
        f"a\n1\n{'A' * 43}\n",
        f"a\n1\n{'A' * 42}B=\n",
        f"a\n1\n{'A' * 43}=\n\n",
        f"a\n1\n{'A' * 43}=\ntime yesterday\n",
        f"a\n1\n{'A' * 43}=\ntime 2026-01-24T11:32:05\n",
        f"a\n1\n{'A' * 43}=\nhash md5\n",
        f"a\n1\n{'A' * 43}=",
    ],
)
def test_what_is_no_checkpoint_is_not_read(text: str) -> None:
    with pytest.raises(CheckpointUnreadable):
        read_text(text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n", "utf8"),
        ("a\tb\n\n— a AAAAAAA=\n".encode(), "control"),
        ("a\n— a AAAAAAA=\n".encode(), "blank_line"),
        ("a\n\n— a AAAAAAA=".encode(), "signatures"),
        (b"a\n\n- a AAAAAAA=\n", "signature_line"),
        ("a\n\n— a AAAA\n".encode(), "signature_line"),
        ("a\n\n— a ****\n".encode(), "base64"),
        (b"a\n\n" + "— a AAAAAAA=\n".encode() * 17, "signatures"),
        (b"a" * 70000, "too_long"),
    ],
)
def test_what_is_no_note_is_not_read(content: bytes, reason: str) -> None:
    with pytest.raises(NoteUnreadable) as refused:
        read_note(content)
    assert refused.value.reason == reason


def test_signatures_of_unknown_keys_are_passed_over_and_wrong_ones_spoil_the_note() -> None:
    note = read_note(signed(3).encode())
    stranger = read_note(signed(3, key=CheckpointKey.new(NAME)).encode()).signatures[0]
    both = replace(note, signatures=(stranger, *note.signatures))
    assert require_signed(both, KEYS, verify) == KEYS[0]
    with pytest.raises(NotSigned) as refused:
        require_signed(replace(note, signatures=(stranger,)), KEYS, verify)
    assert refused.value.reason == "unknown_key"
    wrong = replace(note.signatures[0], signature=stranger.signature)
    with pytest.raises(NotSigned) as refused:
        require_signed(replace(note, signatures=(*note.signatures, wrong)), KEYS, verify)
    assert refused.value.reason == "wrong"


@pytest.mark.parametrize("size", range(1, 14))
def test_every_event_is_proven_by_a_file(size: int) -> None:
    for index in range(size):
        assert included(inclusion(index, size)).size == size
        assert included(inclusion(index, size, shown=True), EVENTS[index]).at == AT
    with pytest.raises(OtherEvent):
        included(inclusion(0, size), b"another event")


@pytest.mark.parametrize("second", range(1, 14))
def test_every_growth_is_proven_by_a_file(second: int) -> None:
    for first in range(1, second + 1):
        assert continues(consistency(first, second), signed(first)) == (first, second)


def changed_lines(text: str) -> list[str]:
    """Each line dropped, doubled, swapped with the next, and with each of its characters changed.

    The same signature twice is no damage.
    """
    lines = text.split("\n")
    made = []
    for place, line in enumerate(lines):
        made.append([*lines[:place], *lines[place + 1 :]])
        if not line.startswith("—"):
            made.append([*lines[:place], line, *lines[place:]])
        made.append([*lines[:place], *lines[place : place + 2][::-1], *lines[place + 2 :]])
        for at, character in enumerate(line):
            other = "B" if character != "B" else "C"
            made.append([*lines[:place], line[:at] + other + line[at + 1 :], *lines[place + 1 :]])
    return [one for one in map("\n".join, made) if one != text]


def test_a_damaged_file_of_inclusion_is_refused() -> None:
    for text in changed_lines(inclusion(4, 11)):
        with pytest.raises(Refused):
            included(text)


def test_a_damaged_file_of_consistency_is_refused() -> None:
    check = partial(continues, old=signed(6))
    for text in changed_lines(consistency(6, 11)):
        with pytest.raises(Refused):
            check(text)
    for old in changed_lines(signed(6)):
        with pytest.raises(Refused):
            continues(consistency(6, 11), old)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("index 4", "index 5"), ProofInvalid),
        (("index 4", "index 99"), ProofInvalid),
        (("index 4", "index 04"), ProofUnreadable),
        (("index 4", "index -4"), ProofUnreadable),
        (("extra ", "extra  "), ProofUnreadable),
        (("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"), ProofUnreadable),
        (("\n11\n", "\n12\n"), NotSigned),
    ],
)
def test_what_is_wrong_with_a_proof_is_told_apart(change: tuple[str, str], expected: type[Refused]) -> None:
    with pytest.raises(expected):
        included(inclusion(4, 11).replace(*change, 1))


def test_checkpoints_of_two_logs_prove_nothing_together() -> None:
    other = str(KEY.sign(text_of(Checkpoint(origin="another/log", size=6, root=b"\0" * 32)), Algorithm.SHA256))
    with pytest.raises(OtherLog):
        continues(consistency(6, 11), other)
    with pytest.raises(OtherSize):
        continues(consistency(6, 11), signed(5))
    with pytest.raises(ProofInvalid):
        continues(consistency(6, 11).replace("old 6", "old 5"), signed(5))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"),
        (KEY_OF_OTHERS.replace("PeterNeumann", "Peter Neumann"), "name"),
        (KEY_OF_OTHERS.replace("PeterNeumann", "PeterNeumannn"), "id"),
        (KEY_OF_OTHERS[:-1], "base64"),
        (KEY_OF_OTHERS.replace("+ARpc", "+ARpd"), "id"),
        ("PeterNeumann+c74f20a3+AAAA", "type"),
    ],
)
def test_a_key_that_was_copied_wrongly_is_not_taken(text: str, reason: str) -> None:
    with pytest.raises(KeyUnreadable) as refused:
        read_key(text)
    assert refused.value.reason == reason


def test_the_id_of_a_key_holds_its_name() -> None:
    key = KEY.verifier()
    assert VerifierKey(name="another.name", public=key.public).id != key.id
