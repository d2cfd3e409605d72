"""The surplus of candidates 差额 in words, always with what it is measured against (rule 10)."""

from domain.polls.rules import RuleProfile, surplus_rate
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import percent


def surplus_percent(rules: RuleProfile, candidates: int) -> str:
    """20%; empty for an open quota, which has no surplus."""
    rate = surplus_rate(rules, candidates)
    return "" if rate is None else percent(rate * 100)


def surplus_reckoning(rules: RuleProfile, candidates: int) -> str:
    """候选12项，应选10项；(12−10)÷10."""
    return _(
        "候选%(candidates)s项，应选%(quota)s项；(%(candidates)s−%(quota)s)÷%(quota)s",
        candidates=candidates,
        quota=rules.quota,
    )


def surplus_warning(rules: RuleProfile, candidates: int) -> str:
    """What is unusual about the number of candidates, or nothing."""
    rate = surplus_rate(rules, candidates)
    if rate is None:
        return ""
    if rate <= 0:
        return _("候选%(candidates)s项，应选%(quota)s项，没有差额。", candidates=candidates, quota=rules.quota)
    if rate >= rules.min_surplus_rate:
        return ""
    return _(
        "差额率%(rate)s，低于办法规定的%(least)s（%(reckoning)s）。",
        rate=percent(rate * 100),
        least=percent(rules.min_surplus_rate * 100),
        reckoning=surplus_reckoning(rules, candidates),
    )
