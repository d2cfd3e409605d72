"""What the program writes about itself: one line of JSON for each thing, on standard error; plain words on a terminal.

A line holds a message of ours and figures. Never an address, a query, a cookie, a body; nothing about ballots.
"""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from domain.shared import CHINA

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
"""The random number of the request that is being answered; every line logged meanwhile carries it."""

OURS: Final = ("piaojue", "interfaces", "application", "projections")
"""Whose lines are written from the level that is set. Libraries only warn, in any case: they could name addresses."""

_TOLD: Final = ("page", "method", "status", "ms")
_LEVELS: Final = {
    logging.DEBUG: "debug",
    logging.INFO: "info",
    logging.WARNING: "warning",
    logging.ERROR: "error",
    logging.CRITICAL: "error",
}


def set_up_logs(level: str) -> None:
    """Everything on standard error, from `level` on (debug, info, warning, error)."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(InWords() if sys.stderr.isatty() else OneLine())
    least = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(least, logging.WARNING), handlers=[lines], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(least)


class OneLine(logging.Formatter):
    """A record as one line of JSON: its message and what was told with it, never arguments of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """Failures keep their traceback, which holds places in the program and no values of theirs."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, CHINA).isoformat(timespec="milliseconds"),
            "level": _LEVELS.get(record.levelno, "info"),
            "log": record.name,
            "message": record.getMessage(),
        }
        line.update(_told(record))
        if record.exc_info:
            line["failure"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class InWords(logging.Formatter):
    """The same for eyes."""

    def format(self, record: logging.LogRecord) -> str:
        """The time of day, the level where it matters, the message, and what was told."""
        at = datetime.fromtimestamp(record.created, CHINA).strftime("%H:%M:%S")
        level = "" if record.levelno <= logging.INFO else f"{_LEVELS.get(record.levelno, '')}: "
        told = " ".join(f"{name}={value}" for name, value in _told(record).items())
        failure = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{at} {level}{record.getMessage()} {told}".rstrip() + failure


def _told(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(record, name) for name in _TOLD if name in record.__dict__}
    request = REQUEST.get()
    return {**told, "request": request} if request else told
