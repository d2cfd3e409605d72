"""Files of secrets that are made when they are first needed, by one of several processes."""

import os
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex


def made_once(file: Path, content: Callable[[], bytes]) -> bytes:
    """What is in the file, readable by its owner alone; of processes that make it at once one wins.

    A link never overwrites what is there. Raises OSError.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}.{token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(content())
            written.flush()
            os.fsync(written.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_bytes()
