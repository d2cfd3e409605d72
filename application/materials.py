"""Commands about materials: send, replace, withdraw, read, remind."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import materials
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.materials import Material, MaterialRead, MaterialSent
from domain.congress.roll import Roll
from domain.files import Attached
from domain.projects import candidate_list as lists
from domain.projects.candidate_list import CandidateList, ListNotPublished
from domain.shared import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a material says."""

    title: str
    words: str
    file: Attached | None = None


def send_material(
    office: Office,
    by: By,
    congress: UUID,
    session: UUID,
    material: UUID,
    written: Written,
    delegations: Sequence[str] = (),
) -> int:
    """Sends a material to all delegates or to some delegations. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.SEND_MATERIALS, congress)

    def decide(desk: Desk) -> None:
        convened = desk.load(session, sessions.evolve)
        if convened is None or convened.congress != congress or convened.rehearsal_of is not None:
            raise NotFound(kind="session", id=str(session))
        fact = MaterialSent(
            congress=congress,
            session=session,
            title=written.title,
            words=written.words,
            file=written.file,
            delegations=tuple(delegations),
            on=office.today(),
        )
        desk.add(material, materials.send_material(fact, _roll(desk, congress).delegations))

    return office.record(by, decide)


def replace_material(office: Office, by: By, material: UUID, written: Written, reason: str) -> int:
    """Sends a better edition. Raises NotPermitted, NotFound, MaterialIsWithdrawn, Missing or Invalid."""
    by.actor.require(Act.SEND_MATERIALS, _known(office, material).congress)
    return office.change(
        by,
        material,
        materials.evolve,
        lambda now: materials.replace_material(
            now, title=written.title, words=written.words, file=written.file, reason=reason, on=office.today()
        ),
    )


def withdraw_material(office: Office, by: By, material: UUID, reason: str) -> int:
    """Takes a material back, with the reason. Raises NotPermitted, NotFound, MaterialIsWithdrawn or Missing."""
    by.actor.require(Act.SEND_MATERIALS, _known(office, material).congress)
    return office.change(
        by, material, materials.evolve, lambda now: materials.withdraw_material(now, reason, office.today())
    )


def read_material(office: Office, by: By, material: UUID, edition: int) -> int:
    """Gives the delegate's read receipt for the edition that was open, once for each.

    Raises NotPermitted, NotFound for somebody who is no delegate or whom it was not sent to, MaterialIsWithdrawn or
    MaterialWasReplaced.
    """
    known = _known(office, material)
    by.actor.require(Act.READ_CANDIDATES, known.congress)
    delegate = by.actor.delegate_in(known.congress)
    roll = office.state_of(rolls.roll_stream(known.congress), rolls.evolve)
    if delegate is None or roll is None or not roll.admits(delegate):
        raise NotFound(kind="delegate", id="")
    receipt = MaterialRead(congress=known.congress, material=material, delegate=delegate, edition=edition)
    delegation = roll.entries[delegate].delegation
    return office.change(
        by,
        materials.reading_stream(material, delegate),
        materials.evolve_reading,
        lambda reading: materials.read_material(known, reading, receipt, delegation),
    )


def remind_of_material(office: Office, by: By, material: UUID) -> int:
    """Reminds those who have not read the newest edition, once a day at most.

    Raises NotPermitted, NotFound, MaterialIsWithdrawn, RemindedToday or NobodyToRemind.
    """
    known = _known(office, material)
    by.actor.require(Act.SEND_MATERIALS, known.congress)
    if known.withdrawn:
        raise materials.MaterialIsWithdrawn(title=known.editions[-1].title)
    roll = _present_roll(office, known.congress)
    addressed = [entry.delegate for entry in roll.entries.values() if known.is_for(entry.delegation)]
    streams = {materials.reading_stream(material, delegate) for delegate in addressed}
    read = office.states_of(streams, materials.evolve_reading)
    unread = sum(1 for stream in streams if stream not in read or read[stream].edition < known.edition)
    return _remind(office, by, known.congress, material, unread)


def remind_of_cards(office: Office, by: By, congress: UUID, year: int) -> int:
    """Reminds those who have not read every card of the published list, once a day at most.

    Raises NotPermitted, ListNotPublished, RemindedToday or NobodyToRemind.
    """
    by.actor.require(Act.SEND_MATERIALS, congress)
    stream = lists.list_stream(congress, year)
    listed = office.state_of(stream, lists.evolve)
    if listed is None or not listed.published:
        raise ListNotPublished(year=year)
    return _remind(office, by, congress, stream, _unread_cards(office, congress, stream, listed))


def _unread_cards(office: Office, congress: UUID, stream: UUID, listed: CandidateList) -> int:
    wanted = {candidate.project for candidate in listed.candidates}
    streams = [lists.reading_stream(stream, delegate) for delegate in _present_roll(office, congress).entries]
    read = office.states_of(streams, lists.evolve_reading)
    return sum(1 for one in streams if one not in read or not wanted <= read[one].projects)


def _remind(office: Office, by: By, congress: UUID, about: UUID, unread: int) -> int:
    return office.change(
        by,
        materials.reminding_stream(about),
        materials.evolve_reminding,
        lambda now: materials.remind_readers(now, congress=congress, about=about, unread=unread, today=office.today()),
    )


def _roll(desk: Desk, congress: UUID) -> Roll:
    return desk.load(rolls.roll_stream(congress), rolls.evolve) or Roll()


def _present_roll(office: Office, congress: UUID) -> Roll:
    return office.state_of(rolls.roll_stream(congress), rolls.evolve) or Roll()


def _known(office: Office, material: UUID) -> Material:
    known = office.state_of(material, materials.evolve)
    if known is None:
        raise NotFound(kind="material", id=str(material))
    return known
