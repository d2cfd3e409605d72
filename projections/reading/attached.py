"""Files that facts name, as rows of a read model hold them."""

from collections.abc import Sequence
from typing import Any

from domain.files import Attached


def as_rows(files: Sequence[Attached]) -> list[dict[str, Any]]:
    """What a page needs to offer files; to be stored as JSON."""
    return [{"file": str(one.file), "name": one.name, "type": one.type.value, "size": one.size} for one in files]
