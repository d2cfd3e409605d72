"""A session as the office sees it: who is there, whether that suffices, and what comes next."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Connection

from domain.accounts.permissions import Act
from domain.polls import profile as profiles
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import RuleProfile
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from interfaces.documents.written import chinese_ordinal
from interfaces.web._base.asking import Here, Place
from interfaces.web._base.language import gettext as _
from interfaces.web.profiles.plain import share_words
from projections import attendance, profile_shelf
from projections.attendance import DelegationPresence
from projections.congress_register import ListedSession, session_at

USUAL_QUORUM = Threshold(fraction="2/3", operator=Operator.AT_LEAST)
"""What holds until the session adopts a profile of its own."""

_CONGRESS = "人民代表大会"


def at_session(here: Here) -> Place:
    """Whoever reads the office's pages or stands at the check-in desk. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.CHECK_IN)):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    return here


AtSession = Annotated[Place, Depends(at_session)]


class Standing(NamedTuple):
    """Attendance at this moment. `needed` is the least number with which a poll may open (rule 1)."""

    delegations: list[DelegationPresence]
    needed: int
    rule: str
    profile: str
    """The adopted profile the rule is from, empty while there is none."""

    @property
    def all_delegates(self) -> int:
        """N."""
        return sum(one.delegates for one in self.delegations)

    @property
    def attending(self) -> int:
        """A."""
        return sum(one.present for one in self.delegations)

    @property
    def absent(self) -> int:
        """Delegates who have not checked in."""
        return self.all_delegates - self.attending

    @property
    def is_met(self) -> bool:
        """Whether a poll may open."""
        return self.all_delegates > 0 and self.attending >= self.needed

    @property
    def short(self) -> int:
        """How many more have to come."""
        return max(0, self.needed - self.attending)


def known_session(connection: Connection, here: Place, session: UUID) -> ListedSession:
    """A session of this congress. Raises NotFound."""
    known = session_at(connection, here.congress.id, session)
    if known is None:
        raise NotFound(kind="session", id=str(session))
    return known


def standing(house: House, connection: Connection, here: Place, session: UUID) -> Standing:
    """Attendance against the quorum of the adopted profile, or the usual two thirds."""
    delegations = attendance.presence(connection, here.congress.id, session)
    rules = _adopted(house, connection, here, session)
    quorum = rules.quorum if rules else USUAL_QUORUM
    everybody = sum(one.delegates for one in delegations)
    return Standing(
        delegations=delegations,
        needed=quorum.least(everybody),
        rule=share_words(quorum, _("全体代表")),
        profile=rules.title if rules else "",
    )


def title_of(name: str, term: int, number: int) -> str:
    """市第十六届人民代表大会第五次会议; the words of a residents' council come before the term."""
    ordinal, session = chinese_ordinal(term), chinese_ordinal(number)
    if name.endswith(_CONGRESS):
        return f"{name.removesuffix(_CONGRESS)}第{ordinal}届{_CONGRESS}第{session}次会议"
    return f"{name}第{ordinal}届第{session}次会议"


def _adopted(house: House, connection: Connection, here: Place, session: UUID) -> RuleProfile | None:
    """The rules the session adopted last."""
    adopted = profile_shelf.adopted_profiles(connection, here.congress.id)
    mine = next((one for one in adopted if one.session == session), None)
    state = house.office.state_of(mine.id, profiles.evolve) if mine else None
    return state.rules if state else None
