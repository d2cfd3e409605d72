"""The record of a poll is public from its declaration on, its receipts from the closing on; a rehearsal's never."""

from pathlib import Path
from uuid import uuid4

from pypdfium2 import PdfDocument

from domain.accounts.permissions import Role
from domain.polls.ballot import Receipt, box_root, printed_receipt
from domain.polls.rules import Publication
from interfaces.composition import House
from interfaces.record import verify_record
from interfaces.record.packing import unpacked
from interfaces.record.verifying import verify
from tests.support import polls
from tests.support.declared import declared
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast_all


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


def test_rules_that_publish_the_adopted_only_keep_the_record_in_the_office(house: House, visitor: Visitor) -> None:
    hall = declared(house, Publication.ADOPTED_ONLY)
    assert visitor.client.get(f"/records/{hall.poll}/record.zip").status_code == 404
    assert "只公布列入的项目" in visitor.open(f"/records/{hall.poll}").words


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
