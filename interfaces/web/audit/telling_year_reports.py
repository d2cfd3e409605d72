"""Sentences about reports to the level above."""

from typing import Final

from domain.congress.year_report import YearReportSubmitted, YearReportTakenBack, YearReportWritten
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.audit.telling_polls import Told, with_reason

YEAR_REPORTS: Final[dict[type, Told]] = {
    YearReportWritten: lambda f, _n: _("写成“%(title)s”，%(n)s 个部分。", title=f.title, n=len(f.parts)),
    YearReportSubmitted: lambda f, _n: _(
        "向%(to)s报送报告，%(number)s（%(day)s），附“%(file)s”。",
        to=f.to,
        number=f.number,
        day=day(f.submitted_on),
        file=f.file.name,
    ),
    YearReportTakenBack: lambda f, _n: with_reason(_("撤回已报送的报告。"), f.reason),
}
