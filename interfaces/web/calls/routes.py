"""The call of a year in the office: publish, extend, reword, print."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from application.proposals import calls as commands
from domain.accounts.permissions import Act
from domain.proposals.call import OFFERED, is_unusual_start, window_days
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Sheet, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.calls import forms, papers, views
from interfaces.web.calls.wording import prefilled
from interfaces.web.calls.words import CHANNELS
from projections import calls, houses
from projections.calls import CallRow

router = APIRouter()

PATH = "/staff/{slug}/calls"

Publisher = Annotated[Place, Depends(needing(Act.PUBLISH_CALL))]


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """Every year's call, and the way to the next."""
    today = house.office.today()
    with house.reading.connect() as conn:
        found = calls.calls_of(conn, here.congress.id)
        received = {row.year: calls.received_by_channel(conn, here.congress.id, row.year) for row in found}
    return page(
        request,
        "calls/list.html",
        calls=[(views.shown(row, today), sum(received[row.year].values())) for row in found],
        next_year=today.year + 1,
        has_next=any(row.year == today.year + 1 for row in found),
        channel_words=views.channel_words,
        root=_root(here),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Publisher) -> Response:
    """The form, filled in but for the number of the notice."""
    with house.reading.connect() as conn:
        earlier = calls.calls_of(conn, here.congress.id)
    form = blank(request, **prefilled(here.congress, house.office.today(), earlier[0] if earlier else None))
    return page(request, "calls/new.html", form=form, preview=None, **_around(here))


@router.post(f"{PATH}/new")
def publish(request: Request, house: TheHouse, here: Publisher, typed: Form) -> Response:
    """Shows what the public will read, or publishes it."""
    try:
        fact = forms.read_call(typed, here.congress.id)
        if typed.text("act") == "preview":
            return _preview(request, typed, here)
        position = commands.publish_call(house.office, here.by(typed), fact)
    except Refused as refused:
        return again(request, "calls/new.html", typed, refused, preview=None, **_around(here))
    said = _("%(year)s 年征集公告已发布，公开页已经可以看到。", year=fact.year)
    if is_unusual_start(fact.opens_on):
        said += _("提醒：征集通常在第三季度开始。")
    return done(request, position, f"{_root(here)}/{fact.year}", said)


@router.get(f"{PATH}/{{year:int}}")
def one(request: Request, house: TheHouse, here: OfficeReader, year: int) -> Response:
    """A call with what came in on which way."""
    row = known(house, here, year)
    form = blank(request, closes_on=row.closes_on)
    return page(request, "calls/one.html", form=form, **_context(house, here, row))


@router.post(f"{PATH}/{{year:int}}/extend")
def extend(request: Request, house: TheHouse, here: Publisher, year: int, typed: Form) -> Response:
    """Keeps the window open longer."""
    row = known(house, here, year)
    try:
        closes_on, reason = typed.date("closes_on"), typed.required("reason")
        typed.settle()
        position = commands.extend_call(house.office, here.by(typed), here.congress.id, year, closes_on, reason)
    except Refused as refused:
        return again(request, "calls/one.html", typed, refused, **_context(house, here, row))
    return done(request, position, f"{_root(here)}/{year}", _("征集期已延长，公开页已更新。"))


@router.get(f"{PATH}/{{year:int}}/wording")
def wording(request: Request, house: TheHouse, here: Publisher, year: int) -> Response:
    """The form for what the public reads."""
    row = known(house, here, year)
    form = blank(
        request,
        **{name: getattr(row, name) for name in ("title", "words", "address", "telephone", "notice_number")},
        channels=row.channels,
    )
    return page(request, "calls/wording.html", form=form, call=row, **_around(here))


@router.post(f"{PATH}/{{year:int}}/wording")
def reword(request: Request, house: TheHouse, here: Publisher, year: int, typed: Form) -> Response:
    """Puts right what the public reads."""
    row = known(house, here, year)
    try:
        position = commands.reword_call(house.office, here.by(typed), here.congress.id, year, forms.read_wording(typed))
    except Refused as refused:
        return again(request, "calls/wording.html", typed, refused, call=row, **_around(here))
    return done(request, position, f"{_root(here)}/{year}", _("公告文字已更正，公开页已更新。"))


def known(house: House, here: Place, year: int) -> CallRow:
    """Raises NotFound where the year has no call."""
    with house.reading.connect() as conn:
        row = calls.call_of(conn, here.congress.id, year)
    if row is None:
        raise NotFound(kind="call", id=str(year))
    return row


def _preview(request: Request, typed: Form, here: Place) -> Response:
    fact = forms.read_call(typed, here.congress.id)
    form = Sheet(request=request, typed=typed.data)
    preview = {
        "fact": fact,
        "days": window_days(fact.opens_on, fact.closes_on),
        "unusual": is_unusual_start(fact.opens_on),
        "paragraphs": views.paragraphs(fact.words),
        "channels": views.channel_words([channel.value for channel in fact.channels]),
    }
    return page(request, "calls/new.html", form=form, preview=preview, **_around(here))


def _around(here: Place) -> dict[str, Any]:
    return {"root": _root(here), "offered": [(channel.value, str(CHANNELS[channel])) for channel in OFFERED]}


def _context(house: House, here: Place, row: CallRow) -> dict[str, Any]:
    with house.reading.connect() as conn:
        received = calls.received_by_channel(conn, here.congress.id, row.year)
        by_house = calls.received_by_house(conn, here.congress.id, row.year)
        known_houses = houses.houses_of(conn, here.congress.id, closed=True)
    return {
        "call": views.shown(row, house.office.today()),
        "received": sum(received.values()),
        "by_channel": views.by_channel(row, received),
        "by_house": [(one, by_house.get(one.house, 0)) for one in known_houses if one.is_open or one.house in by_house],
        "paragraphs": views.paragraphs(row.words),
        "channels": views.channel_words(row.channels),
        "may_publish": here.may(Act.PUBLISH_CALL),
        "address": f"{house.settings.public_url}/{here.congress.slug}/{row.year}/call",
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/calls"


router.routes.extend(papers.router.routes)
