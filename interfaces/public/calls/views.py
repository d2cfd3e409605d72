"""What the public page of a call shows, and the way to it from other pages."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.proposals.call import ONLINE, Channel
from interfaces.web._base.language import gettext as _
from interfaces.web.calls import views as office
from interfaces.web.calls.words import CHANNELS
from projections import calls, houses
from projections.calls import CallRow
from projections.congress_directory import ListedCongress


class Way(NamedTuple):
    """How to propose on one channel."""

    name: str
    words: str
    url: str = ""


def call(conn: Connection, congress: ListedCongress, year: int, today: date) -> dict[str, Any]:
    """The call of a year; `call` is None where there is none."""
    row = calls.call_of(conn, congress.id, year)
    known = houses.houses_of(conn, congress.id)
    current = calls.current_call(conn, congress.id, today)
    offered = row is not None and Channel.HOUSE in row.channels
    return {
        "congress": congress,
        "year": year,
        "call": office.shown(row, today) if row else None,
        "is_open": row is not None and row.is_open(today),
        "online": row is not None and bool(ONLINE & set(row.channels)),
        "paragraphs": office.paragraphs(row.words) if row else [],
        "ways": _ways(row) if row else [],
        "houses": known if offered or row is None else [],
        "other": current if current is not None and current.year != year else None,
    }


def _ways(row: CallRow) -> list[Way]:
    """Each offered way that can be said in words; the form has its own button, the houses their own list."""
    written = _("写在纸上，一件建议一张，交到：%(address)s", address=row.address) if row.address else ""
    letter = _("寄到：%(address)s", address=row.address) if row.address else ""
    number = "".join(character for character in row.telephone if character in "0123456789-+").strip("-")
    said = {
        Channel.WEB: Way(str(CHANNELS[Channel.WEB]), _("用手机或电脑填写，不用登录。")),
        Channel.QR: Way(str(CHANNELS[Channel.QR]), _("扫海报、折页上的二维码。")),
        Channel.HOUSE: Way(str(CHANNELS[Channel.HOUSE]), _("到场当面提，或者扫门口的二维码；地址见下。")),
        Channel.PAPER: Way(str(CHANNELS[Channel.PAPER]), written),
        Channel.TELEPHONE: Way(str(CHANNELS[Channel.TELEPHONE]), row.telephone, f"tel:{number[:20]}" if number else ""),
        Channel.LETTER: Way(str(CHANNELS[Channel.LETTER]), letter),
        Channel.MEETING: Way(str(CHANNELS[Channel.MEETING]), _("在座谈会、代表接待日当面提出。")),
        Channel.VISIT: Way(str(CHANNELS[Channel.VISIT]), _("代表走访时，当面告诉代表。")),
    }
    ways = [said[Channel(name)] for name in row.channels if Channel(name) in said]
    return [way for way in ways if way.words]
