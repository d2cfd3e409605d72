"""What a congress looks like: its mark, public name, colour and contact line, with a preview while they are typed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.congress.look import LONGEST_CONTACT, LONGEST_PUBLIC_NAME, Colour
from domain.shared import Refused
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.congress.words import COLOURS
from projections.congress_directory import ListedCongress

router = APIRouter()

PATH = "/staff/{slug}/look"
Chooser = Annotated[Place, Depends(needing(Act.CHOOSE_LOOK))]


@router.get(PATH)
def look(request: Request, here: Chooser) -> Response:
    """The form, filled with what is in force."""
    now = here.congress
    known = {"emblem": now.emblem, "public_name": now.chosen_name, "colour": now.colour, "contact": now.contact}
    return page(request, "congress/look.html", form=blank(request, **known), **_shown(here, now))


@router.get(f"{PATH}/preview")
def preview(
    request: Request, here: Chooser, emblem: str = "", public_name: str = "", colour: str = "", contact: str = ""
) -> Response:
    """How it would look, before it is saved."""
    return page(
        request, "congress/_look.html", **_shown(here, _with(here.congress, emblem, public_name, colour, contact))
    )


@router.post(PATH)
def choose(request: Request, house: TheHouse, here: Chooser, typed: Form) -> Response:
    """From now on it looks like this."""
    said = {name: typed.text(name) for name in ("emblem", "public_name", "contact")}
    try:
        colour = typed.choice("colour", Colour)
        typed.settle()
        by = here.by(typed)
        position = commands.choose_look(house.office, by, here.congress.id, colour=colour, **said)
    except Refused as refused:
        shown = _with(here.congress, said["emblem"], said["public_name"], typed.text("colour"), said["contact"])
        return again(request, "congress/look.html", typed, refused, **_shown(here, shown))
    return done(request, position, f"/staff/{here.congress.slug}/look", _("形象已保存，页面和文件从现在起使用。"))


def _with(congress: ListedCongress, emblem: str, public_name: str, colour: str, contact: str) -> ListedCongress:
    """The congress as it would look; what cannot be drawn stays as it is."""
    return congress._replace(
        chosen_emblem="".join(emblem.split())[:4] or congress.chosen_emblem,
        chosen_name=public_name.strip()[:LONGEST_PUBLIC_NAME],
        colour=colour if colour in set(Colour) else congress.colour,
        contact=contact.strip()[:LONGEST_CONTACT],
    )


def _shown(here: Place, as_it_looks: ListedCongress) -> dict[str, Any]:
    return {
        "looks": as_it_looks,
        "colours": list(COLOURS.items()),
        "root": f"/staff/{here.congress.slug}/look",
        "longest_name": LONGEST_PUBLIC_NAME,
        "longest_contact": LONGEST_CONTACT,
    }
