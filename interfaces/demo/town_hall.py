"""The hands of the demonstration: people with accounts who give the same commands as everybody else."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from application import account_slips, signing_in
from application import accounts as account_commands
from application.office import By
from application.polls.casting import CastingDesk
from application.polls.preparing import known_poll
from application.polls.rehearsal_day import made_up_ballot
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress.roll import DelegateEntry
from domain.polls.ballot_form import form_hash
from domain.polls.card import Secret, card_id
from domain.polls.count import form_of
from domain.projects.card import CandidateCard
from interfaces.composition import House
from interfaces.demo.clock import DemoClock
from interfaces.tables.candidates import read_candidates
from interfaces.tables.delegates import read_delegates
from interfaces.tables.faults import Fault
from interfaces.tables.reading import read_table

DATA = Path(__file__).parent / "data"
PASSWORD = "minsheng-shishi-2026"
SLIP_LASTS = timedelta(days=30)
WRITTEN_FOR = 2026
"""The year in which the candidates' data lie; their dates move with the year of the demonstration."""


class TownHall:
    """An open installation, its clock, and everybody who acts in the story."""

    def __init__(self, house: House, clock: DemoClock, seed: int) -> None:
        self.house = house
        self.office = house.office
        self.clock = clock
        self.chance = Random(seed)  # noqa: S311 -- made-up votes, not secrets
        self._commands = 0
        self.administrator = self._first_administrator()

    def by(self, actor: Actor) -> By:
        """The next command of somebody."""
        self._commands += 1
        return By(actor=actor, key=f"demo/{self._commands}")

    def person(self, login: str, name: str, *grants: Grant) -> Actor:
        """Opens an account with its roles and chooses its password."""
        by = self.by(self.administrator)
        account = self.office.new_id(by, "account")
        account_commands.open_account(self.office, by, account, login, name, grants[0])
        for grant in grants[1:]:
            account_commands.grant_role(self.office, self.by(self.administrator), account, grant)
        return self._activated(account)

    def delegate(self, staff: Actor, congress: UUID, delegate: UUID) -> Actor:
        """A delegate uses the activation slip the office handed out."""
        _, slips = account_slips.issue_delegate_slips(
            self.office, self.house.private, self.by(staff), congress, SLIP_LASTS, delegate=delegate
        )
        signing_in.use_slip(self.office, self.house.private, slips[0].secret, PASSWORD)
        return self.actor(slips[0].account)

    def actor(self, account: UUID) -> Actor:
        """The person with the roles of this moment."""
        state = self.office.state_of(account, accounts.evolve)
        if state is None:
            raise LookupError(account)
        return state.actor(account)

    def units_of(self, congress: UUID) -> dict[str, UUID]:
        """The congress's units by name."""
        state = self.office.state_of(congress, congresses.evolve)
        return {unit.name: unit.id for unit in state.units.values()} if state else {}

    def cast_all(self, poll: UUID, codes: Sequence[Secret], marks: Iterable[list[str]]) -> None:
        """Puts a ballot into the box for every card, through the same door as a phone."""
        desk = CastingDesk(self.house.history, self.house.box)
        desk.look_again()
        state = known_poll(self.office, poll)
        form, key = form_of(poll, state.prepared), state.key.fingerprint if state.key else None

        async def cast() -> None:
            for code, row in zip(codes, marks, strict=True):
                ballot = made_up_ballot(state, form, tuple(row))
                await desk.cast(card_id(code), ballot, seen=form_hash(form), key=key)

        asyncio.run(cast())

    def _first_administrator(self) -> Actor:
        account = signing_in.create_administrator(
            self.office, self.house.private, "demo/administrator", login="admin", name="系统管理员", password=PASSWORD
        )
        return self.actor(account)

    def _activated(self, account: UUID) -> Actor:
        _, slip = account_slips.issue_slip(
            self.office, self.house.private, self.by(self.administrator), account, SLIP_LASTS
        )
        signing_in.use_slip(self.office, self.house.private, slip.secret, PASSWORD)
        return self.actor(account)


def role(kind: Role, congress: UUID, unit: UUID | None = None) -> Grant:
    """A role in a congress."""
    return Grant(role=kind, congress=congress, unit=unit)


def delegates_in(name: str, import_id: UUID) -> list[DelegateEntry]:
    """The entries of a roll, as an import reads them."""
    entries, faults = read_delegates(read_table((DATA / name).read_bytes()), import_id=import_id)
    _refuse(faults)
    return list(entries)


def candidates_in(name: str, units: dict[str, UUID], year: int) -> list[CandidateCard]:
    """The candidates, as an import reads them, moved to the year of the story."""
    cards, faults = read_candidates(read_table((DATA / name).read_bytes()), units)
    _refuse(faults)
    return [_moved(card, year) for card in cards]


def unit_names_in(name: str) -> list[str]:
    """The units the candidates name as leading, each once."""
    cards, _faults = read_candidates(read_table((DATA / name).read_bytes()))
    return list(dict.fromkeys(card.lead_unit_name for card in cards))


def _moved(card: CandidateCard, year: int) -> CandidateCard:
    return replace(
        card,
        starts_on=_in_year(card.starts_on, year),
        finishes_on=_in_year(card.finishes_on, year),
        annual_targets=card.annual_targets.replace(str(WRITTEN_FOR), str(year)),
    )


def _in_year(day: date | None, year: int) -> date | None:
    if day is None:
        return None
    moved = day.year + year - WRITTEN_FOR
    return day.replace(year=moved, day=min(day.day, 28)) if day.month == 2 else day.replace(year=moved)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise ValueError(faults)
