"""Puts an installation together from its settings, once, at the edge."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from sqlalchemy import Engine

from application.checkpoint_key import KeyPlace
from application.checkpoints import Notary
from application.history.box import Box, open_box
from application.history.history import History, open_history
from application.office import Office, system_clock
from application.polls.counting import erase_ended
from application.polls.hall_word import HallWords
from application.private import files, patience, same_texts, sign_ins, supporters, turns, uploads
from application.private.contacts import older_than
from application.private.file_store import FilesNotAnswering
from application.private.patience import Addresses
from application.private.seals import Seals
from application.private.sign_ins import Endurance
from application.private.store import PrivateStore, open_private
from application.private.vault import Vault
from application.proposals.forgetting import forget_proposers
from application.signing_in import Door
from application.supervision.volunteers import forget_those_left
from domain.accounts.password import PasswordRules, folded_password
from domain.checkpoints.checkpoint import Algorithm
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from projections.proposal_register.reaching import proposals_with
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.shelf import ALL
from projections.volunteers import congresses_among

_LOG: Final = logging.getLogger(__name__)
_MOVED_AT_ONCE: Final = 20
"""Files in one sweep; the next one goes on."""

_FORGOTTEN_AT_ONCE: Final = 500
"""Proposers in one sweep; the next one goes on."""


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything the edges need, open until `close`."""

    settings: Settings
    history: History
    office: Office
    box: Box
    private: PrivateStore
    reading: Engine
    followers: Followers
    notary: Notary
    clock: Callable[[], datetime]
    addresses: Addresses = field(default_factory=Addresses)

    @property
    def endurance(self) -> Endurance:
        """How long a sign-in lasts."""
        return Endurance(
            idle=timedelta(minutes=self.settings.idle_minutes), longest=timedelta(hours=self.settings.signed_in_hours)
        )

    @property
    def slips_last(self) -> timedelta:
        """How long a one-time slip can be used."""
        return timedelta(days=self.settings.slip_days)

    @cached_property
    def password_rules(self) -> PasswordRules:
        """Which passwords are accepted."""
        listed = self.settings.leaked_passwords
        leaked = listed.read_text(encoding="utf-8").splitlines() if listed else ()
        return PasswordRules(
            shortest=self.settings.password_shortest, leaked=frozenset(map(folded_password, filter(None, leaked)))
        )

    def sweep(self) -> None:
        """Forgets what has run out: failed attempts, ended sign-ins, contact data, figures of polls that have ended."""
        for what_runs_out in (patience, turns, supporters, same_texts, uploads):
            what_runs_out.sweep(self.private, self.office.now())
        sign_ins.sweep(self.private, self.office.now(), self.endurance)
        self._forget_proposers()
        erase_ended(self.office, self.private)
        self._tidy_files()

    def _tidy_files(self) -> None:
        """Takes away what was left over where files lie, and brings there what earlier releases kept elsewhere."""
        try:
            files.sweep(self.private, self.office.now())
            files.move_out(self.private, self.office.now(), _MOVED_AT_ONCE)
        except FilesNotAnswering as silent:
            _LOG.warning("files are not tidied: %s", silent.reason)

    def _forget_proposers(self) -> None:
        """Erases how to reach those who proposed, or left the volunteers, too long ago, some at a time."""
        kept_for = timedelta(days=self.settings.contact_days)
        old = older_than(self.private, self.office.now(), kept_for)[:_FORGOTTEN_AT_ONCE]
        if old:
            with self.reading.connect() as connection:
                volunteers = congresses_among(connection, old)
                gone = proposals_with(connection, [contact for contact in old if contact not in volunteers])
            forget_proposers(self.office, self.private, gone)
            forget_those_left(self.office, self.private, volunteers)

    @cached_property
    def vault(self) -> Vault:
        """Where what has to be read back is sealed."""
        return Vault(self.settings.data, self.settings.second_factor_key.get_secret_value())

    @cached_property
    def hall_words(self) -> HallWords:
        """The words shown in the hall while a poll is open, and who guessed wrong."""
        return HallWords(self.private)

    @cached_property
    def seals(self) -> Seals:
        """What signs forms for people without an account, and hashes what must not be traced back."""
        return Seals(self.private)

    @property
    def door(self) -> Door:
        """What people sign in through."""
        kept_for = timedelta(days=self.settings.sign_in_log_days)
        return Door(office=self.office, private=self.private, vault=self.vault, log_kept_for=kept_for)

    def close(self) -> None:
        """Stops following and closes every store."""
        self.followers.stop()
        self.box.stop()
        self.private.close()
        self.reading.dispose()
        self.history.close()


def open_house(settings: Settings, clock: Callable[[], datetime] = system_clock, *, follow: bool = True) -> House:
    """Opens every store of the installation and starts following the history.

    A process that does not `follow` reads what another one shows. Raises Refused or SQLAlchemy's OperationalError
    when the database does not answer; nothing is left open then.
    """
    with ExitStack() as opened:
        history = open_history(settings.storage_url)
        opened.callback(history.close)
        reading = open_reading(settings.storage_url)
        opened.callback(reading.dispose)
        box = open_box(settings.storage_url)
        opened.callback(box.stop)
        private = open_private(settings.storage_url, file_store(settings))
        opened.callback(private.close)
        notary = _notary(settings, history, clock)
        house = House(
            settings=settings,
            history=history,
            office=Office(history, clock, notary.hear),
            box=box,
            private=private,
            reading=reading,
            followers=Followers(history, reading, ALL),
            notary=notary,
            clock=clock,
        )
        if follow:
            house.followers.start()
            house.sweep()
        else:
            house.followers.prepare()
        opened.pop_all()
    return house


def _notary(settings: Settings, history: History, clock: Callable[[], datetime]) -> Notary:
    place = KeyPlace(settings.data, settings.checkpoint_name, settings.checkpoint_key.get_secret_value())
    return Notary(history, place, clock, Algorithm(settings.tree_hash), settings.former_checkpoint_keys)
