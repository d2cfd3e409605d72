"""A call 征集公告: the published window in which anyone may propose projects for a year."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, NotFound, Refused, Year

YEARS = range(2000, 2101)
"""Of which projects are; any other number is a slip."""

SHORTEST_WINDOW = 30
"""Days, both ends included; less needs a reason (rule 17)."""

USUAL_MONTHS = (7, 8, 9)
"""A call normally opens in the third quarter of the year before (rule 17)."""


class Channel(StrEnum):
    """The way on which a proposal came in."""

    WEB = "web"
    QR = "qr"
    HOUSE = "house"
    """A delegates' house 代表之家, by the code on its door."""
    PAPER = "paper"
    TELEPHONE = "telephone"
    LETTER = "letter"
    MEETING = "meeting"
    VISIT = "visit"
    """A delegate's visit to constituents."""
    DELEGATE = "delegate"
    """A delegate's own proposal, from the delegate's own pages."""
    UNIT = "unit"
    """A department's or body's own, from its own pages."""
    COUNCIL = "council"
    """Passed on by a street's residents' council."""
    RESERVE = "reserve"
    """Taken from the reserve pool of an earlier year."""
    TRANSFER = "transfer"
    """Transferred by another congress of the installation."""
    SUMMARY = "summary"
    """From the approved summary 问总结 of the year before: left-overs, lessons, proposals."""


OFFERED = (
    Channel.WEB,
    Channel.QR,
    Channel.HOUSE,
    Channel.PAPER,
    Channel.TELEPHONE,
    Channel.LETTER,
    Channel.MEETING,
    Channel.VISIT,
)
"""What a call may offer to the public; the others are open to whoever they are for, with any call."""

ONLINE = frozenset({Channel.WEB, Channel.QR, Channel.HOUSE})
"""Where residents type themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPublished:
    """Anyone may propose for the year from the first to the last day, both included."""

    congress: UUID
    year: Year
    title: str
    words: str
    """What the public reads: what may be proposed, what cannot become a project, what happens with it."""
    opens_on: date
    closes_on: date
    channels: tuple[Channel, ...]
    address: str = ""
    """Where letters and papers go."""
    telephone: str = ""
    """The office's public number."""
    notice_number: str = ""
    waiver: str = ""
    """Why a window of less than thirty days was allowed (rule 17)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallExtended:
    """The window stays open longer. It is never shortened (rule 17)."""

    closes_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReworded:
    """What the public reads was put right; the window is not touched."""

    title: str
    words: str
    channels: tuple[Channel, ...]
    address: str
    telephone: str
    notice_number: str


CallFact = CallPublished | CallExtended | CallReworded


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it stands."""

    congress: UUID
    year: Year
    title: str
    words: str
    opens_on: date
    closes_on: date
    channels: tuple[Channel, ...]
    address: str
    telephone: str
    notice_number: str

    def is_open(self, on: date) -> bool:
        """Whether the day lies in the window."""
        return self.opens_on <= on <= self.closes_on


@dataclass(eq=False)
class CallExists(Refused):
    """The year has its call; it may be extended."""

    year: int


@dataclass(eq=False)
class WindowTooShort(Refused):
    """Fewer than thirty days and no reason given (rule 17)."""

    days: int
    required: int


@dataclass(eq=False)
class WindowShortened(Refused):
    """A published window may be extended, never shortened (rule 17)."""

    closes_on: date


@dataclass(eq=False)
class OutsideTheWindow(Refused):
    """The day of the proposal does not lie in the window of the call."""

    on: date
    opens_on: date
    closes_on: date


@dataclass(eq=False)
class ChannelNotOffered(Refused):
    """The call does not take proposals on this way."""

    channel: str


def call_stream(congress: UUID, year: int) -> UUID:
    """A congress has one call a year."""
    return uuid5(congress, f"call/{year}")


def window_days(opens_on: date, closes_on: date) -> int:
    """Days of a window with both ends: 09-20 to 10-19 is 30, 10-13 to 10-19 is 7."""
    return (closes_on - opens_on).days + 1


def is_unusual_start(opens_on: date) -> bool:
    """Whether a start outside the third quarter deserves a warning (rule 17)."""
    return opens_on.month not in USUAL_MONTHS


def publish_call(current: Call | None, fact: CallPublished) -> CallPublished:
    """Rule 17. Raises CallExists, Missing (title, words, channels), Invalid (year, closes_on) or WindowTooShort."""
    if current is not None:
        raise CallExists(year=fact.year)
    _require_said(fact.title, fact.words, fact.channels)
    if fact.year not in YEARS:
        raise Invalid(field="year", reason="year", value=str(fact.year))
    if fact.closes_on < fact.opens_on:
        raise Invalid(field="closes_on", reason="ends_before_start", value=fact.closes_on.isoformat())
    days = window_days(fact.opens_on, fact.closes_on)
    waiver = fact.waiver.strip()
    if days < SHORTEST_WINDOW and not waiver:
        raise WindowTooShort(days=days, required=SHORTEST_WINDOW)
    return replace(fact, title=fact.title.strip(), waiver="" if days >= SHORTEST_WINDOW else waiver)


def extend_call(call: Call | None, closes_on: date, reason: str) -> CallExtended:
    """Raises NotFound, Missing (reason) or WindowShortened."""
    if closes_on <= _known(call).closes_on:
        raise WindowShortened(closes_on=_known(call).closes_on)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return CallExtended(closes_on=closes_on, reason=reason.strip())


def reword_call(call: Call | None, fact: CallReworded) -> CallReworded:
    """Raises NotFound or Missing (title, words, channels)."""
    _known(call)
    _require_said(fact.title, fact.words, fact.channels)
    return replace(fact, title=fact.title.strip())


def require_open(call: Call | None, on: date, channel: Channel) -> Call:
    """The call that takes a proposal that came on this day and way.

    What delegates, units, councils, the reserve and other congresses bring is not bound to the window, but to a call.
    Raises NotFound (call), ChannelNotOffered or OutsideTheWindow.
    """
    known = _known(call)
    if channel in OFFERED:
        if channel not in known.channels:
            raise ChannelNotOffered(channel=channel.value)
        if not known.is_open(on):
            raise OutsideTheWindow(on=on, opens_on=known.opens_on, closes_on=known.closes_on)
    return known


def evolve(call: Call | None, fact: CallFact) -> Call:
    """The call after one more fact."""
    match fact:
        case CallPublished():
            return Call(
                congress=fact.congress,
                year=fact.year,
                title=fact.title,
                words=fact.words,
                opens_on=fact.opens_on,
                closes_on=fact.closes_on,
                channels=fact.channels,
                address=fact.address,
                telephone=fact.telephone,
                notice_number=fact.notice_number,
            )
        case CallExtended():
            return replace(_known(call), closes_on=fact.closes_on)
        case CallReworded():
            return replace(
                _known(call),
                title=fact.title,
                words=fact.words,
                channels=fact.channels,
                address=fact.address,
                telephone=fact.telephone,
                notice_number=fact.notice_number,
            )


def _known(call: Call | None) -> Call:
    if call is None:
        raise NotFound(kind="call", id="")
    return call


def _require_said(title: str, words: str, channels: tuple[Channel, ...]) -> None:
    said = {"title": title.strip(), "words": words.strip(), "channels": channels}
    empty = tuple(name for name, value in said.items() if not value)
    if empty:
        raise Missing(fields=empty)
    unknown = [channel for channel in channels if channel not in OFFERED]
    if unknown:
        raise Invalid(field="channels", reason="channel", value=unknown[0].value)
