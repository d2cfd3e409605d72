"""Office files are zips that carry the time of their making; without it the same content gives the same bytes."""

import io
import re
import zipfile
from typing import Final

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_MOMENT: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(archive: bytes, moment: bytes | None = None) -> bytes:
    """The same parts in the same order with one date for all; `moment` (ISO 8601) replaces those written inside too."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if moment is not None and name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, content)
    return out.getvalue()
