"""Opening the house for a process that runs on its own: after a power cut the database may come up later."""

import logging
from time import monotonic, sleep
from typing import Final

from sqlalchemy.exc import OperationalError

from application.migrating import StoreFromLaterRelease, StoresNotMigrated, require_current
from application.office import Busy, system_clock
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web._base.sentences import sentence

PATIENCE: Final = 30.0
"""Seconds that a starting process waits for its database."""

_LOG = logging.getLogger("piaojue.serving")


class NoDatabase(Exception):
    """It did not answer in time; the text is one sentence and names no address, which could hold a password."""


class WrongStores(NoDatabase):
    """They are those of another release; the text says what to do."""


def _require_current(settings: Settings) -> None:
    """Brings the files of an embedded office to this release. Raises WrongStores."""
    try:
        require_current(settings.storage_url, system_clock())
    except (StoresNotMigrated, StoreFromLaterRelease) as refused:
        raise WrongStores(sentence(refused)) from None


def open_patiently(settings: Settings, *, follow: bool) -> House:
    """Raises NoDatabase or WrongStores."""
    until = monotonic() + PATIENCE
    told = False
    while True:
        try:
            _require_current(settings)
            return open_house(settings, follow=follow)
        except (Busy, OperationalError):
            if monotonic() > until:
                raise NoDatabase("数据库没有回应，请检查 PIAOJUE_DATABASE_URL / the database does not answer") from None
        if not told:
            told = True
            _LOG.warning("waiting for the database")
        sleep(0.5)
