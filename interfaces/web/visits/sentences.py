"""What refusals about guidance visits say."""

from domain.shared import Refused
from domain.supervision.visiting import FindingInWrongStage, VisitInWrongStage
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.visits.words import FINDING_STAGES, VISIT_STAGES


def _visit(refused: Refused) -> str:
    if not isinstance(refused, VisitInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这次督导现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=VISIT_STAGES[refused.stage])


def _finding(refused: Refused) -> str:
    if not isinstance(refused, FindingInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这条督导意见现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=FINDING_STAGES[refused.stage])


SENTENCES = {
    "VisitedNotBelow": lazy("%(congress)s不是本级的下级，不能安排督导。"),
    "VisitInWrongStage": _visit,
    "FindingInWrongStage": _finding,
}

FIELDS = {
    "visited": lazy("督导对象"),
    "members": lazy("督导组"),
    "report": lazy("督导情况"),
}

KINDS = {
    "visit": lazy("这次督导"),
    "visit_finding": lazy("这条督导意见"),
}
