"""What the pages about screening share."""

from typing import Annotated, Any

from fastapi import Depends, Request

from application.proposals.screening import Findings, rules_of
from domain.accounts.permissions import Act
from domain.proposals.screening import READY_MADE, Screening
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.forms import Typed

Screener = Annotated[Place, Depends(needing(Act.SCREEN))]


def found_by(typed: Typed) -> Findings:
    """What was ticked: a line of the positive list that is not ticked is not met."""
    met = set(typed.texts("met"))
    unmet = tuple(code for code in typed.texts("asked") if code not in met)
    return Findings(hits=tuple(typed.texts("hits")), unmet=unmet, note=typed.text("note"))


def lists_of(house: House, here: Place) -> dict[str, Any]:
    """Both lists in force, with their version."""
    adopted = rules_of(house.office, here.congress.id)
    rules = adopted.rules if adopted else READY_MADE
    return {"rules": rules, "version": adopted.version if adopted else 0}


def values_of(screening: Screening | None, lists: dict[str, Any]) -> dict[str, object]:
    """What stands in the tick sheet: as it was found, else every good line ticked and no bad one."""
    unmet = {line.code for line in screening.unmet} if screening else set()
    return {
        "met": [line.code for line in lists["rules"].positive if line.code not in unmet],
        "hits": [line.code for line in screening.hits] if screening else [],
        "note": screening.note if screening else "",
    }


def area_root(request: Request, here: Place) -> str:
    """The congress's address in the area of this request, e.g. `/unit/qc`."""
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}"
