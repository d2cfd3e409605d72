"""Files from outside: photos lose what the camera wrote, bombs and programs stay outside, each with one sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from domain.files import FileType
from domain.shared import Refused
from interfaces.uploads import (
    UploadEncrypted,
    UploadOfWrongType,
    UploadTooLarge,
    UploadUnreadable,
    UploadWithMacros,
    document,
    limits,
    photo,
)
from interfaces.web._base.sentences import sentence

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
"""As .doc and .xls begin, and what a password locks."""


def jpeg(width: int = 2400, height: int = 1200, *, turned: int = 6) -> bytes:
    """Taken with the camera upright, at a place the camera knew, with words of the owner."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "CAMERA-OF-WANG"
    exif.get_ifd(0x8825)[2] = (40.0, 51.0, 30.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(out, "JPEG", exif=exif, comment=b"13912345678")
    return out.getvalue()


def packed(change: dict[str, bytes], base: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for part in old.infolist():
                    archive.writestr(part.filename, change.pop(part.filename, old.read(part)))
        for name, content in change.items():
            archive.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    made = Document()
    made.add_paragraph("意见")
    made.save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 60,000 × 60,000 points in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_a_photo_is_drawn_upright_and_small_without_place_camera_and_words() -> None:
    taken = photo("C:\\照片\\IMG 1\u202egpj.exe.HEIC", jpeg())
    with Image.open(io.BytesIO(taken.content)) as kept:
        assert kept.size == (800, 1600)
        assert not kept.getexif()
        assert "comment" not in kept.info
    assert b"CAMERA" not in taken.content
    assert b"139" not in taken.content
    assert taken.type is FileType.JPEG
    assert taken.name == "IMG 1gpj.exe.jpg"
    small = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(small, "PNG")
    with Image.open(io.BytesIO(photo("透明.png", small.getvalue()).content)) as kept:
        assert kept.size == (30, 20)
        assert kept.convert("L").getpixel((5, 5)) == 255


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("大.jpg", b"\xff\xd8\xff" + bytes(limits.PHOTO_BYTES), UploadTooLarge),
        ("炸弹.png", bomb(), UploadTooLarge),
        ("网页.jpg", b"<html><script>alert(1)</script>", UploadOfWrongType),
        ("图.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", UploadOfWrongType),
        ("动.jpg", b"GIF89a" + bytes(100), UploadOfWrongType),
        ("断.jpg", jpeg()[:3000], UploadUnreadable),
    ],
)
def test_what_is_no_honest_photo_is_refused_with_its_name(name: str, content: bytes, refused: type[Refused]) -> None:
    with pytest.raises(refused) as caught:
        photo(name, content)
    assert name in sentence(caught.value)


def test_documents_keep_their_bytes_and_get_the_suffix_of_what_they_are() -> None:
    for content, kind, suffix in (
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", FileType.PDF, ".pdf"),
        (word(), FileType.DOCX, ".docx"),
        (workbook(), FileType.XLSX, ".xlsx"),
    ):
        kept = document("../../审定 意见.exe", content)
        assert (kept.type, kept.name, kept.content) == (kind, f"审定 意见{suffix}", content)
    assert document("扫描.png", jpeg(100, 100)).type is FileType.JPEG


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("宏.xlsm", packed({"xl/vbaProject.bin": b"x"}, workbook()), UploadWithMacros),
        ("宏.docx", packed({"[Content_Types].xml": b"document.macroEnabled"}, word()), UploadWithMacros),
        ("炸弹.docx", packed({"word/media/a.xml": bytes(30 * 1024 * 1024)}, word()), UploadTooLarge),
        ("压缩.zip", packed({"a.txt": b"x"}), UploadOfWrongType),
        ("坏.docx", word()[:2000], UploadUnreadable),
        ("锁.pdf", b"%PDF-1.7\ntrailer <</Encrypt 5 0 R>>\n%%EOF", UploadEncrypted),
        ("脚本.pdf", b"%PDF-1.7\n<</S /JavaScript /JS (x)>>\n%%EOF", UploadWithMacros),
        ("断.pdf", b"%PDF-1.7\n" + bytes(5000), UploadUnreadable),
        ("锁.docx", OLD + "EncryptedPackage".encode("utf-16-le"), UploadEncrypted),
        ("旧.doc", OLD, UploadOfWrongType),
        ("网页.pdf", b"<!doctype html>", UploadOfWrongType),
    ],
)  # fmt: skip
def test_what_could_run_explode_or_not_be_opened_is_refused(name: str, content: bytes, refused: type[Refused]) -> None:
    with pytest.raises(refused) as caught:
        document(name, content)
    assert name in sentence(caught.value)
