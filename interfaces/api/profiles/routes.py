"""Rule profiles 票决办法 of a congress: drafted, revised, adopted, printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from application import profiles as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.profile import Profile
from domain.polls.profile_check import ProfileFaults
from domain.polls.ready_made import offered_to
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.profiles.models import (
    Adopting,
    ListedProfile,
    ProfileShown,
    ReadyMade,
    RulesBody,
    TheProfile,
    adoption_shown,
    at_fields,
    rules_shown,
)
from interfaces.web.profiles import routes as pages
from interfaces.web.profiles import views
from interfaces.web.profiles.plain import in_plain_words
from projections.profile_shelf import ShelvedProfile, profiles_of

router = operations("profiles", read=Scope.PROFILES_READ, write=Scope.PROFILES_WRITE)

PATH = "/congresses/{slug}/profiles"
Keeper = Annotated[At, Depends(needing(Act.KEEP_PROFILES))]


@router.get(PATH, summary="票决办法列表")
def profiles(here: OfficeReader, paging: Paged) -> Page[ListedProfile]:
    """All of the congress, the newest first."""
    with here.house.reading.connect() as connection:
        kept = profiles_of(connection, here.congress.id)
    return paging.part(here.told, kept, lambda one: one.id, _listed)


@router.get(f"{PATH}/ready-made", summary="可以参照的票决办法")
def ready_made(here: OfficeReader, paging: Paged) -> Page[ReadyMade]:
    """Rules that hold, to start a draft from."""
    made = list(offered_to(here.congress.level).items())
    return paging.part(
        here.told, made, lambda one: one[0], lambda one: ReadyMade(name=one[0], rules=rules_shown(one[1]))
    )


@router.post(PATH, status_code=201, summary="起草票决办法")
def draft(here: Keeper, body: RulesBody) -> ProfileShown:
    """The first version."""
    by = here.by()
    profile = here.house.office.new_id(by, "profile")
    with _faults_at_fields():
        position = commands.draft_profile(here.house.office, by, here.congress.id, profile, body.value())
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/profiles/{profile}")
    return one(here, profile)


@router.get(f"{PATH}/{{profile}}", summary="一个票决办法")
def one(here: OfficeReader, profile: TheProfile) -> ProfileShown:
    """The latest version."""
    here.shows(profile)
    known = _known(here, profile)
    delegates = views.all_delegates(here.house.office, here.congress.id) or views.MADE_UP_DELEGATES
    return ProfileShown(
        id=profile,
        version=known.version,
        adoption=adoption_shown(known),
        rules=rules_shown(known.rules),
        plain=[str(line) for line in in_plain_words(known.rules, delegates)],
    )


@router.put(f"{PATH}/{{profile}}", summary="修改票决办法", description="通过以前每次修改是新的一稿；通过以后不能再改。")
def revise(here: Keeper, profile: TheProfile, body: RulesBody) -> ProfileShown:
    """The next version, where something changed."""
    _known(here, profile)
    with _faults_at_fields():
        position = commands.revise_profile(here.house.office, here.by(profile), profile, body.value())
    here.done(position)
    return one(here, profile)


@router.post(f"{PATH}/{{profile}}/adopt", summary="登记通过", description="登记会议的决定，办法就此锁定。")
def adopt(here: Keeper, profile: TheProfile, body: Adopting) -> ProfileShown:
    """The session's decision for the version that it saw."""
    _known(here, profile)
    with _faults_at_fields():
        position = commands.adopt_profile(
            here.house.office,
            here.by(profile),
            profile,
            session=body.session,
            on=body.on,
            decision=body.decision,
            version=body.version,
        )
    here.done(position)
    return one(here, profile)


@router.get(f"{PATH}/{{profile}}/profile.pdf", summary="打印票决办法", **file_of(PDF))
def printed(here: OfficeReader, profile: TheProfile) -> Response:
    """The profile on paper."""
    return pages.printed(here.house, here.place, profile)


def _known(here: At, profile: UUID) -> Profile:
    known = commands.known_profile(here.house.office, profile)
    if known.congress != here.congress.id:
        raise NotFound(kind="profile", id=str(profile))
    return known


@contextmanager
def _faults_at_fields() -> Iterator[None]:
    try:
        yield
    except ProfileFaults as faults:
        raise at_fields(faults) from None


def _listed(kept: ShelvedProfile) -> ListedProfile:
    return ListedProfile(
        id=kept.id,
        title=kept.title,
        form=kept.form,
        quota=kept.quota,
        version=kept.version,
        adopted_on=kept.adopted_on,
    )
