"""The papers of a call: the notice, the poster, the leaflet."""

from fastapi import APIRouter, Response

from domain.proposals.call import Channel, window_days
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.call_notice import CallNotice, call_notice
from interfaces.documents.call_sheets import CallSheet, PosterSize, Spot, Way, call_leaflet, call_poster
from interfaces.documents.marks import mark_of
from interfaces.documents.written import chinese_date
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web.calls import views
from interfaces.web.calls.words import CHANNELS
from interfaces.web.roll.views import download
from projections import calls, houses
from projections.calls import CallRow
from projections.houses import HouseRow

router = APIRouter()

PATH = "/staff/{slug}/calls/{year:int}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@router.get(f"{PATH}/notice.docx")
def notice(house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The call as an official paper."""
    row, known_houses = _call(house, here, year)
    with speaking(CHINESE):
        told = CallNotice(
            congress=here.congress.name,
            title=row.title,
            number=row.notice_number,
            paragraphs=_paragraphs(row),
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            days=window_days(row.opens_on, row.closes_on),
            ways=[f"{way.name}：{way.words}" for way in _ways(row, here, house, known_houses, annexed=True)],
            houses=[(one.name, one.address, one.hours, one.telephone) for one in _by_house(row, known_houses)],
            house_word=worded("代表之家"),
            published_on=row.published_on,
        )
        return download(call_notice(told), f"{here.congress.short_name}{year}年征集公告.docx", DOCX)


@router.get(f"{PATH}/poster.pdf")
def poster(house: TheHouse, here: OfficeReader, year: int, size: str = PosterSize.A3) -> Response:
    """The poster with the code of the form, for A3 or A4."""
    chosen = PosterSize(size) if size in set(PosterSize) else PosterSize.A3
    with speaking(CHINESE):
        content = call_poster(_sheet(house, here, year), chosen)
    return download(content, f"{here.congress.short_name}{year}年征集海报-{chosen.upper()}.pdf", PDF)


@router.get(f"{PATH}/leaflet.pdf")
def leaflet(house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The leaflet, folded twice."""
    with speaking(CHINESE):
        content = call_leaflet(_sheet(house, here, year))
    return download(content, f"{here.congress.short_name}{year}年征集折页.pdf", PDF)


def _call(house: House, here: Place, year: int) -> tuple[CallRow, list[HouseRow]]:
    with house.reading.connect() as conn:
        row = calls.call_of(conn, here.congress.id, year)
        known_houses = houses.houses_of(conn, here.congress.id)
    if row is None:
        raise NotFound(kind="call", id=str(year))
    return row, known_houses


def _sheet(house: House, here: Place, year: int) -> CallSheet:
    row, known_houses = _call(house, here, year)
    address = f"{house.settings.public_url}/{here.congress.slug}/{year}"
    return CallSheet(
        congress=here.congress.public_name,
        mark=mark_of(here.congress.emblem, here.congress.colour),
        year=year,
        decision=worded("人大代表票决"),
        counting=worded("无记名投票，按票决办法计票。"),
        opens=chinese_date(row.opens_on),
        closes=_until(row),
        days=window_days(row.opens_on, row.closes_on),
        form=f"{address}/propose?via=qr",
        page=f"{address}/call",
        ways=_ways(row, here, house, known_houses),
        paragraphs=_paragraphs(row),
        houses=[Spot(name=one.name, address=one.address, hours=one.hours) for one in _by_house(row, known_houses)],
        house_word=worded("代表之家"),
        telephone=row.telephone,
        address=row.address,
    )


def _until(row: CallRow) -> str:
    """Without the year where it is the same."""
    last = chinese_date(row.closes_on)
    return last.partition("年")[2] if row.closes_on.year == row.opens_on.year else last


def _paragraphs(row: CallRow) -> list[tuple[str, bool]]:
    return [(one.words, one.heading) for one in views.paragraphs(row.words)]


def _by_house(row: CallRow, known_houses: list[HouseRow]) -> list[HouseRow]:
    return known_houses if Channel.HOUSE in row.channels else []


def _some(names: list[str], most: int = 4) -> str:
    """The first few names, and how many there are."""
    more = f"等{len(names)}处" if len(names) > most else ""
    return "、".join(names[:most]) + more


def _ways(row: CallRow, here: Place, house: House, known_houses: list[HouseRow], *, annexed: bool = False) -> list[Way]:
    """How each offered channel goes; one of which nothing is known is left out."""
    page = f"{house.settings.public_url}/{here.congress.slug}/{row.year}/call"
    names = _some([one.name for one in known_houses])
    at_houses = "见附件，到场当面提，或者扫门口的二维码。" if annexed else f"{names}；到场当面提，或者扫门口的二维码。"
    said = {
        Channel.WEB: f"打开 {page.partition('://')[2]}",
        Channel.QR: "用手机扫海报和折页上的二维码。",
        Channel.HOUSE: at_houses if known_houses else "",
        Channel.PAPER: f"填写建议表，交到{row.address}。" if row.address else "",
        Channel.TELEPHONE: row.telephone,
        Channel.LETTER: f"寄到{row.address}，信封注明“民生实事建议”。" if row.address else "",
        Channel.MEETING: worded("在座谈会、代表接待日当面提出。"),
        Channel.VISIT: worded("代表走访时，当面告诉代表。"),
    }
    offered = [Channel(name) for name in row.channels]
    return [Way(name=str(CHANNELS[channel]), words=said[channel]) for channel in offered if said.get(channel)]
