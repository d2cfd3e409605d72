"""Searches for what would tie a person, a card, an order or a time to marks; each comes with leaks it must find.

A search takes what the test knows (`Known`) and pieces (`tests.e2e.pieces`) and says where it found something; a
`plant` is a piece that a leaking program could have left.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.polls.ballot import ballot_stream, unpacked
from domain.polls.card import card_id, printed_code
from tests.e2e.delegates_browsers import Voter
from tests.e2e.pieces import Piece
from tests.e2e.whole_day import Cast, Day
from tests.support.leaks import Detector, detector, rows_as, spoken

DAY = re.compile(rb"20\d\d-[01]\d-[0-3]\d|[0-2]\d:[0-5]\d:[0-5]\d|\b176[89]\d{6}")
"""A date, a time of day, or the seconds, milliseconds … of one in January 2026."""

SPACES = re.compile(rb"\s+")


@dataclass(frozen=True)
class Known:
    """What only the test knows."""

    day: Day
    marks: Detector
    voters: Sequence[Voter]

    @property
    def poll(self) -> UUID:
        return self.day.hall.poll

    @property
    def people(self) -> list[UUID]:
        """Delegates and accounts."""
        return [entry.delegate for entry in self.day.hall.delegates] + [voter.account for voter in self.voters]

    @property
    def ids(self) -> list[bytes]:
        """Every card of the set, as it is stored."""
        return sorted(card_id(secret).encode() for secret in self.day.hall.secrets)

    def streams(self, casts: Iterable[Cast]) -> list[UUID]:
        return [ballot_stream(self.poll, card_id(cast.card)) for cast in casts]


@dataclass(frozen=True)
class Search:
    """What is looked for, and what it must find when it is there."""

    name: str
    find: Callable[[Known, Sequence[Piece]], set[str]]
    plants: Callable[[Known], list[Piece]]


def known_of(day: Day, voters: Sequence[Voter]) -> Known:
    """The marks of every voter and of every paper, the key and the shares are what nobody may find."""
    rows = [cast.row for cast in day.cast] + day.papers
    return Known(day, detector(bytes(day.key.secret), day.key.shares, rows, day.hall.form), voters)


def in_the_box(piece: Piece) -> bool:
    """Whether this lies in the box: its tables, its file, its part of a backup."""
    return re.match(r"table (\S+/)?box_|file (\S+-)?box[._]|backup/box", piece.where) is not None


def marks(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """A row of marks, the key or a share, in any encoding, anywhere."""
    by_place: defaultdict[str, list[bytes]] = defaultdict(list)
    for piece in pieces:
        by_place[piece.where].append(piece.content)
    return {
        f"{where}: {name}" for where, contents in by_place.items() for name in known.marks.found(b"\0".join(contents))
    }


def _marks_planted(known: Known) -> list[Piece]:
    voter, cast = known.voters[0], known.day.cast[0]
    forms = [b"%s voted %s" % (str(voter.account).encode(), form) for form in rows_as(cast.row, known.day.hall.form)]
    shares = [text.encode() for text in spoken(known.day.key.shares[0])]
    return [Piece("planted", content) for content in (*forms, *shares, bytes(known.day.key.secret).hex().encode())]


def secrets_of_cards(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """The code of a card, as printed, as scanned or as typed, anywhere."""
    forms = [
        form.encode()
        for secret in known.day.hall.secrets
        for form in (secret, secret.lower(), printed_code(secret), printed_code(secret).lower())
    ]
    return {piece.where for piece in pieces if any(form in piece.content for form in forms)}


def _secrets_planted(known: Known) -> list[Piece]:
    secret = known.day.cast[0].card
    return [Piece("log planted", f"GET /v#{form}".encode()) for form in (secret, printed_code(secret), secret.lower())]


def cards(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """Outside the box: one card by itself (a set is told as a whole, sorted), or what a ballot is filed under.

    PostgreSQL packs long values, so that parts of a list stand in their file; they are looked at as rows.
    """
    streams = [form for stream in known.streams(known.day.cast) for form in _forms(stream)]
    found = set()
    for piece in pieces:
        if in_the_box(piece) or piece.where.startswith("file pg_toast"):
            continue
        if any(stream in piece.content for stream in streams) or not _none_or_all(known.ids, piece.content):
            found.add(piece.where)
    return found


def _cards_planted(known: Known) -> list[Piece]:
    """One card; two in the order of their use; a stream in each form."""
    used = [card_id(cast.card) for cast in known.day.cast[:2]]
    stream = known.streams(known.day.cast)[0]
    backwards = b",".join(reversed(known.ids))
    contents = (used[0].encode(), ",".join(used).encode(), backwards, *_forms(stream))
    return [Piece("table drawn", content) for content in contents]


def receipts(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """Outside the box: a receipt by itself, or receipts in another order than that of the alphabet.

    A list of all of them, sorted, holds no person and no time of one of them.
    """
    needles = sorted(cast.receipt.encode() for cast in known.day.cast)
    raw = [bytes.fromhex(needle.decode()) for needle in needles]
    return {
        piece.where
        for piece in pieces
        if not in_the_box(piece)
        and not (_none_or_all(needles, SPACES.sub(b"", piece.content)) and _none_or_all(raw, piece.content))
    }


def _receipts_planted(known: Known) -> list[Piece]:
    cast, voter = known.day.cast[0], known.voters[0]
    as_cast = "\n".join(one.receipt for one in known.day.cast).encode()
    grouped = " ".join(re.findall("....", cast.receipt)).encode()
    with_time = b"%s 2026-01-20T09:03 %s" % (voter.account.hex.encode(), cast.receipt.encode())
    return [Piece("answer planted", content) for content in (with_time, as_cast, grouped, bytes.fromhex(cast.receipt))]


def people_in_the_box(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """In the box: a delegate, an account, the session, a browser, a date or a time."""
    needles = [form for person in [*known.people, known.day.hall.session] for form in _forms(person)]
    needles += [told.encode() for voter in known.voters for told in voter.tells]
    return {
        piece.where
        for piece in pieces
        if in_the_box(piece)
        and (any(needle in piece.content for needle in needles) or DAY.search(piece.content) is not None)
    }


def _people_planted(known: Known) -> list[Piece]:
    contents = [*_forms(known.people[0]), known.voters[0].address.encode(), b"2026-01-20", b"1768872180"]
    return [Piece("table box_x", b"ballot\x1f" + content) for content in contents]


def browsers(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """What tells one browser from another, anywhere; and in a log, that somebody was at the ballot at all."""
    needles = [told.encode() for voter in known.voters for told in voter.tells]
    at_the_door = {piece.where for piece in pieces if piece.where.startswith("log ") and b"/v/" in piece.content}
    return at_the_door | {piece.where for piece in pieces if any(needle in piece.content for needle in needles)}


def _browsers_planted(known: Known) -> list[Piece]:
    told = [Piece("table private_device", form.encode()) for form in known.voters[0].tells]
    return [*told, Piece("log access", b"POST /v/cast 200")]


def order(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """Ballots one after the other as they were cast, forwards or backwards, in the rows, pages or bytes of anything."""
    casts = known.day.cast
    kinds = [
        [cast.ballot.encode() for cast in casts],
        [unpacked(cast.ballot) for cast in casts],
        [cast.receipt.encode() for cast in casts],
        [stream.bytes for stream in known.streams(casts)],
        [stream.hex.encode() for stream in known.streams(casts)],
        [str(stream).encode() for stream in known.streams(casts)],
    ]
    whole: defaultdict[str, bytes] = defaultdict(bytes)
    for piece in pieces:
        whole[piece.where] += piece.content
    return {
        where
        for where, content in whole.items()
        for needles in kinds
        if _are_as_cast([content.find(n) for n in needles])
    }


def _are_as_cast(places: list[int]) -> bool:
    return min(places) >= 0 and places in (sorted(places), sorted(places, reverse=True))


def _order_planted(known: Known) -> list[Piece]:
    casts = known.day.cast
    forms = ([cast.ballot.encode() for cast in casts], [stream.bytes for stream in known.streams(casts)])
    return [Piece("file planted", b"..".join(direction)) for form in forms for direction in (form, form[::-1])]


def sizes(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """Ballots in the box that differ in length, or whose requests or answers did."""
    rows = [piece for piece in pieces if piece.where.endswith(f"box_{known.poll.hex}") and b"ballot" in piece.content]
    # from the fact's name on: before it stand ctid and xmin, which are numbers of any length
    of_ballots = [row.content[row.content.index(b"polls.") :] for row in rows if b"card-voided" not in row.content]
    found = {"rows of the box"} if len(set(map(len, of_ballots))) > 1 else set()
    if len({(cast.sent, cast.answered, len(cast.ballot)) for cast in known.day.cast}) != 1:
        found.add("requests and answers")
    return found


def _sizes_planted(known: Known) -> list[Piece]:
    where = f"table box_{known.poll.hex}"
    return [Piece(where, b"polls.ballot-cast 12345"), Piece(where, b"polls.ballot-cast 1234")]


def figures(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """What was in the workings, with the salt of the digests, after the declaration has erased it."""
    needles = [kept.encode() for kept in known.day.figures]
    return {piece.where for piece in pieces if any(needle in piece.content for needle in needles)}


def _figures_planted(known: Known) -> list[Piece]:
    return [Piece("file piaojue-private.db-wal", b"..." + kept.encode()) for kept in known.day.figures]


def sealed(known: Known, pieces: Sequence[Piece]) -> set[str]:
    """A sealed ballot, after all of them were deleted."""
    needles = [form for cast in known.day.cast for form in (cast.ballot.encode(), unpacked(cast.ballot))]
    return {piece.where for piece in pieces if any(needle in piece.content for needle in needles)}


def _sealed_planted(known: Known) -> list[Piece]:
    ballot = known.day.cast[0].ballot
    return [Piece("backup/box.jsonl", content) for content in (ballot.encode(), base64.b64decode(ballot))]


def _forms(value: UUID) -> tuple[bytes, bytes, bytes]:
    return value.hex.encode(), str(value).encode(), value.bytes


def _none_or_all(needles: Sequence[bytes], content: bytes) -> bool:
    """Whether the sorted needles are all there in this order, or none of them is."""
    places = [content.find(needle) for needle in needles]
    return max(places) < 0 or (min(places) >= 0 and places == sorted(places))


ALWAYS = (
    Search("marks", marks, _marks_planted),
    Search("codes of cards", secrets_of_cards, _secrets_planted),
    Search("cards", cards, _cards_planted),
    Search("receipts", receipts, _receipts_planted),
    Search("people in the box", people_in_the_box, _people_planted),
    Search("browsers", browsers, _browsers_planted),
    Search("order", order, _order_planted),
    Search("sizes", sizes, _sizes_planted),
)
AFTER_DECLARATION = Search("figures", figures, _figures_planted)
AFTER_DELETION = Search("sealed ballots", sealed, _sealed_planted)
