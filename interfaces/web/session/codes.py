"""A delegate's own check-in code: on the phone, on the badge, under the scanner at the door."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

import segno
from markupsafe import Markup

from application.check_in import check_in_code
from domain.congress.session import session_id
from interfaces.composition import House
from interfaces.web._base.asking import Place
from projections import attendance
from projections.attendance import Attendee
from projections.congress_register import ListedSession, sessions_of


class OwnCode(NamedTuple):
    """What a delegate shows at the door of one session."""

    session: ListedSession
    delegate: Attendee
    typed: str
    """The code in two groups of five, to read out or type."""
    picture: Markup


def address(public_url: str, slug: str, session: ListedSession, delegate: UUID) -> str:
    """What the QR code says: opened by the phone of signed-in venue staff, or typed by a scanner."""
    code = check_in_code(session.id, delegate)
    return f"{public_url}/staff/{slug}/check-in/{session.term}-{session.number}/{code}"


def session_of_number(congress: UUID, number: str) -> UUID | None:
    """The session of `16-5` in an address."""
    term, _dash, ordinal = number.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (term, ordinal)):
        return None
    return session_id(congress, int(term), int(ordinal))


def grouped(code: str) -> str:
    """ABCDE FGHJK."""
    return f"{code[:5]} {code[5:]}"


def drawn(payload: str, title: str) -> Markup:
    """A QR code as SVG with its quiet zone; it takes the size of its box."""
    code = segno.make(payload, error="m", boost_error=False, mask=2, micro=False)
    return Markup(code.svg_inline(omitsize=True, border=4, title=title, svgclass="qr", lineclass=None, light="#fff"))  # noqa: S704 -- drawn by segno; it escapes the title


def own_code(house: House, here: Place, title: str) -> OwnCode | None:
    """The code of the signed-in delegate for the session that sits or comes next; none where none is left."""
    if here.delegate is None:
        return None
    with house.reading.connect() as connection:
        session = current_session(sessions_of(connection, here.congress.id), house.office.today())
        known = attendance.attendee(connection, here.congress.id, session.id, here.delegate) if session else None
    if session is None or known is None:
        return None
    picture = drawn(address(house.settings.public_url, here.congress.slug, session, known.id), title)
    return OwnCode(session, known, grouped(check_in_code(session.id, known.id)), picture)


def current_session(sessions: list[ListedSession], today: date) -> ListedSession | None:
    """The session that sits today, else the next to come."""
    ahead = [session for session in sessions if session.ends_on >= today]
    return min(ahead, key=lambda session: (session.starts_on, session.number), default=None)
