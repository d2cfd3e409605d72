"""Files from outside: read by their bytes, weighed before they are unpacked, made harmless, handed out safely."""

from interfaces.uploads.documents import document
from interfaces.uploads.photos import photo
from interfaces.uploads.refusals import (
    UploadEncrypted,
    UploadOfWrongType,
    UploadTooLarge,
    UploadUnreadable,
    UploadWithMacros,
)
from interfaces.uploads.serving import file_response

__all__ = [
    "UploadEncrypted",
    "UploadOfWrongType",
    "UploadTooLarge",
    "UploadUnreadable",
    "UploadWithMacros",
    "document",
    "file_response",
    "photo",
]
