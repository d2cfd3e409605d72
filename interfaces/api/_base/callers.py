"""Who calls, by which token and in which congress: what every operation starts from."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from starlette.requests import Request

from application.api_tokens import Bearer
from application.office import By
from domain.accounts.permissions import Act, Actor, ReadFromAbove
from domain.shared import NotFound, NotPermitted
from interfaces.api._base import versions
from interfaces.api._base.refusals import NotShownYet
from interfaces.composition import House
from interfaces.web._base.asking import Place, read_from
from interfaces.web._base.language import speak_of
from projections.congress_directory import ListedCongress, congress_at

SLUG = r"^[a-z][a-z0-9-]{0,31}$"


@dataclass(slots=True, kw_only=True)
class Told:
    """What the answer says in its headers; the operation writes it down on the way."""

    versions: tuple[int, ...] = ()
    position: int | None = None
    location: str = ""
    next: str = ""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A program that acts by a token, within the scope of this operation."""

    house: House
    bearer: Bearer
    actor: Actor
    key: str = ""
    content: str = ""
    if_match: str | None = None
    told: Told = field(default_factory=Told)

    def by(self, *streams: UUID) -> By:
        """Who asks, for a command; refused unless `streams` are as `If-Match` says.

        The streams are those, in their order, that `shows` named where the version was read.
        """
        expecting = versions.expected(self.if_match, streams) if self.if_match is not None else ()
        return By(actor=self.actor, key=f"api/{self.key}", content=self.content, expecting=expecting)

    def shows(self, *streams: UUID) -> None:
        """The answer shows these streams: to be called before anything is read, so that the version is never newer.

        Where the lists lag behind for long there is no version, and so no change can be based on what is shown.
        """
        seen = self.house.office.versions_of(streams)
        if self.house.followers.wait_for(self.house.history.last_position()):
            self.told.versions = tuple(seen[stream] for stream in streams)

    def done(self, position: int, location: str = "") -> None:
        """After a command: waits until the lists show it; `location` is where what was made can be read.

        Raises NotShownYet: the same request with the same key leads on later.
        """
        self.told.position, self.told.location = position, location
        if not self.house.followers.wait_for(position):
            raise NotShownYet(retry_after=2.0)

    def reaches(self, congress: UUID) -> bool:
        """Whether the account holds a role there that the token can use."""
        return any(grant.congress in (None, congress) for grant in self.actor.grants)


@dataclass(frozen=True, kw_only=True)
class At(Caller):
    """A program at the desk of one congress."""

    congress: ListedCongress
    read_from: ListedCongress | None = None
    """The upper congress from whose office this one is being read."""

    def may(self, act: Act) -> bool:
        """Whether it may do it in this congress."""
        return self.actor.may(act, self.congress.id)

    @property
    def place(self) -> Place:
        """The same as the pages know it."""
        login = self.bearer.account.login
        return Place(actor=self.actor, login=login, congress=self.congress, read_from=self.read_from)


async def caller(request: Request) -> Caller:
    """The caller, as the operation has admitted it."""
    admitted: Caller = request.state.caller
    return admitted


TheCaller = Annotated[Caller, Depends(caller)]


def at_congress(
    request: Request,
    caller: TheCaller,
    slug: Annotated[str, Path(pattern=SLUG, description="大会在地址中的用词。", examples=["qingcheng"])],
) -> At:
    """The caller at the congress of the address.

    Raises NotFound for one where neither account nor token reaches, ReadFromAbove for a change in one below.
    """
    with caller.house.reading.connect() as connection:
        congress = congress_at(connection, slug)
        above = read_from(connection, caller.actor, congress) if congress else None
    if congress is None or not (caller.reaches(congress.id) or above):
        raise NotFound(kind="congress", id=slug)
    speak_of(congress.level)
    if above and request.method != "GET":
        if not caller.reaches(congress.id):
            raise ReadFromAbove(congress=congress.short_name)
        above = None
    kept = {name: getattr(caller, name) for name in Caller.__dataclass_fields__}
    kept["actor"] = replace(caller.actor, below=congress.id) if above else caller.actor
    return At(**kept, congress=congress, read_from=above)


Here = Annotated[At, Depends(at_congress)]


def needing(act: Act) -> Callable[[At], At]:
    """A place where the caller may do this; to be used as `Annotated[At, Depends(needing(Act.X))]`.

    The dependency raises NotPermitted. Commands check for themselves: this is for operations that only show.
    """

    def checked(here: Here) -> At:
        if not here.may(act):
            raise NotPermitted(act=act.value)
        return here

    return checked


OfficeReader = Annotated[At, Depends(needing(Act.READ_OFFICE))]
CandidateReader = Annotated[At, Depends(needing(Act.READ_CANDIDATES))]
