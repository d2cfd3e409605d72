"""Activation slips: one paper strip each, printed by delegation or unit, cut and handed out in person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from interfaces.documents.typesetting import qr_svg, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One delegate's way to the first sign-in.

    `login` is the name to sign in with, `address` the whole address with the one-time secret in it, `typed` the same
    secret in groups for those who cannot scan; 28 characters stay on one line.
    """

    login: str
    name: str
    delegation: str
    address: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipBook:
    """The slips of one printing. `sign_in` is the page where `typed` is entered; `office_phone` helps who is stuck."""

    congress: str
    printed_on: date
    valid_until: date | None = None
    sign_in: str
    office_phone: str = ""
    kind: str = "代表账号启用条"
    """What the sheets are called; the slips of offices are no delegates'."""
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    login: str
    name: str
    typed: str
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delegation:
    name: str
    slips: tuple[_Strip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    title: str
    book: SlipBook
    delegations: tuple[_Delegation, ...]


def activation_slips(book: SlipBook) -> bytes:
    """The PDF of all slips: every delegation begins a page that names it and how many slips it has.

    Delegations come in the order in which the slips first name them, delegates in the order given.
    """
    names = tuple(dict.fromkeys(slip.delegation for slip in book.slips))
    delegations = tuple(
        _Delegation(name=name, slips=_strips(slip for slip in book.slips if slip.delegation == name)) for name in names
    )
    bare = SlipBook(
        congress=book.congress,
        printed_on=book.printed_on,
        valid_until=book.valid_until,
        sign_in=book.sign_in,
        office_phone=book.office_phone,
        kind=book.kind,
        slips=(),
    )
    return typeset("slips", _Sheets(title=f"{book.congress} {book.kind}", book=bare, delegations=delegations))


def _strips(slips: Iterable[Slip]) -> tuple[_Strip, ...]:
    return tuple(_Strip(login=s.login, name=s.name, typed=s.typed, qr=qr_svg(s.address)) for s in slips)
