"""From a pile of pictures to one team's figures, and to what people have to do."""

import io
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from domain.polls.paper_count import check_entry
from interfaces.paper.form_code import form_code, shown_code
from interfaces.scanning.result import DOUBTFUL, ScanResult, UnreadReason
from interfaces.scanning.scan import ScanningNotInstalled, read_sheets, scanning_is_installed
from interfaces.scanning.words import why
from interfaces.web._base.language import LANGUAGES, speaking
from tests.support import pens
from tests.support.paper_polls import CHOICE, LIMITED, Paper, paper_of, poll_of
from tests.support.pens import Picture, jpeg

FAINT = 195
"""How dark a pencil is whose marks a person must look at."""


@pytest.fixture(scope="module")
def short() -> Paper:
    """Four items on one page of A5."""
    return paper_of(poll_of(4), dots=6)


@pytest.fixture(scope="module")
def long() -> Paper:
    """Twenty items on two pages of A4."""
    return paper_of(poll_of(20), dots=6)


def voted(paper: Paper, row: Sequence[str]) -> list[Picture]:
    """The pages of a paper with these marks; `?` is two marks, DOUBTFUL a faint one in the first box."""
    pages = [page.copy() for page in paper.blanks]
    chance = np.random.default_rng(len(row))
    marks = iter(row)
    for page, place in zip(pages, paper.layout.pages, strict=True):
        for item, mark in zip(place.rows, marks, strict=False):
            boxes = {box.mark: box.area for box in item.boxes}
            if mark == DOUBTFUL:
                pens.tick(page, item.boxes[0].area, 6, chance, FAINT)
            for chosen in list(boxes)[:2] if mark == "?" else [mark] if mark in boxes else []:
                pens.cross(page, boxes[chosen], 6, chance)
    return pages


def files(paper: Paper, rows: Sequence[Sequence[str]]) -> list[tuple[str, bytes]]:
    pages = [page for row in rows for page in voted(paper, row)]
    return [(f"{number:04}.jpg", jpeg(page)) for number, page in enumerate(pages, 1)]


def as_pdf(pages: Sequence[Picture]) -> bytes:
    first, *rest = (Image.fromarray(page) for page in pages)
    made = io.BytesIO()
    first.save(made, "PDF", save_all=True, append_images=rest, resolution=152.4)
    return made.getvalue()


def reasons(result: ScanResult) -> list[tuple[str, int, UnreadReason, str]]:
    return [(page.file, page.page, page.reason, page.detail) for page in result.unread]


ROWS = (
    ("for", "against", "abstain", ""),
    ("for", "for", "?", "against"),
    ("", "for", DOUBTFUL, "for"),
    ("for", DOUBTFUL, DOUBTFUL, "abstain"),
)


def test_a_pile_becomes_columns_with_doubtful_marks_apart(short: Paper) -> None:
    result = read_sheets(files(short, ROWS), short.form)
    assert sorted(paper.row for paper in result.papers) == sorted(ROWS)
    entry = result.entry()
    assert (entry.papers, entry.void) == (4, 0)
    assert [(item.marks, item.unreadable, item.doubtful) for item in entry.items] == [
        ((1, 3, 0, 0), 0, 0),
        ((0, 2, 1, 0), 0, 1),
        ((0, 0, 0, 1), 1, 2),
        ((1, 1, 1, 1), 0, 0),
    ]
    check_entry(entry, short.form)
    assert {item: len(doubts) for item, doubts in result.doubts.items()} == {"1": 0, "2": 1, "3": 2, "4": 0}


def test_the_order_of_the_pile_leaves_no_trace(short: Paper) -> None:
    pile = files(short, ROWS)
    mixed = pile[:]
    Random(3).shuffle(mixed)
    one, other = read_sheets(pile, short.form), read_sheets(mixed, short.form)
    assert one == other
    assert [doubt.picture for doubt in one.doubts["3"]] == [doubt.picture for doubt in other.doubts["3"]]


def test_what_a_camera_writes_beside_the_pixels_is_not_kept(short: Paper) -> None:
    exif = Image.Exif()
    exif[0x0132], exif[0x010F] = "2026:01:24 09:41:03", "Secret Camera"
    made = io.BytesIO()
    Image.fromarray(voted(short, ROWS[2])[0]).save(made, "JPEG", quality=95, exif=exif)
    assert b"Secret Camera" in made.getvalue()
    result = read_sheets([("IMG_0941.jpg", made.getvalue())], short.form)
    assert "IMG_0941" not in repr(result.papers)
    for doubts in result.doubts.values():
        for doubt in doubts:
            assert b"Secret" not in doubt.picture
            assert b"Exif" not in doubt.picture
            assert not Image.open(io.BytesIO(doubt.picture)).getexif()


def test_a_photo_is_turned_as_the_camera_says(short: Paper) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = io.BytesIO()
    Image.fromarray(np.rot90(voted(short, ROWS[0])[0])).save(made, "JPEG", quality=95, exif=exif)
    assert [paper.row for paper in read_sheets([("a.jpg", made.getvalue())], short.form).papers] == [ROWS[0]]


def test_png_and_pdf_are_read_too(short: Paper) -> None:
    png = cv2.imencode(".png", voted(short, ROWS[0])[0])[1].tobytes()
    pdf = as_pdf([voted(short, row)[0] for row in ROWS[:2]])
    result = read_sheets([("a.png", png), ("b.pdf", pdf)], short.form)
    assert Counter(paper.row for paper in result.papers) == Counter({ROWS[0]: 2, ROWS[1]: 1})


# ------------------------------------------------------------------ several pages


TWENTY = tuple(
    tuple(("for", "against", "abstain", "")[(place + shift) % 4] for place in range(20)) for shift in range(3)
)


def test_pages_that_follow_each_other_are_one_paper(long: Paper) -> None:
    pages = [page for row in TWENTY for page in voted(long, row)]
    as_files, as_one = files(long, TWENTY), [("all.pdf", as_pdf(pages))]
    for pile in (as_files, as_one):
        assert sorted(paper.row for paper in read_sheets(pile, long.form).papers) == sorted(TWENTY)


def test_a_paper_of_which_a_page_is_missing_goes_to_people_as_a_whole(long: Paper) -> None:
    pile = files(long, TWENTY)
    without_second = [file for file in pile if file[0] != "0004.jpg"]
    result = read_sheets(without_second, long.form)
    assert len(result.papers) == 2
    assert reasons(result) == [("0003.jpg", 1, UnreadReason.PAGE_MISSING, "1")]
    without_first = [file for file in pile if file[0] != "0001.jpg"]
    assert reasons(read_sheets(without_first, long.form)) == [("0002.jpg", 1, UnreadReason.PAGE_MISSING, "2")]


def test_an_unreadable_page_takes_the_other_pages_of_its_paper_along(long: Paper) -> None:
    pile = files(long, TWENTY[:2])
    pile[1] = ("0002.jpg", b"no picture")
    result = read_sheets(pile, long.form)
    assert len(result.papers) == 1
    assert reasons(result) == [
        ("0001.jpg", 1, UnreadReason.PAGE_MISSING, "1"),
        ("0002.jpg", 1, UnreadReason.NOT_A_PICTURE, ""),
    ]


def test_empty_backs_are_counted_and_passed_over(short: Paper) -> None:
    back = np.full_like(short.blanks[0], 245)
    back[40:44, 60:64] = 120
    pdf = as_pdf([voted(short, ROWS[0])[0], back, voted(short, ROWS[1])[0], back])
    result = read_sheets([("all.pdf", pdf)], short.form)
    assert (len(result.papers), result.empty_pages, result.unread) == (2, 2, ())


# ------------------------------------------------------------------ whole papers


def test_rule_3_a_paper_with_too_many_ticks_is_void_as_a_whole() -> None:
    paper = paper_of(poll_of(5, CHOICE), dots=6)
    rows = (("x", "x", "x", "x", ""), ("x", "x", "x", "", ""))
    entry = read_sheets(files(paper, rows), paper.form).entry()
    assert (entry.papers, entry.void) == (2, 1)
    assert [item.marks for item in entry.items] == [(0, 1), (0, 1), (0, 1), (1, 0), (1, 0)]


def test_whether_a_paper_is_void_is_never_decided_over_a_doubtful_mark() -> None:
    paper = paper_of(poll_of(5, LIMITED), dots=6)
    result = read_sheets(files(paper, [("for", "for", "for", DOUBTFUL, "against")]), paper.form)
    assert not result.papers
    assert reasons(result) == [("0001.jpg", 1, UnreadReason.LIMIT, "")]


def test_a_paper_certainly_void_asks_nobody_about_its_doubtful_marks() -> None:
    paper = paper_of(poll_of(5, LIMITED), dots=6)
    result = read_sheets(files(paper, [("for", "for", "for", "for", DOUBTFUL)]), paper.form)
    assert (result.entry().papers, result.entry().void) == (1, 1)
    assert not any(result.doubts.values())
    check_entry(result.entry(), paper.form)


# ------------------------------------------------------------------ unread


def covered(paper: Paper, corner: int) -> Picture:
    page, area = paper.blanks[0].copy(), paper.layout.markers[corner]
    left, top = (round(edge * 6) for edge in (area.left, area.top))
    page[top : top + 72, left : left + 72] = 255
    return page


def without_code(paper: Paper) -> Picture:
    page, area = paper.blanks[0].copy(), paper.layout.code
    left, top = (round(edge * 6) for edge in (area.left, area.top))
    page[top : top + 60, left : left + 110] = 255
    return page


def without_boxes(paper: Paper) -> Picture:
    page = paper.blanks[0].copy()
    for row in paper.layout.pages[0].rows:
        for box in row.boxes:
            left, top, right, bottom = (
                round(edge * 6) for edge in (box.area.left, box.area.top, box.area.right, box.area.bottom)
            )
            page[top - 3 : bottom + 3, left - 3 : right + 3] = 255
    return page


def test_a_page_that_cannot_be_read_is_named_with_its_reason(short: Paper) -> None:
    blank = short.blanks[0]
    tiny = cv2.resize(blank, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    cases = {
        "covered.jpg": (covered(short, 2), UnreadReason.MARKERS, "3"),
        "several.jpg": (np.hstack([blank, blank]), UnreadReason.SEVERAL, ""),
        "code.jpg": (without_code(short), UnreadReason.NO_CODE, ""),
        "small.jpg": (tiny, UnreadReason.TOO_SMALL, ""),
        "pasted.jpg": (without_boxes(short), UnreadReason.BLURRED, ""),
    }
    pile = [(name, jpeg(np.asarray(picture, np.uint8))) for name, (picture, _, _) in cases.items()]
    result = read_sheets(pile, short.form)
    assert not result.papers
    assert reasons(result) == [(name, 1, reason, detail) for name, (_, reason, detail) in cases.items()]


def test_a_scan_in_black_and_white_is_named_because_pale_marks_are_lost(short: Paper) -> None:
    page = voted(short, ROWS[2])[0]
    bitonal = Image.fromarray(page).point(lambda dot: 255 if dot > 128 else 0).convert("1")
    pdf, png = io.BytesIO(), io.BytesIO()
    bitonal.resize((bitonal.width * 2, bitonal.height * 2)).save(pdf, "PDF", resolution=304.8)
    bitonal.save(png, "PNG")
    result = read_sheets([("a.pdf", pdf.getvalue()), ("b.png", png.getvalue())], short.form)
    assert [unread.reason for unread in result.unread] == [UnreadReason.BLACK_AND_WHITE] * 2


def test_a_creased_page_is_named(short: Paper) -> None:
    tall, wide = short.blanks[0].shape
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(tall, dtype=np.float32))
    corner = np.maximum(0, (x + y - wide) / tall) * 60
    page = np.asarray(cv2.remap(short.blanks[0], x - corner, y, cv2.INTER_LINEAR, borderValue=255), np.uint8)
    assert [page.reason for page in read_sheets([("a.jpg", jpeg(page))], short.form).unread] == [UnreadReason.BENT]


def test_the_paper_of_another_poll_is_named_with_its_code(short: Paper, long: Paper) -> None:
    """Of the same size and of another."""
    other = paper_of(replace(poll_of(4), title="另一件", items=poll_of(5).items[1:]), dots=6)
    pile = [("a.jpg", jpeg(other.blanks[0])), ("b.jpg", jpeg(long.blanks[0]))]
    assert reasons(read_sheets(pile, short.form)) == [
        (name, 1, UnreadReason.OTHER_FORM, shown_code(form_code(paper.form)))
        for name, paper in (("a.jpg", other), ("b.jpg", long))
    ]


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 broken", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n"]
)
def test_a_file_that_is_no_picture_is_named(short: Paper, content: bytes) -> None:
    assert reasons(read_sheets([("x", content)], short.form)) == [("x", 1, UnreadReason.NOT_A_PICTURE, "")]


def test_a_picture_far_too_large_is_not_unpacked(short: Paper) -> None:
    made = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(made, "PNG")
    assert reasons(read_sheets([("x.png", made.getvalue())], short.form)) == [
        ("x.png", 1, UnreadReason.NOT_A_PICTURE, "")
    ]


@pytest.mark.parametrize("size", [(1, 1), (5_000, 1), (120, 120)])
def test_a_picture_of_an_odd_shape_is_named(short: Paper, size: tuple[int, int]) -> None:
    made = io.BytesIO()
    Image.effect_noise(size, 60).save(made, "PNG")
    (unread,) = read_sheets([("x.png", made.getvalue())], short.form).unread
    assert unread.reason in {UnreadReason.NOT_A_PICTURE, UnreadReason.MARKERS}


@pytest.mark.parametrize("kind", ["RGBA", "P", "CMYK"])
def test_colour_pictures_of_every_kind_are_read(short: Paper, kind: str) -> None:
    made = io.BytesIO()
    Image.fromarray(voted(short, ROWS[0])[0]).convert("RGB").convert(kind).save(
        made, "JPEG" if kind == "CMYK" else "PNG"
    )
    assert [paper.row for paper in read_sheets([("x", made.getvalue())], short.form).papers] == [ROWS[0]]


def test_the_same_file_twice_is_one_paper(short: Paper) -> None:
    ((_, content),) = files(short, ROWS[:1])
    result = read_sheets([("a.jpg", content), ("b.jpg", content)], short.form)
    assert len(result.papers) == 1
    assert reasons(result) == [("b.jpg", 1, UnreadReason.DOUBLED, "")]


@pytest.mark.parametrize("reason", UnreadReason)
def test_every_reason_has_its_sentence_in_both_languages(short: Paper, reason: UnreadReason) -> None:
    page = replace(read_sheets([("x", b"")], short.form).unread[0], reason=reason, detail="3")
    said = set()
    for spoken in LANGUAGES:
        with speaking(spoken):
            said.add(why(page))
    assert len(said) == len(LANGUAGES)


# ------------------------------------------------------------------ without the extra


@pytest.mark.parametrize("library", ["cv2", "zxingcpp", "numpy", "pypdfium2"])
def test_without_a_library_of_the_extra_the_refusal_says_so(
    short: Paper, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert not scanning_is_installed()
    with pytest.raises(ScanningNotInstalled):
        read_sheets([], short.form)


def test_nothing_but_reading_needs_the_extra() -> None:
    """Asked of an interpreter of its own, which has not loaded anything yet."""
    code = (
        "import sys; import interfaces.scanning.scan, interfaces.scanning.words, interfaces.commands.scan;"
        "import interfaces.documents.ballot_paper;"
        "sys.exit(bool({'cv2', 'numpy', 'zxingcpp', 'pypdfium2'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
