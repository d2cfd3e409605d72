"""What a delegate's phone shows of the candidates."""

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.projects.project import Project, Stage
from interfaces.public.projects.views import people
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, number, rounded

MOST_STARS = 5


class ListedCard(NamedTuple):
    """A card of the list."""

    project: UUID
    number: int
    state: Project


def stars(state: Project, of: list[Project]) -> int:
    """The support index 民意指数 as one to five stars: supporters against the best supported of the list.

    Shown with the numbers beside it; a candidate nobody supported has no star.
    """
    best = max((project.card.supporters for project in of), default=0)
    if best == 0 or state.card.supporters == 0:
        return 0
    return max(1, -(-state.card.supporters * MOST_STARS // best))


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


def comparison(chosen: list[ListedCard]) -> list[tuple[str, list[str]]]:
    """Rows of a comparison: label and a text for each card."""
    return [
        (_("建设内容与规模"), [one.state.card.content for one in chosen]),
        (_("总投资"), [money(one.state.card.total_funds) for one in chosen]),
        (_("受益人数"), [people(one.state.card.beneficiary_count) for one in chosen]),
        (_("人均投资"), [money(cost_per_person(one.state)) for one in chosen]),
        (_("民意支持"), [_("%(n)s 人", n=number(one.state.card.supporters)) for one in chosen]),
        (_("完成时间"), [day(one.state.card.finishes_on) for one in chosen]),
        (_("牵头单位"), [one.state.card.lead_unit_name for one in chosen]),
        (_("风险"), [one.state.card.risks or "–" for one in chosen]),
    ]
