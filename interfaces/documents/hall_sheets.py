"""Paper for the hall: the poster that opens the ballot page, and the roll that delegates sign on entering."""

from dataclasses import dataclass
from datetime import date

from interfaces.documents.typesetting import qr_svg, typeset
from interfaces.web._base.language import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPoster:
    """The one QR code on the hall wall for cards printed as bare codes; it holds no secret and is the same for all."""

    session: str
    poll: str
    ballot_page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """A delegate on the printed roll; `number` is the certificate number."""

    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollDelegation:
    """A delegation begins a page, so that its sheets can lie at its own desk."""

    name: str
    delegates: tuple[RollLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollSheet:
    """The roll for signing in on paper, beside the check-in on screen."""

    session: str
    day: date
    delegations: tuple[RollDelegation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Poster:
    title: str
    poster: HallPoster
    shown_page: str
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roll:
    title: str
    roll: RollSheet


def hall_poster(poster: HallPoster) -> bytes:
    """The PDF of the poster, A4; printers enlarge it to A3 as it is."""
    return typeset(
        "hall_poster",
        _Poster(
            title=f"{poster.session} 表决页",
            poster=poster,
            shown_page=poster.ballot_page.partition("://")[2] or poster.ballot_page,
            qr=qr_svg(poster.ballot_page),
        ),
    )


def roll_sheet(roll: RollSheet) -> bytes:
    """The PDF of the roll with a line for every delegate's signature."""
    return typeset("roll_sheet", _Roll(title=f"{roll.session} {worded('代表签到册')}", roll=roll))
