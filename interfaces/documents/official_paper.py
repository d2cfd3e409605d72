# ruff: noqa: SLF001 - python-docx has no public name for the XML elements that East Asian typography needs
"""Paper of an office after GB/T 9704-2012: A4, type area 156 x 225 mm, 22 lines of 28 characters.

Body 三号 (16 pt) 仿宋, title 二号 (22 pt) 小标宋, page numbers 四号 (14 pt) 宋体 between dashes on the outer side. The
fonts are named, not embedded: Word and WPS use the machine's own and fall back by themselves. Han characters take
their font from `w:eastAsia`, and indents are counted in characters, so that they hold in any size.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from interfaces.documents.archive import settled
from interfaces.documents.written import chinese_date, printable

SONG: Final = "宋体"
FANG_SONG: Final = "仿宋_GB2312"
TITLE_SONG: Final = "方正小标宋简体"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
_LATIN: Final = "Times New Roman"

_BODY: Final = "公文正文"
_TITLE: Final = "公文标题"
_CELL: Final = "公文表格"
_LINE_TWIPS: Final = 579
"""225 mm over 22 lines: 28.95 points."""
_LINE_CHARACTERS: Final = 28
_CHARACTER_TWIPS: Final = 320
"""One 三号 character; beside it Word counts indents in hundredths of a character (`…Chars`), which win."""


def new_paper(*, title: str, author: str, on: date) -> Docx:
    """An empty document with the page, the two styles and the page numbers of an official paper."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24.5)
    _replace(section._sectPr, "w:docGrid", type="lines", linePitch=str(_LINE_TWIPS))
    paper.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    _add_style(paper, _BODY, font=FANG_SONG, size=Pt(16))
    _replace(_add_style(paper, _TITLE, font=TITLE_SONG, size=Pt(22)), "w:outlineLvl", val="0")
    _add_style(paper, _CELL, font=FANG_SONG, size=Pt(12), line=20)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _describe(paper, title, author, datetime(on.year, on.month, on.day, tzinfo=UTC))
    return paper


def saved(paper: Docx) -> bytes:
    """The bytes of the document, the same for the same content."""
    out = io.BytesIO()
    paper.save(out)
    return settled(out.getvalue())


def title(paper: Docx, words: str) -> None:
    """The title, centred, on lines of its own."""
    paper.add_paragraph(printable(words), style=_TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER


def centred(paper: Docx, words: str) -> None:
    """A line in the middle, such as the number of a notice."""
    paper.add_paragraph(printable(words), style=_BODY).alignment = WD_ALIGN_PARAGRAPH.CENTER


def body(paper: Docx, words: str) -> None:
    """A paragraph whose first line is indented by two characters."""
    paragraph = paper.add_paragraph(printable(words), style=_BODY)
    _indent(paragraph, firstLine=2 * _CHARACTER_TWIPS, firstLineChars=200)


def flush(paper: Docx, words: str) -> None:
    """A paragraph from the left edge, such as the addressee."""
    paper.add_paragraph(printable(words), style=_BODY)


def section(paper: Docx, words: str) -> None:
    """The heading of a part, 一、…, in 黑体, indented as the body and kept with what follows."""
    paragraph = paper.add_paragraph(style=_BODY)
    paragraph.paragraph_format.keep_with_next = True
    _in_font(paragraph.add_run(printable(words)), HEI, Pt(16))
    _indent(paragraph, firstLine=2 * _CHARACTER_TWIPS, firstLineChars=200)


def subsection(paper: Docx, words: str) -> None:
    """The heading of a part of a part, （一）…, in 楷体, indented as the body and kept with what follows."""
    paragraph = paper.add_paragraph(style=_BODY)
    paragraph.paragraph_format.keep_with_next = True
    _in_font(paragraph.add_run(printable(words)), KAI, Pt(16))
    _indent(paragraph, firstLine=2 * _CHARACTER_TWIPS, firstLineChars=200)


def on_new_page(paper: Docx) -> None:
    """The paragraph that was added last begins a page."""
    paper.paragraphs[-1].paragraph_format.page_break_before = True


def blank_lines(paper: Docx, count: int) -> None:
    """Ruled lines to write on."""
    for _ in range(count):
        paragraph = paper.add_paragraph("", style=_BODY)
        properties = paragraph._p.get_or_add_pPr()
        borders = OxmlElement("w:pBdr")
        properties.append(borders)
        for side in ("bottom", "between"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "808080")):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)


def signature(paper: Docx, signatory: str, on: date) -> None:
    """Signatory and date without a seal: the date begins two characters right of the signatory.

    The signatory ends two characters from the right edge; where the date is the longer one it is the date that does
    (GB/T 9704, 7.3.5.2). Both are placed from the left, because only the width of Chinese characters is certain;
    where a font's digits are wider, the date takes of the margin rather than break. No page holds them alone: a
    paragraph of the text comes with them.
    """
    day = chinese_date(on)
    left = max(0.0, _LINE_CHARACTERS - 2 - max(_width(signatory), _width(day) + 2))
    _keep_last_paragraph(paper)
    paper.add_paragraph("", style=_BODY).paragraph_format.keep_with_next = True
    for words, start in ((signatory, left), (day, left + 2)):
        paragraph = paper.add_paragraph(printable(words), style=_BODY)
        paragraph.paragraph_format.keep_with_next = words is signatory
        _indent(paragraph, left=round(start * _CHARACTER_TWIPS), leftChars=round(start * 100))
        _indent(paragraph, right=-2 * _CHARACTER_TWIPS, rightChars=-200)


def _keep_last_paragraph(paper: Docx) -> None:
    """What was written last stays with what follows, unless it is a table."""
    written = list(paper.iter_inner_content())
    if written and isinstance(written[-1], Paragraph):
        written[-1].paragraph_format.keep_with_next = True


def annex_heading(paper: Docx, mark: str, words: str) -> None:
    """A new page with the annex's mark at the left in 黑体 and its title in the middle."""
    paragraph = paper.add_paragraph(style=_BODY)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    _in_font(paragraph.add_run(mark), HEI, Pt(16))
    body(paper, "")
    title(paper, words)
    body(paper, "")


def turned_annex(paper: Docx, mark: str, words: str, *, sideways: bool) -> None:
    """An annex on pages of its own direction: the type area of 156 x 225 mm lies down for wide tables, or stands again.

    Page numbers stay below (GB/T 9704, 7.4); turning back is an annex too.
    """
    pages = paper.add_section(WD_SECTION.NEW_PAGE)
    pages.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    pages.page_width, pages.page_height = (Mm(297), Mm(210)) if sideways else (Mm(210), Mm(297))
    pages.top_margin, pages.bottom_margin = (Mm(28), Mm(26)) if sideways else (Mm(37), Mm(35))
    pages.left_margin, pages.right_margin = (Mm(35), Mm(37)) if sideways else (Mm(28), Mm(26))
    pages.footer_distance = Mm(15) if sideways else Mm(24.5)
    _in_font(paper.add_paragraph(style=_BODY).add_run(printable(mark)), HEI, Pt(16))
    title(paper, words)
    body(paper, "")


def grid_table(paper: Docx, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A table whose heading row comes again on every page; widths in millimetres, the second column flush left."""
    table = paper.add_table(rows=0, cols=len(headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for index, cells in enumerate((headings, *rows)):
        row = table.add_row()
        _keep_whole(row, repeated=index == 0)
        for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(widths[place])
            _fill(cell, words, font=HEI if index == 0 else FANG_SONG, is_left=place == 1 and index > 0)


def fields_table(paper: Docx, rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> None:
    """A table of names and words without headings; widths in millimetres, the words flush left."""
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cells in rows:
        row = table.add_row()
        _keep_whole(row, repeated=False)
        for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(widths[place])
            _fill(cell, words, font=FANG_SONG if place else HEI, is_left=place == 1)


def _fill(cell: _Cell, words: str, *, font: str, is_left: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = _CELL
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _in_font(paragraph.add_run(printable(words)), font, Pt(12))


def _keep_whole(row: _Row, *, repeated: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))


def _add_style(paper: Docx, name: str, *, font: str, size: Length, line: float = _LINE_TWIPS / 20) -> BaseOxmlElement:
    """A paragraph style with exact lines of so many points, off the grid unless they are the grid's own."""
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.font.size = size
    style.font.name = _LATIN
    _set_fonts(style.element.get_or_add_rPr(), font)
    properties: BaseOxmlElement = style.element.get_or_add_pPr()
    if line != _LINE_TWIPS / 20:
        _replace(properties, "w:snapToGrid", val="0")
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Pt(line)
    return properties


def _in_font(run: Run, font: str, size: Length) -> None:
    run.font.size = size
    run.font.name = _LATIN
    _set_fonts(run._r.get_or_add_rPr(), font)


def _set_fonts(properties: BaseOxmlElement, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        raise LookupError(font)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _number_pages(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — one character from the outer edge; the number is a field that the reading program counts."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    edge = "right" if side is WD_ALIGN_PARAGRAPH.RIGHT else "left"
    _indent(paragraph, **{edge: 280, f"{edge}Chars": 100})
    for part in ("— ", None, " —"):
        run = paragraph.add_run(part or "")
        _in_font(run, SONG, Pt(14))
        if part is None:
            _add_page_field(run)


def _add_page_field(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _indent(paragraph: Paragraph, **twips_and_characters: int) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in twips_and_characters.items():
        indent.set(qn(f"w:{name}"), str(value))


def _replace(parent: BaseOxmlElement, tag: str, **attributes: str) -> None:
    """One child element of this name with these attributes, put last if it is new."""
    element = parent.find(qn(tag))
    if element is None:
        element = OxmlElement(tag)
        parent.append(element)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)


def _describe(paper: Docx, title_words: str, author: str, at: datetime) -> None:
    about = paper.core_properties
    about.title, about.author, about.language = printable(title_words), printable(author), "zh-CN"
    about.last_modified_by, about.comments = author, ""
    about.created = about.modified = at


def _width(words: str) -> float:
    """Characters of a line; digits and Latin letters are half as wide."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)
