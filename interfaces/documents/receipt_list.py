"""All receipts of a closed box on paper, to be hung in the hall: whoever has a receipt finds it by its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.polls.ballot import Receipt, printed_receipt
from interfaces.documents.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptList:
    """What the sheets say above the receipts; `root` in hex. `watermark` marks what is no real vote."""

    session: str
    poll: str
    root: str
    address: str
    watermark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    title: str
    sheet: ReceiptList
    root: str
    receipts: tuple[str, ...]


def receipt_list(sheet: ReceiptList, receipts: Sequence[Receipt]) -> bytes:
    """The PDF, A4, receipts in groups of four, sorted."""
    return typeset(
        "receipt_list",
        _Sheet(
            title=f"{sheet.poll} 回执清单",
            sheet=sheet,
            root=printed_receipt(Receipt(sheet.root)),
            receipts=tuple(printed_receipt(receipt) for receipt in sorted(receipts)),
        ),
    )
