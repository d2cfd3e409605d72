"""Commands about draws of sites 抽点. The seed comes from the installation's secret and is shown to nobody before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from application.office import By, Desk, Office
from application.private.seals import Seals
from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.shared import NotFound, Year
from domain.supervision import draw as draws
from domain.supervision import group as groups
from domain.supervision.draw import Draw, DrawAnnounced, PoolSite, Spread, commitment_of

_PURPOSE: Final = "draw of sites"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawTerms:
    """What is fixed before anybody knows the pool."""

    title: str
    takes: int
    spread: Spread
    year: int
    purpose: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSite:
    """A site as the office puts it into the pool."""

    name: str
    place: str = ""
    project: UUID | None = None


def announce_draw(office: Office, seals: Seals, by: By, congress: UUID, draw: UUID, terms: DrawTerms) -> int:
    """Publishes what binds the seed. Raises NotPermitted, Missing or Invalid."""
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    fact = DrawAnnounced(
        congress=congress,
        year=Year(terms.year),
        title=terms.title,
        purpose=terms.purpose,
        commitment=commitment_of(_seed(seals, draw)),
        takes=terms.takes,
        spread=terms.spread,
        witness=terms.witness,
        on=office.today(),
    )
    return office.record(by, lambda desk: desk.add(draw, draws.announce_draw(fact)))


def close_pool(office: Office, by: By, draw: UUID, sites: Iterable[OfferedSite]) -> int:
    """Fixes the pool; its projects are adopted ones of the congress.

    Raises NotPermitted, NotFound, WrongStage, DrawInWrongStage, Missing, Invalid, SiteTwice or NothingToDraw.
    """
    congress = _kept_by(office, by, draw).announced.congress
    offered = tuple(sites)

    def decide(desk: Desk) -> None:
        states = desk.load_many({one.project for one in offered if one.project is not None}, projects.evolve)
        pool = []
        for one in offered:
            code = ""
            if one.project is not None:
                of = groups.adopted(states.get(one.project))
                if of.congress != congress:
                    raise NotFound(kind="project", id=str(one.project))
                code = of.code
            pool.append(PoolSite(number=0, name=one.name, place=one.place, code=code))
        desk.add(draw, draws.close_pool(desk.load(draw, draws.evolve), pool, office.today()))

    return office.record(by, decide)


def draw_sites(office: Office, seals: Seals, by: By, draw: UUID, number: str = "") -> int:
    """Opens the seed and draws; `number` is what was witnessed, where one was announced.

    Raises NotPermitted, NotFound, DrawInWrongStage, SeedNotCommitted, Missing or Invalid.
    """
    _kept_by(office, by, draw)
    seed = _seed(seals, draw)
    return office.change(
        by,
        draw,
        draws.evolve,
        lambda current: draws.draw_sites(current, draw, seed=seed, number=number, on=office.today()),
    )


def give_up_draw(office: Office, by: By, draw: UUID, reason: str) -> int:
    """Leaves it undone for all to see. Raises NotPermitted, NotFound, DrawInWrongStage or Missing (reason)."""
    _kept_by(office, by, draw)
    return office.change(by, draw, draws.evolve, lambda current: draws.give_up_draw(current, reason, office.today()))


def known_draw(office: Office, draw: UUID) -> Draw:
    """Raises NotFound."""
    found = office.state_of(draw, draws.evolve)
    if found is None:
        raise NotFound(kind="draw", id=str(draw))
    return found


def _kept_by(office: Office, by: By, draw: UUID) -> Draw:
    known = known_draw(office, draw)
    by.actor.require(Act.KEEP_SUPERVISION, known.announced.congress)
    return known


def _seed(seals: Seals, draw: UUID) -> str:
    """64 hexadecimal digits: the same whenever they are asked for, and known to this installation alone."""
    return seals.hashed(_PURPOSE, str(draw))
