"""A delegate's proposal as it is typed: an own idea, or what was heard on a visit to constituents."""

from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.proposals.call import Channel
from domain.proposals.proposal import ProposalForm, ProposalReceived, Suggestion
from domain.shared import Year
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web.proposals.forms import read_suggestion

MOST_PEOPLE = 10_000


class Source(StrEnum):
    """Where the matter comes from."""

    OWN = "own"
    VISIT = "visit"


def read_own(house: House, here: Place, typed: Typed, year: int, photos: tuple[Attached, ...] = ()) -> ProposalReceived:
    """The proposal of the signed-in delegate. Raises WrongFields."""
    source = typed.choice("source", Source)
    suggestion = read_suggestion(typed)
    received_on, by_house, people = house.office.today(), None, 1
    if source is Source.VISIT:
        received_on = typed.date("visited_on")
        by_house = _house(typed)
        people = typed.integer("signatories") if typed.text("signatories") else 1
        if people > MOST_PEOPLE:
            typed.wrong("signatories", "signatories", str(MOST_PEOPLE))
        suggestion = _with_visit(suggestion, typed.text("visit_place"))
    typed.settle()
    return ProposalReceived(
        congress=here.congress.id,
        year=Year(year),
        code="",
        form=ProposalForm.PERSON,
        channel=Channel.VISIT if source is Source.VISIT else Channel.DELEGATE,
        received_on=received_on,
        suggestion=suggestion,
        signatories=people,
        photos=photos,
        delegate=here.delegate,
        house=by_house,
    )


def _house(typed: Typed) -> UUID | None:
    return typed.id("house") if typed.text("house") else None


def _with_visit(said: Suggestion, place: str) -> Suggestion:
    """Where people were met stands at the end of what they said, for whoever studies it."""
    if not place:
        return said
    visited = _("走访地点：%(place)s", place=place)
    return replace(said, content=f"{said.content}\n{visited}")
