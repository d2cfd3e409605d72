"""Looks at a PDF as a person with a phone does: pages as pictures, codes scanned from them, text read off."""

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL.Image import Image

DOTS_PER_POINT = 150 / 72


def pages(pdf: bytes) -> list[Image]:
    """Every page at 150 dpi, as an office printer would lay it on paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DOTS_PER_POINT).to_pil().convert("L") for page in document]


def scanned(pdf: bytes) -> list[str]:
    """What the codes on all pages say."""
    return [code.text for picture in pages(pdf) for code in zxingcpp.read_barcodes(picture)]


def texts(pdf: bytes) -> list[str]:
    """The text of every page without white space (a PDF breaks lines where the page does)."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


def title(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document.get_metadata_value("Title"))


def catalogue(pdf: bytes) -> tuple[bool, bool]:
    """Whether the file says that it is tagged, and that its language is Chinese."""
    return b"/Marked true" in pdf, b"/Lang(zh-CN)" in pdf


def parts(archive: bytes) -> Iterator[tuple[str, str]]:
    """The XML parts of an office file by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            yield name, opened.read(name).decode("utf-8", "replace")
