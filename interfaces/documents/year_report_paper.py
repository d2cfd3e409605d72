"""Composes the paper of a report to the level above; what it says is in `year_report`."""

from io import BytesIO
from typing import Final

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from interfaces.documents.official_paper import (
    annex_heading,
    body,
    centred,
    grid_table,
    new_paper,
    saved,
    section,
    signature,
    title,
)
from interfaces.documents.typesetting import pictures
from interfaces.documents.written import chinese_ordinal, printable
from interfaces.documents.year_report import Figure, YearReportPaper

_WIDE: Final = 152.0
"""Millimetres of a chart within the type area of 156."""
_NUMBER: Final = 14.0
_NAME: Final = 56.0
"""Of the tables in the annex; the other columns share what is left."""


def composed(made: YearReportPaper) -> bytes:
    """The .docx."""
    paper = new_paper(title=made.title, author=made.issuer, on=made.on)
    title(paper, made.title)
    if made.number:
        centred(paper, made.number)
    body(paper, "")
    kept = [part for part in made.parts if part.words.strip() or part.figures]
    figures = [figure for part in kept for figure in part.figures]
    drawn = dict(zip(figures, pictures([figure.drawing for figure in figures]), strict=True))
    for place, part in enumerate(kept, 1):
        section(paper, f"{chinese_ordinal(place)}、{part.heading}")
        for line in part.words.splitlines():
            if line.strip():
                body(paper, line.strip())
        for figure in part.figures:
            _picture(paper, figure, drawn[figure], figures.index(figure) + 1)
    signature(paper, made.issuer, made.on)
    if figures:
        _annex(paper, figures)
    return saved(paper)


def _picture(paper: Docx, figure: Figure, drawing: bytes, number: int) -> None:
    """The chart with its name below, together on one page. The paragraph is of no style: lines of 公文 are too low."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    shape = paragraph.add_run().add_picture(BytesIO(drawing), width=Mm(_WIDE))
    described = shape._inline.docPr  # noqa: SLF001 -- python-docx has no public name for the alternative text
    described.set("descr", printable(f"{figure.title}：{figure.says}"))
    described.set("name", printable(f"图{number}"))
    centred(paper, f"图{number}　{figure.title}")


def _annex(paper: Docx, figures: list[Figure]) -> None:
    annex_heading(paper, "附件", "各图数据表")
    for number, figure in enumerate(figures, 1):
        if number > 1:
            body(paper, "")
        centred(paper, f"图{number}　{figure.title}")
        paper.paragraphs[-1].paragraph_format.keep_with_next = True
        rest = len(figure.headings) - 1
        widths = (_NUMBER, _NAME, *((156.0 - _NUMBER - _NAME) / rest for _ in range(rest)))
        rows = [(str(place), *row) for place, row in enumerate(figure.rows, 1)]
        grid_table(paper, ("序号", *figure.headings), rows, widths)
