"""Preparing a poll from the published list, naming its scrutineers, cancelling it."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import preparing as commands
from application.polls.counting import erase_ended
from domain.accounts.permissions import Act
from domain.polls import profile as profiles
from domain.polls.rules import Form as BallotKind
from domain.polls.rules import RuleProfile
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.candidate_list import CandidateList
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.desk import around, poll_desk
from interfaces.web.polls.giving import giving, known, offered
from interfaces.web.polls.names import delegate_in, label, labels, roll_of
from interfaces.web.polls.sets import session_here
from interfaces.web.polls.surplus import surplus_percent, surplus_warning
from interfaces.web.polls.views import summary
from projections.profile_shelf import adopted_profiles

router = APIRouter()

Preparer = Annotated[Place, Depends(needing(Act.PREPARE_POLL))]
MOST_SCRUTINEERS = 6
"""Fields of the form beside the chief's."""


@router.get("/staff/{slug}/sessions/{session}/polls/new")
def new(request: Request, house: TheHouse, here: Preparer, session: UUID) -> Response:
    """The form, filled in from the list, the adopted profile and the spare sets."""
    context = _form_page(house, here, session)
    filled: dict[str, Any] = {"title": _("%(year)s年民生实事项目票决", year=context["session"].year)}
    filled |= {f"summary-{line.project}": context["offered"][line.project] for line in context["candidates"]}
    filled |= {"profile": options[0][0]} if (options := context["profile_options"]) else {}
    return page(request, "polls/new.html", form=blank(request, **filled, **known(context)), **context)


@router.post("/staff/{slug}/sessions/{session}/polls/new")
def prepare(request: Request, house: TheHouse, here: Preparer, typed: Form, session: UUID) -> Response:
    """Prepares the poll and binds the set to it."""
    context = _form_page(house, here, session)
    poll = house.office.new_id(here.by(typed), "poll")
    try:
        profile, title, given = typed.id("profile"), typed.required("title"), giving(typed)
        typed.settle()
        position = commands.prepare_poll(
            house.office,
            house.box,
            here.by(typed),
            poll,
            session=session,
            profile=profile,
            title=title,
            summaries={line.project: typed.text(f"summary-{line.project}") for line in context["candidates"]},
            waiver=typed.text("waiver"),
            card_set=given.card_set,
            sealing=given.sealing,
            keypad=given.keypad,
            paper_colour=given.paper_colour,
        )
    except Refused as refused:
        return again(request, "polls/new.html", typed, refused, **context)
    url = f"/staff/{here.congress.slug}/polls/{poll}"
    bound = given.card_set is not None
    return done(request, position, url, _("表决已经准备好，票卡已经绑定。") if bound else _("表决已经准备好。"))


@router.get("/staff/{slug}/polls/{poll}/scrutineers")
def scrutineers(request: Request, house: TheHouse, here: Preparer, poll: UUID) -> Response:
    """The form, with whoever is approved already."""
    desk = poll_desk(house, here, poll)
    roll = roll_of(house.office, here.congress.id)
    approved = {"chief": desk.state.chief} | {
        f"scrutineer_{place}": delegate for place, delegate in enumerate(desk.state.scrutineers, start=1)
    }
    shown = {name: label(roll.entries[delegate]) for name, delegate in approved.items() if delegate in roll.entries}
    form = blank(request, **shown)
    context = around(desk, roll) | {"people": labels(roll), "places": range(1, MOST_SCRUTINEERS + 1)}
    return page(request, "polls/scrutineers.html", form=form, **context)


@router.post("/staff/{slug}/polls/{poll}/scrutineers")
def approve(request: Request, house: TheHouse, here: Preparer, typed: Form, poll: UUID) -> Response:
    """Records whom the plenary approved."""
    desk = poll_desk(house, here, poll)
    roll = roll_of(house.office, here.congress.id)
    try:
        chief = delegate_in(typed, "chief", roll)
        fields = [f"scrutineer_{place}" for place in range(1, MOST_SCRUTINEERS + 1)]
        others = [delegate_in(typed, field, roll) for field in fields if typed.text(field)]
        typed.settle()
        position = commands.approve_scrutineers(house.office, here.by(typed), poll, chief, others)
    except Refused as refused:
        context = around(desk, roll) | {"people": labels(roll), "places": range(1, MOST_SCRUTINEERS + 1)}
        return again(request, "polls/scrutineers.html", typed, refused, **context)
    return done(request, position, desk.root, _("监票人已登记，可以登录“监票”页面。"))


@router.get("/staff/{slug}/polls/{poll}/cancel")
def cancelling(request: Request, house: TheHouse, here: Preparer, poll: UUID) -> Response:
    """What cancelling means, and the reason."""
    return page(request, "polls/cancel.html", **around(poll_desk(house, here, poll)))


@router.post("/staff/{slug}/polls/{poll}/cancel")
def cancel(request: Request, house: TheHouse, here: Preparer, typed: Form, poll: UUID) -> Response:
    """Ends the poll without a result."""
    desk = poll_desk(house, here, poll)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = commands.cancel_poll(house.office, here.by(typed), poll, reason)
        erase_ended(house.office, house.private)
    except Refused as refused:
        return again(request, "polls/cancel.html", typed, refused, **around(desk))
    return done(request, position, desk.root, _("这次表决已取消。"))


def _form_page(house: House, here: Place, session: UUID) -> dict[str, Any]:
    convened = session_here(house, here, session)
    listed = house.office.state_of(lists.list_stream(here.congress.id, convened.year), lists.evolve)
    candidates = listed.candidates if listed and listed.published else ()
    listed_projects = house.office.states_of([line.project for line in candidates], projects.evolve)
    with house.reading.connect() as connection:
        adopted = [one.id for one in adopted_profiles(connection, here.congress.id) if one.form != BallotKind.GRADE]
    rules = {id: one.rules for id, one in house.office.states_of(adopted, profiles.evolve).items()}
    return {
        "session": convened,
        "session_root": f"/staff/{here.congress.slug}/sessions/{session}",
        "projects_root": f"/staff/{here.congress.slug}/projects",
        "profiles_root": f"/staff/{here.congress.slug}/profiles",
        "at_vote": _at_vote(here, listed),
        "candidates": candidates,
        "offered": {project: summary(state.card) for project, state in listed_projects.items()},
        "profile_options": [(id, _profile_words(one, len(candidates))) for id, one in rules.items()],
        "warnings": list(_warnings(rules.values(), len(candidates))),
        **offered(house, session),
    }


def _at_vote(here: Place, listed: CandidateList | None) -> str:
    return f"/staff/{here.congress.slug}/polls/{listed.poll}" if listed and listed.published and listed.poll else ""


def _profile_words(rules: RuleProfile, candidates: int) -> str:
    if rules.quota is None:
        return _("%(title)s（不限名额）", title=rules.title)
    if not candidates:
        return _("%(title)s（应选%(n)s项）", title=rules.title, n=rules.quota)
    rate = surplus_percent(rules, candidates)
    return _("%(title)s（应选%(n)s项，差额率%(rate)s）", title=rules.title, n=rules.quota, rate=rate)


def _warnings(offered: Iterable[RuleProfile], candidates: int) -> Iterator[str]:
    """What rule 10 says of the candidates under each of the profiles that can be chosen."""
    for rules in offered:
        warning = surplus_warning(rules, candidates)
        if warning and candidates:
            yield _("按“%(title)s”：%(warning)s", title=rules.title, warning=warning)
