"""Ballot cards of one set, printed on A4 and cut; the sheet is streamed once and never stored (ballot.md, step 3).

The cards lie on the sheets in the order of their own random secrets, never in the order in which they were made or
in which their hashes are kept. They carry no number: nothing on a card or about its place leads to who drew it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.shared import Invalid, is_code
from interfaces.documents.typesetting import qr_svg, typeset

SECRET_DIGITS = 20
_GROUP = 4


class CardPrinting(StrEnum):
    """What the QR code of a card holds; chosen with the set."""

    ADDRESS = "address"
    """Convenient; the maker of the scanning app sees the card."""
    CODE = "code"
    """The bare code, read by the ballot page's own camera or typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSet:
    """A set of cards as the scrutineers' station prints it.

    `codes` are twenty Crockford digits and a check symbol each; `ink` is the colour of the band (#rrggbb), `colour`
    its word, so that the set is told apart in black and white too. `address` is the public address of the
    installation; `poll` stays empty for spare sets, which are bound to a poll later.
    """

    congress: str
    session: str
    poll: str = ""
    number: int
    colour: str
    ink: str
    printing: CardPrinting
    address: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    qr: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    title: str
    set: CardSet
    scanned_by_address: bool
    ballot_page: str
    cards: tuple[_Card, ...]


def card_sheets(card_set: CardSet) -> bytes:
    """The PDF of all cards of a set, eight on an A4 page with cut marks.

    Raises Invalid for a code whose check symbol is wrong or that comes twice: no card is printed that cannot be used.
    """
    codes = sorted(card_set.codes)
    _refuse_unusable(codes)
    page = f"{card_set.address.rstrip('/')}/v"
    by_address = card_set.printing is CardPrinting.ADDRESS
    cards = (_Card(qr=qr_svg(f"{page}#{code}" if by_address else code), groups=grouped(code)) for code in codes)
    return typeset(
        "cards",
        _Sheets(
            title=f"{card_set.congress} 票卡 第{card_set.number}套（{card_set.colour}）",
            set=card_set,
            scanned_by_address=by_address,
            ballot_page=page,
            cards=tuple(cards),
        ),
    )


def grouped(code: str) -> tuple[str, ...]:
    """Five groups of four digits and the check symbol, as a card shows them and a person types them."""
    digits, check = code[:-1], code[-1:]
    return (*(digits[i : i + _GROUP] for i in range(0, len(digits), _GROUP)), check)


def _refuse_unusable(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if not is_code(code, SECRET_DIGITS):
            raise Invalid(field="codes", reason="card_code")
        if code in seen:
            raise Invalid(field="codes", reason="card_twice")
        seen.add(code)
