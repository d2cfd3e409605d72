"""Sentences about working days."""

from typing import Final

from domain.congress.working_days import DayMarksTakenBack, DaysMarked
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import span
from interfaces.web.audit.telling_polls import Told
from interfaces.web.audit.values import value_words

WORKING_DAYS: Final[dict[type, Told]] = {
    DaysMarked: lambda f, n: _(
        "把%(span)s标记为%(kind)s：%(name)s。",
        span=span(f.starts_on, f.ends_on),
        kind=value_words("kind", f.kind, n),
        name=f.name,
    ),
    DayMarksTakenBack: lambda f, _n: _("撤销%(span)s的工作日历标记。", span=span(f.starts_on, f.ends_on)),
}
