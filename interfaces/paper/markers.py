"""The pictures in the corners of a ballot paper, by which a reader finds and straightens the page.

They are the first four of the ArUco dictionary of 50 markers of 4 × 4 fields; each corner has its own, so that a
page is known that lies upside down.
"""

from typing import Final

MARKERS: Final = (
    ("000000", "010110", "001010", "000110", "000100", "000000"),
    ("000000", "000000", "011110", "010010", "010100", "000000"),
    ("000000", "000110", "000110", "000100", "011010", "000000"),
    ("000000", "010010", "010010", "001000", "001100", "000000"),
)
"""Upper left, upper right, lower left, lower right; rows of fields from above, 1 is white."""
