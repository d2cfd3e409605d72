"""Founding a congress together with its first person and with what it takes over from its parent or a sister."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.account_slips import PrintedSlip, print_issued
from application.accounts import known_account, open_at
from application.congress import existing, found_at
from application.office import By, Desk, Office
from application.private.store import PrivateStore
from domain.accounts import account as accounts
from domain.accounts.permissions import Act, Grant, Role
from domain.congress import congress as congresses
from domain.congress.congress import Level
from domain.polls import profile as profiles
from domain.proposals import screening as screenings
from domain.shared import Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What enters the installation."""

    name: str
    short_name: str
    slug: str
    level: Level
    term: int
    parent: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPerson:
    """Who begins to work in its office; `keeps_accounts` lets the person open the accounts of the others."""

    login: str
    name: str
    keeps_accounts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What is copied once from the parent or a sister; later changes there change nothing here."""

    source: UUID
    units: bool = False
    profile: UUID | None = None
    screening: bool = False


def found_with_office(
    office: Office,
    private: PrivateStore,
    by: By,
    congress: UUID,
    body: Body,
    person: FirstPerson | None,
    taken: TakenOver | None,
    lasting: timedelta,
) -> tuple[int, PrintedSlip | None]:
    """All or nothing. Who founds below the own congress reads there, but opens no account there later.

    Raises NotPermitted, NotFound (parent, source, profile), Missing, Invalid, WrongParent, SlugTaken, LoginTaken, or
    SlipsAlreadyPrinted for a form that is sent twice.
    """
    by.actor.require(Act.FOUND_CONGRESS, body.parent)
    account, slip = office.new_id(by, "first person"), office.new_id(by, "first slip")

    def decide(desk: Desk) -> None:
        found_at(
            desk,
            congress,
            name=body.name,
            short_name=body.short_name,
            slug=body.slug,
            level=body.level,
            term=body.term,
            parent=body.parent,
        )
        if taken is not None:
            _take_over(office, by, desk, congress, taken)
        if person is not None:
            _seat(desk, congress, account, person)
            desk.add(account, accounts.issue_slip(known_account(desk, account), slip, office.now() + lasting))

    position = office.record(by, decide)
    if person is None:
        return position, None
    return position, print_issued(office, private, {account: slip}, {account: ""})[0]


def _seat(desk: Desk, congress: UUID, account: UUID, person: FirstPerson) -> None:
    open_at(desk, account, person.login, person.name, Grant(role=Role.STAFF, congress=congress))
    if person.keeps_accounts:
        grant = Grant(role=Role.ADMINISTRATOR, congress=congress)
        desk.add(account, accounts.grant_role(known_account(desk, account), grant))


def _take_over(office: Office, by: By, desk: Desk, congress: UUID, taken: TakenOver) -> None:
    source, made = existing(desk, taken.source), existing(desk, congress)
    if taken.source != made.parent and (made.parent is None or source.parent != made.parent):
        raise Invalid(field="source", reason="not_related", value=source.name)
    if taken.units:
        for place, unit in enumerate(one for one in source.units.values() if not one.withdrawn):
            known = existing(desk, congress)
            added = congresses.add_unit(known, office.new_id(by, f"unit/{place}"), unit.name, unit.duty_phone)
            desk.add(congress, added)
    if taken.profile is not None:
        _take_profile(office, by, desk, congress, taken.source, taken.profile)
    if taken.screening:
        _take_screening(desk, congress, taken.source, source.name)


def _take_profile(office: Office, by: By, desk: Desk, congress: UUID, source: UUID, profile: UUID) -> None:
    """As a draft: each congress adopts its own."""
    known = desk.load(profile, profiles.evolve)
    if known is None or known.congress != source:
        raise NotFound(kind="profile", id=str(profile))
    stream = office.new_id(by, "profile")
    drafted = profiles.draft_profile(desk.load(stream, profiles.evolve), congress=congress, rules=known.rules)
    desk.add(stream, drafted)


def _take_screening(desk: Desk, congress: UUID, source: UUID, name: str) -> None:
    """The rules in force there, cited as theirs; nothing where there are only the ready-made ones."""
    known = desk.load(screenings.rules_stream(source), screenings.evolve_rules)
    if known is None:
        return
    stream = screenings.rules_stream(congress)
    before = desk.load(stream, screenings.evolve_rules)
    desk.add(stream, screenings.adopt_rules(before, congress, known.rules, f"沿用{name}：{known.decision}"))
