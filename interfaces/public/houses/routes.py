"""The page behind the QR code on the door of a delegates' house."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from domain.proposals.call import Channel
from domain.shared import NotFound, normal_code
from interfaces.public.kept import is_large, keep
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.language import speak_of
from interfaces.web._base.pages import render
from projections import calls, houses
from projections.congress_directory import congresses_named

router = APIRouter()

LONGEST_CODE = 40


@router.get("/h/{code}")
def show(request: Request, house: TheHouse, code: str) -> Response:
    """Where the house is, when somebody is there, and the way to propose."""
    normal = normal_code(code[:LONGEST_CODE])
    today = house.office.today()
    with house.reading.connect() as conn:
        one = houses.house_by_code(conn, normal)
        found = congresses_named(conn, [one.congress]) if one else []
        if one is None or not found:
            raise NotFound(kind="house", id=code[:LONGEST_CODE])
        call = calls.current_call(conn, one.congress, today)
        others = [other for other in houses.houses_of(conn, one.congress) if other.house != one.house]
    if normal != code:
        return RedirectResponse(f"/h/{normal}", status_code=308)
    congress = found[0]
    speak_of(congress.level)
    html = render(
        "houses_public/house.html",
        large=is_large(request),
        one=one,
        congress=congress,
        call=call,
        days_left=call.days_left(today) if call else 0,
        takes=call is not None and Channel.HOUSE in call.channels,
        number="".join(character for character in one.telephone if character in "0123456789-+").strip("-")[:20],
        others=others,
    )
    return keep(request, HTMLResponse(html), of=congress.id)
