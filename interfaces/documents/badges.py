"""Name badges 签到证: name, delegation, and the check-in code as QR, printed by delegation and cut."""

from dataclasses import dataclass

from interfaces.documents.typesetting import qr_svg, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One delegate's badge; `address` is what the QR code says, `typed` the code in it for a keyboard."""

    name: str
    delegation: str
    number: str
    address: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeBook:
    """The badges of one printing, in the order of the roll."""

    session: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    name: str
    number: str
    typed: str
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delegation:
    name: str
    cards: tuple[_Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    title: str
    session: str
    delegations: tuple[_Delegation, ...]


def badges(book: BadgeBook) -> bytes:
    """The PDF of all badges, ten on a page; every delegation begins a page."""
    grouped: dict[str, list[Badge]] = {}
    for badge in book.badges:
        grouped.setdefault(badge.delegation, []).append(badge)
    delegations = tuple(
        _Delegation(name=name, cards=tuple(_card(badge) for badge in of_delegation))
        for name, of_delegation in grouped.items()
    )
    return typeset("badges", _Sheets(title=f"{book.session} 签到证", session=book.session, delegations=delegations))


def _card(badge: Badge) -> _Card:
    return _Card(name=badge.name, number=badge.number, typed=badge.typed, qr=qr_svg(badge.address))
