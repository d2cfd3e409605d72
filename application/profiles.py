"""Commands about rule profiles 票决办法: draft, revise, adopt."""

from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import session as sessions
from domain.polls import profile as profiles
from domain.polls.profile import Profile
from domain.polls.rules import RuleProfile
from domain.shared import NotFound


def draft_profile(office: Office, by: By, congress: UUID, profile: UUID, rules: RuleProfile) -> int:
    """The first version. Raises NotPermitted, ProfileExists or ProfileFaults."""
    by.actor.require(Act.KEEP_PROFILES, congress)
    return office.change(
        by, profile, profiles.evolve, lambda found: profiles.draft_profile(found, congress=congress, rules=rules)
    )


def revise_profile(office: Office, by: By, profile: UUID, rules: RuleProfile) -> int:
    """The next version, where something changed. Raises NotPermitted, NotFound, ProfileLocked or ProfileFaults."""
    by.actor.require(Act.KEEP_PROFILES, known_profile(office, profile).congress)
    return office.change(by, profile, profiles.evolve, lambda found: profiles.revise_profile(found, rules=rules))


def adopt_profile(
    office: Office, by: By, profile: UUID, *, session: UUID, on: date, decision: str, version: int | None = None
) -> int:
    """Records that the session adopted this version, which locks it.

    `version` is the one that was shown, where one was: what the session did not see it did not adopt.
    Raises NotPermitted, NotFound, ProfileLocked, ProfileChanged, ProfileFaults or Missing.
    """
    congress = known_profile(office, profile).congress
    by.actor.require(Act.KEEP_PROFILES, congress)

    def decide(desk: Desk) -> None:
        convened = desk.load(session, sessions.evolve)
        if convened is None or convened.congress != congress:
            raise NotFound(kind="session", id=str(session))
        found = desk.load(profile, profiles.evolve)
        desk.add(profile, profiles.adopt_profile(found, session=session, on=on, decision=decision, version=version))

    return office.record(by, decide)


def known_profile(office: Office, profile: UUID) -> Profile:
    """The profile. Raises NotFound."""
    return profiles.known(office.state_of(profile, profiles.evolve))
