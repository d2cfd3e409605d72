"""What a public result is, in a few words."""

from domain.polls.places import Again
from interfaces.web._base.language import gettext as _
from projections.declared_results import PublicResult


def result_words(result: PublicResult) -> str:
    """Vote, second ballot or evaluation; or that it was void."""
    if result.is_void:
        return _("无效，没有结果")
    if result.is_evaluation:
        return _("测评")
    return _("再次票决") if result.again in (Again.TIE, Again.SHORTFALL) else _("票决")
