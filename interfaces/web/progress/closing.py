"""The end of a project: acceptance, how it ended its year, the look-backs of three years."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import closing as commands
from application.implementation.closing import Inspected, LookedAt
from application.implementation.reports import erase_photo
from application.office import By
from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects import closing as rules
from domain.projects import implementation
from domain.projects.closing import LOOK_BACKS, look_back_dues
from domain.projects.implementation import implementation_stream
from domain.projects.reporting import MOST_PHOTOS
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.uploads import limits
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.papers import keeping, paper_response, sent_along
from interfaces.web.progress import views
from interfaces.web.progress.desk import Checker, Keeper, file_context, known_row, measure_of
from interfaces.web.progress.photos import Photos, kept_photos, photo_response, photos_of
from interfaces.web.progress.words import COMPLETION_KINDS, COMPLETIONS

router = APIRouter()

PATH = "/staff/{slug}/implementation/{project}/closing"
_PAGE, _LOOK_BACK = "progress/closing.html", "progress/look_back.html"


@router.get(PATH)
def closing(request: Request, house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """Acceptance, completion and look-backs of one project."""
    context = _context(request, house, here, project)
    suggested, ended = context["suggested"], context["row"].completion
    known = {"on": context["today"].isoformat(), "completion": suggested.value if suggested else ""}
    if ended is not None:
        known |= {"completion": ended.completion.value, "completion_words": ended.words}
    return page(request, _PAGE, form=blank(request, carried_to=context["row"].year + 1, **known), **context)


@router.post(f"{PATH}/accept")
def accept(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """Records the acceptance."""
    by = here.by(typed)

    def act(by: By) -> int:
        on, body = typed.date("on"), typed.required("body")
        typed.settle()
        with keeping(house, by, here.congress.id, sent_along(typed, "document"), "acceptance") as paper:
            documents: tuple[Attached, ...] = (paper,) if paper else ()
            number, words = typed.text("number"), typed.text("words")
            inspected = Inspected(on=on, body=body, number=number, words=words, documents=documents)
            return commands.accept_project(house.office, by, project, inspected)

    return _done(request, house, here, project, typed, lambda: act(by), _("已登记验收。"))


@router.post(f"{PATH}/undo")
def undo(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """The acceptance does not hold."""
    by = here.by(typed)

    def act() -> int:
        reason = typed.required("reason")
        typed.settle()
        return commands.undo_acceptance(house.office, by, project, reason)

    return _done(request, house, here, project, typed, act, _("已撤销验收。"))


@router.post(f"{PATH}/completion")
def complete(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """Records how the project ended its year."""
    by = here.by(typed)

    def act() -> int:
        completion = typed.choice("completion", Completion)
        carried = completion is Completion.CARRIED_OVER and typed.text("carried_to")
        carried_to = typed.integer("carried_to") if carried else None
        typed.settle()
        words = typed.text("completion_words")
        return commands.record_completion(house.office, by, project, completion, words, carried_to)

    return _done(request, house, here, project, typed, act, _("完成情况已登记。"))


@router.get(f"{PATH}/paper")
def paper(house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """The document of the acceptance."""
    return accepted_paper(house, here, project)


def accepted_paper(house: House, here: Place, project: UUID) -> Response:
    """The document as it was sent along. Raises NotFound where there is none or it was erased."""
    accepted = known_row(house, here, project).accepted
    return paper_response(house, here, accepted.documents[0] if accepted and accepted.documents else None)


@router.get(f"{PATH}/look-back")
def looking(request: Request, house: TheHouse, here: Keeper, project: UUID) -> Response:
    """The form for the look-back that comes next."""
    context = _look_back_context(request, house, here, project)
    form = blank(request, on=context["today"].isoformat(), in_use="yes")
    return page(request, _LOOK_BACK, form=form, held=[], **context)


@router.post(f"{PATH}/look-back")
def look_back(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """Records it with its photos."""
    context = _look_back_context(request, house, here, project)
    photos = photos_of(house, here, typed)
    by = here.by(typed)
    made = house.office.new_id(by, "look-back")
    try:
        nth, looked = typed.integer("nth"), _looked(house, here, typed, photos)
        position = commands.look_back(house.office, by, project, made, nth, looked)
    except Refused as refused:
        return again(request, _LOOK_BACK, typed, refused, held=photos.held, **context)
    return done(request, position, f"{context['address']}/closing", _("回头看已登记。"))


@router.get(f"{PATH}/photos/{{file}}")
def photo(house: TheHouse, here: OfficeReader, project: UUID, file: UUID) -> Response:
    """A photo of a look-back."""
    row = known_row(house, here, project)
    return photo_response(house, [one for back in row.look_backs for one in back.photos], file)


@router.post(f"{PATH}/photos/{{file}}/erase")
def erase(request: Request, house: TheHouse, here: Checker, project: UUID, file: UUID, typed: Form) -> Response:
    """Erases a photo of a look-back, here and on the public page."""
    photo(house, here, project, file)
    by = here.by(typed)

    def act() -> int:
        reason = typed.required(f"photo_reason_{file}")
        typed.settle()
        return erase_photo(house.office, house.private, by, project, file, reason)

    return _done(request, house, here, project, typed, act, _("照片已删除。"))


def _looked(house: House, here: Place, typed: Typed, photos: Photos) -> LookedAt:
    """What was typed. Raises WrongFields or WrongPhotos."""
    on, in_use, findings = typed.date("on"), typed.required("in_use") == "yes", typed.required("findings")
    photos.settle(typed)
    kept = kept_photos(house, here, photos)
    return LookedAt(on=on, in_use=in_use, findings=findings, measures=typed.text("measures"), photos=kept)


def _done(
    request: Request, house: House, here: Place, project: UUID, typed: Typed, act: Callable[[], int], say: str
) -> Response:
    known_row(house, here, project)
    try:
        position = act()
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(request, house, here, project))
    return done(request, position, f"/staff/{here.congress.slug}/implementation/{project}/closing", say)


def _context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    row = known_row(house, here, project)
    one = views.shown(row, measure_of(house, here))
    state = house.office.state_of(implementation_stream(project), implementation.evolve)
    finished = views.finished_on(row)
    return {
        **file_context(request, here, one),
        "suggested": rules.suggested_completion(state) if state and state.plan else None,
        "completions": COMPLETIONS,
        "completion_kinds": COMPLETION_KINDS,
        "dues": list(enumerate(look_back_dues(finished), 1)) if finished else [],
        "done_backs": {back.nth: back for back in row.look_backs},
        "look_backs": LOOK_BACKS,
    }


def _look_back_context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    context = _context(request, house, here, project)
    if context["one"].look_back is None:
        raise NotFound(kind="look_back", id=str(project))
    most = {"photos": MOST_PHOTOS, "photo_mb": limits.PHOTO_BYTES // 1024 // 1024}
    return {**context, "most": most}
