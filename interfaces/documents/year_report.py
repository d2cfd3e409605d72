"""A report to the level above (项目分析报告, 研究报告) as .docx in the layout of GB/T 9704, with its charts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart: its title, the drawing as SVG, what it shows in one sentence, and the table behind it."""

    title: str
    drawing: str
    says: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """A heading without its number, paragraphs one to a line, and the charts that follow them."""

    heading: str
    words: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReportPaper:
    """What is printed. `number` is that of the paper, empty before it has one."""

    title: str
    number: str
    issuer: str
    on: date
    parts: tuple[PaperPart, ...]


def year_report(made: YearReportPaper) -> bytes:
    """The .docx: parts that say nothing and show nothing are left out; the tables stand in the annex."""
    from interfaces.documents.year_report_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)
