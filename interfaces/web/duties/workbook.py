"""The list of duties 交办事项清单 as a workbook."""

from collections.abc import Iterable

from domain.supervision.duty import DutyStage
from interfaces.documents.workbook import SheetHeading, sheet
from interfaces.web._base.language import gettext as _
from interfaces.web.duties.views import ShownDuty


def as_sheet(congress: str, year: int, found: Iterable[ShownDuty]) -> bytes:
    """The rows given; within `speaking(CHINESE)`."""
    headings = [
        SheetHeading(words="编号", width=15),
        SheetHeading(words="来源", width=11),
        SheetHeading(words="来源事项", width=16),
        SheetHeading(words="项目", width=16),
        SheetHeading(words="交办内容", width=32),
        SheetHeading(words="承办单位", width=13),
        SheetHeading(words="交办日期", width=11),
        SheetHeading(words="办理期限", width=11),
        SheetHeading(words="状态", width=11),
        SheetHeading(words="办理结果", width=13),
        SheetHeading(words="承诺完成", width=11),
        SheetHeading(words="答复日期", width=11),
        SheetHeading(words="答复内容", width=32),
        SheetHeading(words="督办", width=9),
    ]
    rows = [
        (
            one.label,
            one.source,
            one.row.origin_title,
            one.project_name,
            one.row.words,
            one.row.unit_name,
            one.row.raised_on,
            one.row.due_on,
            one.state,
            one.outcome if one.row.stage in (DutyStage.ANSWERED, DutyStage.APPROVED) else "",
            one.row.promised_on,
            one.row.answered_on,
            one.row.answer,
            one.step,
        )
        for one in found
    ]
    of_year = f"{year}年" if year else ""
    return sheet(_("交办事项清单"), headings, rows, caption=f"{congress}{of_year}民生实事项目监督交办事项清单")
