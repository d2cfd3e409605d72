"""A proposal's way in words, step by step, the newest first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from interfaces.web._base.language import gettext as _
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.words import DECLINE_REASONS, STATES, TRANSFERS
from projections.proposal_register import Fate, ProposalRow


class Step(NamedTuple):
    """One step as it is told."""

    on: date
    heading: str
    said: str


def way_of(row: ProposalRow, fates: Sequence[Fate], named: Mapping[UUID, ProposalRow]) -> list[Step]:
    """Every step, the newest first; it began with the receipt."""
    begun = Step(row.received_on, _("收到"), str(CHANNELS[row.channel]))
    return [*(Step(fate.at.date(), *_told(fate, named)) for fate in reversed(fates)), begun]


def _told(fate: Fate, named: Mapping[UUID, ProposalRow]) -> tuple[str, str]:
    told = fate.told
    match fate.kind:
        case "put_right":
            return _("更正"), told["reason"]
        case "shown":
            return _("公开"), ""
        case "hidden":
            return _("不再公开"), told["reason"]
        case "screened":
            return _("初筛"), _lines(told["hits"]) or _("不在负面清单之内")
        case "merged":
            return _("合并"), _joined(_titled(told["into"], named), told["reason"])
        case "took_in":
            return _("并入一件"), _titled(told["proposal"], named)
        case "let_go":
            return _("移出一件"), _titled(told["proposal"], named)
        case "transferred":
            return _("转办"), _joined(" ".join((str(TRANSFERS[told["to"]]), told["name"])).strip(), told["reason"])
        case "declined":
            return _("不采纳"), _joined(str(DECLINE_REASONS[told["reason"]]), _lines(told["rules"]), told["words"])
        case "became_candidate":
            return _("成为候选"), told["name"]
        case "reopened":
            return _("重新办理"), told["reason"]
        case "forgotten":
            return _("删除联系方式"), _("应建议人要求") if told["asked_by_proposer"] else ""
        case "photo_erased":
            return _("删除照片"), told["reason"]
    return str(STATES.get(fate.kind, fate.kind)), told.get("reason", "")


def _titled(proposal: str, named: Mapping[UUID, ProposalRow]) -> str:
    row = named.get(UUID(proposal))
    return _("%(title)s（%(code)s）", title=row.title, code=row.code) if row else ""


def _lines(lines: Sequence[Sequence[str]]) -> str:
    return _("；").join(f"{code} {name}" for code, name in lines)


def _joined(*parts: str) -> str:
    return _("。").join(part.rstrip("。") for part in parts if part)
