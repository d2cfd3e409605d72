"""How large a file may be. The limits stand here and nowhere else."""

from typing import Final

PHOTO_BYTES: Final = 10 * 1024 * 1024
DOCUMENT_BYTES: Final = 20 * 1024 * 1024
PHOTOS: Final = 3
"""With one proposal."""

POINTS: Final = 60_000_000
"""Of a JPEG before it is decoded; phones take up to 50 million and more only in special modes."""

POINTS_WHOLE: Final = 25_000_000
"""Of a PNG or WEBP, which have to be unpacked in full."""

SIDE: Final = 16_000
PHOTO_SIDE: Final = 1600
"""Points of a photo's longer side as it is kept."""

SCAN_SIDE: Final = 3200
"""A4 at 270 dots an inch: small print stays readable."""

UNPACKED_BYTES: Final = 120 * 1024 * 1024
RATIO: Final = 200
SMALL_PART: Final = 1024 * 1024
"""A part of this size may be packed as tightly as it likes."""

PARTS: Final = 3000
NAME: Final = 80
"""Characters of a file's name."""
