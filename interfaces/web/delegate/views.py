"""What a delegate's phone shows of the candidates."""

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.projects.project import Project, Stage
from domain.proposals.support import SupportIndex
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import rounded


class ListedCard(NamedTuple):
    """A card of the list."""

    project: UUID
    number: int
    state: Project


def support(state: Project) -> SupportIndex:
    """The support index 民意指数 as it was frozen with the list."""
    return SupportIndex(proposals=state.card.support_proposals, supporters=state.card.supporters)


def cost_per_person(state: Project) -> Decimal | None:
    """Whole yuan of the total funds for each beneficiary."""
    card = state.card
    if not card.total_funds or not card.beneficiary_count:
        return None
    return rounded(card.total_funds / card.beneficiary_count, 0)


def outcome(state: Project) -> tuple[str, str] | None:
    """What became of the candidate, once it is decided: kind of tag and words."""
    if state.stage is Stage.ADOPTED:
        return "ok", _("已列入年度清单，第 %(n)s 项", n=state.number)
    if state.stage is Stage.NOT_ADOPTED:
        return "idle", _("未列入年度清单")
    return None
