"""Kinds of reports in words."""

from typing import Final

from domain.congress.year_report import ReportKind
from interfaces.web._base.language import Lazy, lazy

KINDS: Final[dict[ReportKind, Lazy]] = {
    ReportKind.ANALYSIS: lazy("项目分析报告"),
    ReportKind.RESEARCH: lazy("研究报告"),
}
