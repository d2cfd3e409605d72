"""Whose poll a scrutineer's page shows."""

from uuid import UUID

from domain.accounts.permissions import Act
from domain.polls.declaring import NotThisPollsScrutineer
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web.polls.desk import PollDesk, poll_desk


def at_table(house: House, here: Place, poll: UUID) -> PollDesk:
    """The poll, for its own scrutineers. Raises NotFound, NotPermitted or NotThisPollsScrutineer."""
    here.actor.require(Act.SIGN_COUNT, here.congress.id)
    desk = poll_desk(house, here, poll, area="scrutineer")
    if here.delegate is None or here.delegate not in (desk.state.chief, *desk.state.scrutineers):
        raise NotThisPollsScrutineer(name=here.actor.name)
    return desk


def chiefs(desk: PollDesk) -> PollDesk:
    """The desk for the chief alone. Raises NotThisPollsScrutineer."""
    if not desk.is_chief:
        raise NotThisPollsScrutineer(name=desk.here.actor.name)
    return desk
