"""What hangs and lies about while a call runs: poster, folded leaflet, and the signs of delegates' houses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from interfaces.documents.marks import Mark
from interfaces.documents.typesetting import qr_svg, typeset

PLAIN = Mark()


class PosterSize(StrEnum):
    """The paper a poster is printed on."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to propose: its name and how it goes."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A delegates' house on a leaflet."""

    name: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """A call as posters and leaflets show it.

    `form` is the address behind the QR code, `page` the one that is printed to be typed.
    """

    congress: str
    year: int
    decision: str
    """人大代表票决, or what a street calls it."""
    counting: str
    opens: str
    closes: str
    """The last day, without the year where it is that of the first."""
    days: int
    form: str
    page: str
    ways: Sequence[Way]
    paragraphs: Sequence[tuple[str, bool]]
    houses: Sequence[Spot] = ()
    house_word: str = "代表之家"
    telephone: str = ""
    address: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseSign:
    """The sign on the door of a delegates' house; `page` is what its QR code leads to."""

    name: str
    address: str
    hours: str
    telephone: str
    code: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseSigns:
    """The signs of one congress's houses."""

    congress: str
    house_word: str
    """代表之家, or what a street calls it."""
    invitation: str
    """What stands under the code."""
    signs: Sequence[HouseSign]
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    title: str
    call: CallSheet
    qr: str
    shown_page: str
    accent: str
    paper: str = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    sign: HouseSign
    qr: str
    shown_page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    title: str
    congress: str
    house_word: str
    invitation: str
    signs: tuple[_Sign, ...]
    mark: Mark
    accent: str


def call_poster(call: CallSheet, size: PosterSize) -> bytes:
    """The PDF of the poster."""
    title = f"{call.congress}{call.year}年度民生实事项目建议征集海报"
    return typeset("call_poster", _printed(call, title, size.value))


def call_leaflet(call: CallSheet) -> bytes:
    """The PDF of the leaflet: both sides of an A4 sheet that is folded twice, with a form to fill in."""
    return typeset("call_leaflet", _printed(call, f"{call.congress}{call.year}年度民生实事项目建议征集折页", "a4"))


def house_signs(signs: HouseSigns) -> bytes:
    """The PDF of door signs, a page each."""
    drawn = tuple(_Sign(sign=one, qr=qr_svg(one.page), shown_page=_without_scheme(one.page)) for one in signs.signs)
    title = f"{signs.congress}{signs.house_word}门牌"
    told = {"congress": signs.congress, "house_word": signs.house_word, "invitation": signs.invitation}
    return typeset("house_sign", _Signs(title=title, signs=drawn, mark=signs.mark, accent=signs.mark.ink, **told))


def _printed(call: CallSheet, title: str, paper: str) -> _Printed:
    shown = _without_scheme(call.page)
    return _Printed(title=title, call=call, qr=qr_svg(call.form), shown_page=shown, accent=call.mark.ink, paper=paper)


def _without_scheme(address: str) -> str:
    return address.partition("://")[2] or address
