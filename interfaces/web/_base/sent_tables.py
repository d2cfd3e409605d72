"""A table that somebody sends to be imported, as every import takes it from its form."""

from typing import Final

from application.private.uploads import Upload
from domain.shared import Missing
from interfaces.tables.table import LARGEST_FILE
from interfaces.web._base.forms import Typed

MOST_MEGABYTES: Final = LARGEST_FILE // 1024 // 1024


def sent_table(typed: Typed) -> Upload:
    """What was sent in the field `table`, one byte more than allowed at most. Raises Missing."""
    found = typed.file("table")
    typed.settle()
    if found is None:
        raise Missing(fields=("table",))
    return Upload(name=found.filename or "", content=found.file.read(LARGEST_FILE + 1))
