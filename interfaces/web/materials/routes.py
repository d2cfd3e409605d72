"""Materials for the delegates of a session: sent, replaced, withdrawn; who has read them, and who is reminded."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import materials as commands
from application.materials import Written
from application.private.files import file_at
from domain.accounts.permissions import Act
from domain.files import Attached
from domain.projects.project import Stage
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.uploads.limits import DOCUMENT_BYTES
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.papers import keeping, sent_along
from interfaces.web.materials import reading
from projections import candidate_board, materials, roll, year_rail
from projections.congress_register import sessions_of
from projections.materials import MaterialRow

router = APIRouter()

PATH = "/staff/{slug}/materials"
ONE = f"{PATH}/{{material}}"
Sender = Annotated[Place, Depends(needing(Act.SEND_MATERIALS))]

_MEGABYTE = 1024 * 1024


@router.get(PATH)
def shelf(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """Everything that was sent, with how many have read it; the candidates' cards first."""
    year = listed_year(house, here)
    with house.reading.connect() as conn:
        found = materials.materials_of(conn, here.congress.id)
        readers = reading.of_all(conn, here.congress.id, found)
        titles = {one.id: one.title for one in sessions_of(conn, here.congress.id)}
    return page(
        request,
        "materials/list.html",
        materials=found,
        readers=readers,
        titles=titles,
        cards=reading.of_cards(house, here, year),
        year=year,
        **_may(here),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Sender) -> Response:
    """The form for one more."""
    context = _form_context(house, here)
    form = blank(request, session=context["sessions"][0][0] if context["sessions"] else "", to="all")
    return page(request, "materials/new.html", form=form, **context)


@router.post(f"{PATH}/new")
def send(request: Request, house: TheHouse, here: Sender, typed: Form) -> Response:
    """Sends a material."""
    by = here.by(typed)
    material = house.office.new_id(by, "material")
    try:
        session, chosen, _title = typed.id("session"), _addressed(typed), typed.required("title")
        typed.settle()
        with keeping(house, by, here.congress.id, sent_along(typed, "document"), "file") as file:
            position = commands.send_material(
                house.office, by, here.congress.id, session, material, _written(typed, file), chosen
            )
    except Refused as refused:
        return again(request, "materials/new.html", typed, refused, **_form_context(house, here))
    return done(request, position, _address(here, material), _("材料已发给代表。"))


@router.get(f"{PATH}/cards")
def cards(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """Who has read all cards of the published list."""
    return page(request, "materials/cards.html", **_cards_context(house, here, year or listed_year(house, here)))


@router.post(f"{PATH}/cards/remind")
def remind_of_cards(request: Request, house: TheHouse, here: Sender, typed: Form) -> Response:
    """Reminds those who have not read all cards."""
    year = typed.integer("year")
    try:
        typed.settle()
        position = commands.remind_of_cards(house.office, here.by(typed), here.congress.id, year)
    except Refused as refused:
        return again(request, "materials/cards.html", typed, refused, **_cards_context(house, here, year))
    return done(request, position, f"{_root(here)}/cards?year={year}", _("已提醒，代表登录后会看到。"))


@router.get(f"{PATH}/cards/unread")
def unread_cards(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """Who has not read all cards, to be printed."""
    chosen = year or listed_year(house, here)
    title = _("%(year)s 年候选项目卡片", year=chosen)
    back = f"{_root(here)}/cards?year={chosen}"
    readers = _card_readers(house, here, chosen)
    return page(request, "materials/unread.html", subject=title, back=back, readers=readers)


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, material: UUID) -> Response:
    """One material with its readers and earlier editions."""
    context = _context(house, here, material)
    latest = context["material"].latest
    return page(request, "materials/one.html", form=blank(request, title=latest.title, words=latest.words), **context)


@router.get(f"{ONE}/unread")
def unread(request: Request, house: TheHouse, here: OfficeReader, material: UUID) -> Response:
    """Who has not read it, to be printed."""
    context = _context(house, here, material)
    title, back = context["material"].latest.title, _address(here, material)
    return page(request, "materials/unread.html", subject=title, back=back, readers=context["readers"])


@router.get(f"{ONE}/{{edition}}/file")
def file(house: TheHouse, here: OfficeReader, material: UUID, edition: int) -> Response:
    """The file of an edition, also of an earlier one."""
    known_material(house, here, material)
    return edition_file(house, material, edition)


@router.post(f"{ONE}/replace")
def replace(request: Request, house: TheHouse, here: Sender, material: UUID, typed: Form) -> Response:
    """Sends a better edition."""
    by = here.by(typed)
    known_material(house, here, material)
    try:
        _title, reason = typed.required("title"), typed.required("reason")
        typed.settle()
        with keeping(house, by, here.congress.id, sent_along(typed, "document"), "file") as file:
            position = commands.replace_material(house.office, by, material, _written(typed, file), reason)
    except Refused as refused:
        return again(request, "materials/one.html", typed, refused, **_context(house, here, material))
    return done(request, position, _address(here, material), _("已发出新版，代表需要重新阅读。"))


@router.post(f"{ONE}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Sender, material: UUID, typed: Form) -> Response:
    """Takes it back."""
    known_material(house, here, material)
    try:
        reason = typed.required("withdrawn_because")
        typed.settle()
        position = commands.withdraw_material(house.office, here.by(typed), material, reason)
    except Refused as refused:
        return again(request, "materials/one.html", typed, refused, **_context(house, here, material))
    return done(request, position, _address(here, material), _("材料已撤回。"))


@router.post(f"{ONE}/remind")
def remind(request: Request, house: TheHouse, here: Sender, material: UUID, typed: Form) -> Response:
    """Reminds those who have not read it."""
    known_material(house, here, material)
    try:
        position = commands.remind_of_material(house.office, here.by(typed), material)
    except Refused as refused:
        return again(request, "materials/one.html", typed, refused, **_context(house, here, material))
    return done(request, position, _address(here, material), _("已提醒，代表登录后会看到。"))


def known_material(house: House, here: Place, material: UUID) -> MaterialRow:
    """A material of this congress. Raises NotFound."""
    with house.reading.connect() as conn:
        row = materials.material_at(conn, material)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="material", id=str(material))
    return row


def edition_file(house: House, material: UUID, edition: int) -> Response:
    """The file of one edition. Raises NotFound."""
    with house.reading.connect() as conn:
        found = next((one for one in materials.editions_of(conn, material) if one.edition == edition), None)
    kept = file_at(house.private, found.file.file) if found and found.file else None
    if kept is None:
        raise NotFound(kind="file", id=str(material))
    return file_response(kept)


def listed_year(house: House, here: Place) -> int:
    """The newest year with a published list, else the newest there is."""
    with house.reading.connect() as conn:
        years = year_rail.years(conn, here.congress.id)
        listed = [year for year in years if (rail := year_rail.rail(conn, here.congress.id, year)) and rail.listed]
    return listed[0] if listed else (years[0] if years else house.office.today().year)


def _written(typed: Typed, file: Attached | None) -> Written:
    return Written(title=typed.text("title"), words=typed.text("words"), file=file)


def _addressed(typed: Typed) -> list[str]:
    """The delegations it goes to; none: all."""
    chosen = typed.texts("delegations")
    if typed.text("to") == "some" and not chosen:
        typed.wrong("delegations", "no_delegation")
    return chosen if typed.text("to") == "some" else []


def _form_context(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        sessions = [(str(one.id), one.title) for one in sessions_of(conn, here.congress.id)]
        delegations = roll.delegations_of(conn, here.congress.id)
    return {
        "sessions": sessions,
        "delegations": [(one.name, _("%(name)s（%(n)s 人）", name=one.name, n=one.delegates)) for one in delegations],
        "most_mb": _most_megabytes(house),
    }


def _most_megabytes(house: House) -> int:
    """A form holds a little more than its file."""
    return min(DOCUMENT_BYTES, house.settings.max_body_bytes - _MEGABYTE) // _MEGABYTE


def _context(house: House, here: Place, material: UUID) -> dict[str, Any]:
    row = known_material(house, here, material)
    with house.reading.connect() as conn:
        readers = reading.of_material(conn, row)
        editions = materials.editions_of(conn, material)
        title = next((one.title for one in sessions_of(conn, here.congress.id) if one.id == row.session), "")
    return {
        "material": row,
        "readers": readers,
        "editions": editions,
        "session_title": title,
        "address": _address(here, material),
        "most_mb": _most_megabytes(house),
        "may_be_reminded": readers.may_be_reminded(house.office.today()) and not row.is_withdrawn,
        **_may(here),
    }


def _cards_context(house: House, here: Place, year: int) -> dict[str, Any]:
    readers = _card_readers(house, here, year)
    with house.reading.connect() as conn:
        candidates = candidate_board.candidates_of(conn, here.congress.id, year)
    # Once the vote has decided, delegates are not asked to read on: a reminder would reach nobody.
    undecided = any(one.stage == Stage.LISTED for one in candidates)
    may_be_reminded = undecided and readers.may_be_reminded(house.office.today())
    return {"year": year, "readers": readers, "may_be_reminded": may_be_reminded, **_may(here)}


def _card_readers(house: House, here: Place, year: int) -> reading.Readership:
    found = reading.of_cards(house, here, year)
    if found is None:
        raise NotFound(kind="candidate_list", id=str(year))
    return found


def _may(here: Place) -> dict[str, Any]:
    return {"may_send": here.may(Act.SEND_MATERIALS), "root": _root(here)}


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/materials"


def _address(here: Place, material: UUID) -> str:
    return f"{_root(here)}/{material}"
