"""Preparing an evaluation 测评 of a year's adopted projects."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import evaluations as commands
from domain.accounts.permissions import Act
from domain.congress.roll import Roll
from domain.polls.rules import Form as BallotKind
from domain.projects import voted_list as voted_lists
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.giving import giving, known, offered
from interfaces.web.polls.names import label, matching, roll_of
from interfaces.web.polls.sets import session_here
from projections import voted_list
from projections.profile_shelf import adopted_profiles

router = APIRouter()

Preparer = Annotated[Place, Depends(needing(Act.PREPARE_POLL))]


@router.get("/staff/{slug}/sessions/{session}/polls/evaluation")
def new(request: Request, house: TheHouse, here: Preparer, session: UUID) -> Response:
    """The form, filled in with the newest list that can be evaluated."""
    context = _context(house, here, session)
    years = context["years"]
    filled: dict[str, Any] = {"year": years[0][0], "title": _title(years[0][0])} if years else {}
    filled |= {"profile": options[0][0]} if (options := context["profile_options"]) else {}
    return page(request, "polls/evaluation.html", form=blank(request, **filled, **known(context)), **context)


@router.post("/staff/{slug}/sessions/{session}/polls/evaluation")
def prepare(request: Request, house: TheHouse, here: Preparer, typed: Form, session: UUID) -> Response:
    """Prepares the evaluation."""
    context = _context(house, here, session)
    poll = house.office.new_id(here.by(typed), "poll")
    try:
        profile, year, title, given = typed.id("profile"), typed.integer("year"), typed.required("title"), giving(typed)
        electorate = _electorate(typed, roll_of(house.office, here.congress.id))
        typed.settle()
        position = commands.prepare_evaluation(
            house.office,
            house.box,
            here.by(typed),
            poll,
            session=session,
            year=year,
            profile=profile,
            title=title,
            electorate=electorate,
            card_set=given.card_set,
            sealing=given.sealing,
            keypad=given.keypad,
            paper_colour=given.paper_colour,
        )
    except Refused as refused:
        return again(request, "polls/evaluation.html", typed, refused, **context)
    return done(request, position, f"/staff/{here.congress.slug}/polls/{poll}", _("测评已经准备好。"))


def _electorate(typed: Typed, roll: Roll) -> list[UUID]:
    """One name or certificate number a line; nobody named: everybody."""
    found = []
    for line in typed.text("members").splitlines():
        if not line.strip():
            continue
        meant = matching(line, roll)
        if len(meant) == 1:
            found.append(meant[0])
        else:
            typed.wrong("members", "several_delegates" if meant else "no_delegate", " ".join(line.split())[:40])
    return found


def _title(year: int) -> str:
    return _("%(year)s年民生实事项目满意度测评", year=year)


def _context(house: House, here: Place, session: UUID) -> dict[str, Any]:
    convened = session_here(house, here, session)
    with house.reading.connect() as connection:
        adopted = [one for one in adopted_profiles(connection, here.congress.id) if one.form == BallotKind.GRADE]
        years = [one.year for one in voted_list.all_announced(connection, here.congress.id)]
    lists = house.office.states_of(
        [voted_lists.voted_list_stream(here.congress.id, year) for year in years], voted_lists.evolve
    )
    numbers = {
        year: len(lists[stream].projects)
        for year in years
        if (stream := voted_lists.voted_list_stream(here.congress.id, year)) in lists
    }
    return {
        "session": convened,
        "session_root": f"/staff/{here.congress.slug}/sessions/{session}",
        "profiles_root": f"/staff/{here.congress.slug}/profiles",
        "profile_options": [(one.id, one.title) for one in adopted],
        "years": [
            (year, _("%(year)s年（%(n)s项）", year=year, n=number)) for year, number in numbers.items() if number
        ],
        "people": [label(entry) for entry in roll_of(house.office, here.congress.id).entries.values()],
        **offered(house, session),
    }
