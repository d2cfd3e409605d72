"""That a backup was taken is recorded: who has the whole record in hand is part of the record."""

from application.backups.taking import Taken
from application.office import By, Desk, Office
from domain.accounts.permissions import Act, Actor
from domain.backups.backup import BACKUPS, BackupTaken, Way, evolve


def require_backup(actor: Actor) -> None:
    """Backups hold every congress of the installation. Raises NotPermitted."""
    actor.require(Act.TAKE_BACKUP, None)


def record_backup(office: Office, by: By, taken: Taken, way: Way) -> int:
    """After it was read back from its file. Raises NotPermitted."""
    require_backup(by.actor)
    fact = BackupTaken(
        way=way,
        position=taken.manifest.position,
        facts=taken.manifest.facts,
        ballots=taken.manifest.ballots,
        bytes=taken.bytes,
        sha256=taken.sha256,
    )

    def at(desk: Desk) -> None:
        desk.load(BACKUPS, evolve)
        desk.add(BACKUPS, fact)

    return office.record(by, at)
