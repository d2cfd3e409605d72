"""PDF pages set by typst from a template beside this file and plain data.

Texts of people reach a template only as JSON (`data` of the typst file), never as markup, so that a name with
a `#` or a `*` in it prints as it is. The same data always gives the same bytes: no date, no machine's font.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Literal

import segno
import typst

from interfaces.documents.written import data_of
from interfaces.web._base.language import worded

TEMPLATES = Path(__file__).parent / "templates"
_NO_GLYPH = "could not be displayed with"
_WORDS_OF_TEMPLATES = ("全体代表（应到）", "实到代表", "代表签到册", "审议意见")
"""What templates say themselves (`said-as`) and a street says in other words."""
_PICTURE_DOTS = 216.0
"""Per inch, at 72 units of a drawing to the inch."""
_FONT_FOLDER = ("fonts", "ofl", "notosanssc")


def typeset(template: str, view: object) -> bytes:
    """A tagged PDF (PDF/UA-1, language zh) of `templates/<template>.typ` over a frozen view.

    The view is any frozen dataclass; the template reads its fields as `data.<field>`. A character that the font does
    not have (an emoji, Mongolian script) prints as an empty box: then the file is tagged as well, but PDF/UA, which
    forbids such boxes, is not claimed.
    """
    said_as = {words: worded(words) for words in _WORDS_OF_TEMPLATES}
    inputs = {"data": _json(data_of(view)), "said_as": _json(said_as)}
    try:
        return _compiled(template, inputs, ["ua-1"])
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        return _compiled(template, inputs, [])


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _compiled(template: str, inputs: dict[str, str], standards: list[Literal["ua-1"]]) -> bytes:
    compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    source = TEMPLATES / f"{template}.typ"
    pdf = compiler.compile(input=source, format="pdf", sys_inputs=inputs, pdf_standards=[*standards])
    if not isinstance(pdf, bytes):
        raise TypeError(template)
    return pdf


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """SVG drawings as PNG, each as wide as drawn and sharp in print, for documents that know no SVG."""
    if not drawings:
        return []
    compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    inputs = {"data": _json({"drawings": list(drawings)})}
    made = compiler.compile(input=TEMPLATES / "chart.typ", format="png", ppi=_PICTURE_DOTS, sys_inputs=inputs)
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def qr_svg(payload: str) -> str:
    """The QR code of a text as SVG without a border (templates leave the four modules of quiet zone).

    One fixed mask instead of the best of eight makes a code seven times faster (architecture.md) and reads as well.
    """
    code = segno.make(payload, error="m", boost_error=False, mask=2, micro=False)
    drawn = BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=0)
    return drawn.getvalue().decode("utf-8")


@cache
def _fonts() -> typst.Fonts:
    folder = files("justmytype_intl_cjk").joinpath(*_FONT_FOLDER)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
