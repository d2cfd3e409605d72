"""The book of the office: every kind of fact in the history, under its stable name and version.

Never change a name. A field with a default needs no new version; any other change of shape does,
with an upcast from the version before and a golden file for the new one (tests/golden/make.py).
"""

from application.history.fact_book import FactBook
from domain.congress.congress import (
    CongressDescribed,
    CongressFounded,
    SlugTakenBy,
    UnitAdded,
    UnitChanged,
    UnitWithdrawn,
)
from domain.congress.roll import DelegateAdded, DelegateCorrected, DelegateLeft, DelegatesImported, ImportUndone
from domain.congress.session import (
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    SessionConvened,
    SessionRescheduled,
)

BOOK = FactBook()

BOOK.add("congress.congress-founded", 1, CongressFounded)
BOOK.add("congress.congress-described", 1, CongressDescribed)
BOOK.add("congress.slug-taken", 1, SlugTakenBy)
BOOK.add("congress.unit-added", 1, UnitAdded)
BOOK.add("congress.unit-changed", 1, UnitChanged)
BOOK.add("congress.unit-withdrawn", 1, UnitWithdrawn)

BOOK.add("congress.delegates-imported", 1, DelegatesImported)
BOOK.add("congress.import-undone", 1, ImportUndone)
BOOK.add("congress.delegate-added", 1, DelegateAdded)
BOOK.add("congress.delegate-corrected", 1, DelegateCorrected)
BOOK.add("congress.delegate-left", 1, DelegateLeft)

BOOK.add("congress.session-convened", 1, SessionConvened)
BOOK.add("congress.session-rescheduled", 1, SessionRescheduled)
BOOK.add("congress.delegate-checked-in", 1, DelegateCheckedIn)
BOOK.add("congress.check-in-undone", 1, CheckInUndone)
BOOK.add("congress.card-drawn", 1, CardDrawn)
BOOK.add("congress.card-draw-undone", 1, CardDrawUndone)
