"""The record of a poll is public from its declaration on, its receipts from the closing on; a rehearsal's never."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from pypdfium2 import PdfDocument

from application.polls import opening_the_box
from application.polls.paper_count import enter_keypad
from application.polls.record import record_of
from domain.accounts.permissions import Role
from domain.polls.ballot import Receipt, box_root, printed_receipt
from domain.polls.card import card_id
from domain.polls.paper_count import Entry, ItemCount
from domain.polls.poll import Sealing
from domain.polls.rules import Publication
from interfaces.composition import House
from interfaces.record import verify_record
from interfaces.record.packing import packed, unpacked
from interfaces.record.verifying import verify
from tests.support import outcomes, polls
from tests.support.declared import declared
from tests.support.papers import both_enter, entry_of, mixed_hall, returned, team, without_cards
from tests.support.polls import Hall
from tests.support.sealing import MadeKey, guarded, open_twice, sealed
from tests.support.stores import Clock, by
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast_all, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_the_record_of_a_declared_poll_is_verified_by_both_programs(
    house: House, visitor: Visitor, tmp_path: Path
) -> None:
    hall = declared(house)
    answer = visitor.client.get(f"/records/{hall.poll}/record.zip")
    files = unpacked(answer.content)
    assert verify(files, answer.content) == []
    (tmp_path / "record.zip").write_bytes(answer.content)
    assert verify_record.verify(tmp_path / "record.zip") == []
    assert visitor.client.get("/records/verify_record.py").content == Path(verify_record.__file__).read_bytes()


@ONE_STORE
def test_a_record_is_the_same_bytes_whenever_it_is_asked_for(house: House, visitor: Visitor) -> None:
    hall = declared(house)
    first = visitor.client.get(f"/records/{hall.poll}/record.zip").content
    polls.founded(house.office, "later")
    house.notary.make()
    assert visitor.client.get(f"/records/{hall.poll}/record.zip").content == first


def test_receipts_are_public_from_the_closing_on_and_the_record_is_not_before_the_declaration(
    house: House, visitor: Visitor
) -> None:
    hall = polls.prepared(house.office, house.box)
    address = f"/records/{hall.poll}"
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall)
    assert visitor.open(address).status == visitor.client.get(f"{address}/receipts.txt").status_code == 404
    hall.close()
    receipts = [Receipt(line) for line in visitor.client.get(f"{address}/receipts.txt").text.split()]
    assert hall.state.closed is not None
    assert box_root(receipts) == hall.state.closed.root
    assert receipts == sorted(receipts)
    assert visitor.client.get(f"{address}/record.zip").status_code == 404
    page = visitor.open(address)
    assert "正在计票" in page.words
    assert f"{address}/receipts.txt" in page.links()


@ONE_STORE
def test_rules_that_publish_the_adopted_only_keep_the_record_in_the_office(house: House, visitor: Visitor) -> None:
    hall = declared(house, Publication.ADOPTED_ONLY)
    assert visitor.client.get(f"/records/{hall.poll}/record.zip").status_code == 404
    assert "只公布列入的项目" in visitor.open(f"/records/{hall.poll}").words


@ONE_STORE
def test_nothing_is_found_under_any_other_number(visitor: Visitor) -> None:
    for ending in ("", "/receipts.txt", "/record.zip"):
        assert visitor.client.get(f"/records/{uuid4()}{ending}").status_code == 404


def test_the_office_downloads_the_record_and_the_receipts_for_the_wall(house: House, signed_in: SignedIn) -> None:
    hall = declared(house, Publication.ADOPTED_ONLY)
    staff = signed_in(Role.STAFF, hall.congress)
    content = staff.client.get(f"/staff/jz/polls/{hall.poll}/record.zip").content
    assert verify(unpacked(content), content) == []
    sheets = staff.client.get(f"/staff/jz/polls/{hall.poll}/receipts.pdf").content
    printed = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(sheets))
    for receipt in house.box.receipts(hall.poll):
        assert printed_receipt(receipt) in printed


def _verified_twice(house: House, hall: Hall, folder: Path) -> dict[str, bytes]:
    files = record_of(house.office, house.box, house.notary, hall.poll)
    assert verify(files, packed(files)) == []
    (folder / "record.zip").write_bytes(packed(files))
    assert verify_record.verify(folder / "record.zip") == []
    return files


def test_sealed_ballots_beside_papers_make_a_record_that_outlives_the_sealed_bytes(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    keys: list[MadeKey] = []
    hall = mixed_hall(
        house.office,
        house.box,
        house.private,
        sealing=Sealing.SEALED,
        before=lambda made: keys.append(guarded(made)),
    )
    for card in hall.cards[:17]:
        hall.box.cast(hall.poll, card_id(card), sealed(row(hall, 1, 2), hall, keys[0]))
    hall.close()
    returned(hall, 11)
    both_enter(hall, entry_of(hall, [row(hall, 1, 3)] * 11))
    open_twice(hall, keys[0])
    outcomes.declare(hall)
    files = _verified_twice(house, hall, tmp_path)
    said = json.loads(files["count.json"])
    assert [item["for"] for item in said["columns"]["items"]] == [28, 17, 11, 0, 0, 0]
    assert [opening["on"] for opening in said["openings"]] == ["browser", "offline"]
    clock.forward(days=60)
    key = hall.state.key
    assert key is not None
    opening_the_box.delete_sealed_ballots(house.office, house.box, by(hall.chief), hall.poll, destroyed=key.holders)
    assert _verified_twice(house, hall, tmp_path) == files


@ONE_STORE
@pytest.mark.parametrize("keypad", [False, True])
def test_a_poll_without_cards_has_a_record(house: House, tmp_path: Path, *, keypad: bool) -> None:
    hall = without_cards(house.office, house.box, house.private, keypad=keypad)
    hall.close()
    if keypad:
        items = tuple(ItemCount(id=item.id, marks=(3, 20, 5, 2)) for item in hall.form.items)
        for number in (1, 2):
            enter_keypad(
                house.office,
                house.private,
                by(team(hall, number)),
                hall.poll,
                team=number,
                entry=Entry(papers=30, items=items),
            )
    else:
        returned(hall, 30)
        both_enter(hall, entry_of(hall, [row(hall, 1, 2, 3)] * 30))
    outcomes.declare(hall)
    assert _verified_twice(house, hall, tmp_path)["receipts.txt"] == b""


@ONE_STORE
def test_a_second_ballot_and_an_evaluation_have_records_of_their_own(house: House, tmp_path: Path) -> None:
    hall = polls.open_hall(house.office, house.box, delegates=20)
    outcomes.vote(hall, {"1": 20, "2": 18, "3": 15, "4": 15})
    outcomes.declare(hall)
    _verified_twice(house, hall, tmp_path)
    again = outcomes.open_again(outcomes.second_ballot(hall))
    outcomes.vote(again, {"3": 16, "4": 4})
    outcomes.declare(again, "2")
    said = json.loads(_verified_twice(house, again, tmp_path)["poll.json"])
    assert said["parent"] == {"poll": str(hall.poll), "again": "tie"}
