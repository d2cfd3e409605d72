"""The pages of rule profiles 票决办法: list, form with preview, trial count, adoption, print."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import profiles as commands
from application.office import Office
from domain.accounts.permissions import Act
from domain.congress import session as sessions
from domain.polls.profile import Profile
from domain.polls.ready_made import READY_MADE, offered_to
from domain.polls.rules import Form as BallotKind
from domain.polls.rules import RuleProfile
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.documents.profile_sheet import profile_sheet
from interfaces.web._base.asking import Here, OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Sheet, Typed, blank
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.downloads import pdf
from interfaces.web.polls.names import sessions_of
from interfaces.web.profiles import forms, views, words
from interfaces.web.profiles.plain import in_plain_words
from projections.profile_shelf import profiles_of

router = APIRouter()

Keeper = Annotated[Place, Depends(needing(Act.KEEP_PROFILES))]


@router.get("/staff/{slug}/profiles")
def shelf(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """The profiles of the congress, and the ready-made ones to start from."""
    with house.reading.connect() as connection:
        kept = profiles_of(connection, here.congress.id)
    return page(
        request,
        "profiles/list.html",
        profiles=kept,
        ready_made=list(offered_to(here.congress.level).items()),
        form_words=words.SHORT_FORMS,
        keeper=here.may(Act.KEEP_PROFILES),
        root=_root(here),
    )


@router.get("/staff/{slug}/profiles/new")
def new(request: Request, house: TheHouse, here: Keeper) -> Response:
    """The form, filled in from a ready-made profile or one of the congress's own."""
    source = request.query_params.get("from", next(iter(offered_to(here.congress.level))))
    rules = READY_MADE.get(source) or _own(house, here, source).rules
    form = blank(request, **forms.values_of(rules))
    return page(request, "profiles/form.html", form=form, **_around_form(house, here, _new_url(here, rules), rules))


@router.post("/staff/{slug}/profiles/new")
def draft(request: Request, house: TheHouse, here: Here, typed: Form) -> Response:
    """Keeps the first version, or shows what it comes to."""
    evaluation = request.query_params.get("kind") == "evaluation"
    url = f"{_root(here)}/new" + ("?kind=evaluation" if evaluation else "")
    try:
        rules = forms.rules_of(typed, evaluation=evaluation)
        if typed.ticked("preview"):
            return _previewed(request, house, here, typed, url, rules)
        profile = house.office.new_id(here.by(typed), "profile")
        position = commands.draft_profile(house.office, here.by(typed), here.congress.id, profile, rules)
    except Refused as refused:
        around = _around_form(house, here, url, evaluation=evaluation)
        return again(request, "profiles/form.html", typed, forms.at_fields(refused), **around)
    return done(request, position, f"{_root(here)}/{profile}", _("票决办法已保存。"))


@router.get("/staff/{slug}/profiles/{profile}")
def one(request: Request, house: TheHouse, here: OfficeReader, profile: UUID) -> Response:
    """What the profile means here, a trial count, and its adoption."""
    known = _known(house, here, profile)
    form = blank(request, on=house.office.today(), version=known.version)
    return page(request, "profiles/one.html", form=form, **_around(request, house, here, profile, known))


@router.get("/staff/{slug}/profiles/{profile}/edit")
def edit(request: Request, house: TheHouse, here: Keeper, profile: UUID) -> Response:
    """The form of a draft."""
    known = _known(house, here, profile)
    url = f"{_root(here)}/{profile}/edit"
    form = blank(request, **forms.values_of(known.rules))
    return page(request, "profiles/form.html", form=form, **_around_form(house, here, url, known.rules))


@router.post("/staff/{slug}/profiles/{profile}/edit")
def revise(request: Request, house: TheHouse, here: Here, typed: Form, profile: UUID) -> Response:
    """Keeps the next version, or shows what it comes to."""
    known = _known(house, here, profile)
    url = f"{_root(here)}/{profile}/edit"
    evaluation = known.rules.evaluation is not None
    try:
        rules = forms.rules_of(typed, evaluation=evaluation)
        if typed.ticked("preview"):
            return _previewed(request, house, here, typed, url, rules)
        position = commands.revise_profile(house.office, here.by(typed), profile, rules)
    except Refused as refused:
        around = _around_form(house, here, url, evaluation=evaluation)
        return again(request, "profiles/form.html", typed, forms.at_fields(refused), **around)
    return done(request, position, f"{_root(here)}/{profile}", _("票决办法已保存。"))


@router.post("/staff/{slug}/profiles/{profile}/adopt")
def adopt(request: Request, house: TheHouse, here: Here, typed: Form, profile: UUID) -> Response:
    """Records the session's decision."""
    known = _known(house, here, profile)
    try:
        session, on, decision = typed.id("session"), typed.date("on"), typed.required("decision")
        version = typed.integer("version")
        typed.settle()
        position = commands.adopt_profile(
            house.office, here.by(typed), profile, session=session, on=on, decision=decision, version=version
        )
    except Refused as refused:
        return again(request, "profiles/one.html", typed, refused, **_around(request, house, here, profile, known))
    return done(request, position, f"{_root(here)}/{profile}", _("已登记通过，办法就此锁定。"))


@router.get("/staff/{slug}/profiles/{profile}/profile.pdf")
def printed(house: TheHouse, here: OfficeReader, profile: UUID) -> Response:
    """The profile on paper, which is an official paper and therefore in Chinese."""
    known = _known(house, here, profile)
    session = house.office.state_of(known.adoption.session, sessions.evolve) if known.adoption else None
    with speaking(CHINESE):
        made = views.sheet(
            known,
            congress=here.congress.name,
            session=session.title if session else "",
            delegates=_example(house.office, here.congress.id),
        )
    return pdf(profile_sheet(made), f"{known.rules.title}.pdf")


def _previewed(request: Request, house: House, here: Place, typed: Typed, url: str, rules: RuleProfile) -> Response:
    form = Sheet(request=request, typed=typed.data)
    return page(request, "profiles/form.html", form=form, **_around_form(house, here, url, rules))


def _around_form(
    house: House, here: Place, url: str, rules: RuleProfile | None = None, *, evaluation: bool = False
) -> dict[str, Any]:
    """What surrounds the form; without rules that hold there is nothing to preview."""
    delegates = _example(house.office, here.congress.id)
    return {
        "url": url,
        "root": _root(here),
        "words": words,
        "rows": range(forms.ROWS),
        "evaluation": evaluation if rules is None else rules.evaluation is not None,
        "delegates": delegates,
        "on_roll": views.all_delegates(house.office, here.congress.id),
        "preview": in_plain_words(rules, delegates) if rules else (),
        "trial": views.trial(rules, delegates, None, None) if rules else None,
    }


def _around(request: Request, house: House, here: Place, profile: UUID, known: Profile) -> dict[str, Any]:
    delegates = _example(house.office, here.congress.id)
    asked = request.query_params
    candidates = forms.whole_number(asked.get("candidates"), 0, views.MOST_CANDIDATES)
    attending = forms.whole_number(asked.get("attending"), 0, views.MOST_DELEGATES)
    open_sessions = sessions_of(house.office, here.congress.id)
    return {
        "profile_id": profile,
        "profile": known,
        "root": _root(here),
        "url": f"{_root(here)}/{profile}",
        "delegates": delegates,
        "on_roll": views.all_delegates(house.office, here.congress.id),
        "plain": in_plain_words(known.rules, delegates),
        "fields": views.fields(known.rules),
        "trial": views.trial(known.rules, delegates, candidates or None, attending or None),
        "sessions": open_sessions,
        "session_title": dict(open_sessions).get(known.adoption.session, "") if known.adoption else "",
        "keeper": here.may(Act.KEEP_PROFILES),
        "is_vote": known.rules.form is not BallotKind.GRADE,
    }


def _example(office: Office, congress: UUID) -> int:
    return views.all_delegates(office, congress) or views.MADE_UP_DELEGATES


def _known(house: House, here: Place, profile: UUID) -> Profile:
    known = commands.known_profile(house.office, profile)
    if known.congress != here.congress.id:
        raise NotFound(kind="profile", id=str(profile))
    return known


def _own(house: House, here: Place, source: str) -> Profile:
    try:
        return _known(house, here, UUID(source))
    except ValueError:
        raise NotFound(kind="profile", id=source[:40]) from None


def _new_url(here: Place, rules: RuleProfile) -> str:
    return f"{_root(here)}/new" + ("?kind=evaluation" if rules.evaluation is not None else "")


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/profiles"
