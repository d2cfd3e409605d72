r"""A random draw of sites 抽点 that nobody can choose and anybody can replay.

1. *Announced*: the installation makes a secret seed and publishes its SHA-256, the commitment, with how many are
   drawn, and, if the office wants one, which number nobody knows yet will be mixed in (a lottery's next draw, digits
   that those present call out).
2. *Closed*: the pool of sites is fixed, numbered and published with its digest. Whoever made the pool has not seen
   the seed, and the seed cannot be changed any more.
3. *Drawn*: the seed is published, the number is mixed in, and every site's ticket follows from them:

       ticket = SHA-256("{draw}\n{seed}\n{pool digest}\n{number}\n{site's number}")   in UTF-8

   The sites with the smallest tickets are drawn, in that order: of the whole pool, or of each project's sites.

The pool's digest is the SHA-256 of one line for each site, `{number}\t{project code}\t{name}\t{place}\n`, in UTF-8.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from unicodedata import normalize
from uuid import UUID

from domain.shared import Invalid, Missing, NotFound, Refused, Year

MOST_SITES = 2_000
LONGEST_NAME = 80
LONGEST_TITLE = 80
LONGEST_WORDS = 500


class Spread(StrEnum):
    """Of what a number of sites is drawn."""

    POOL = "pool"
    PROJECT = "project"
    """So many of each project."""


class DrawStage(StrEnum):
    """Where a draw stands."""

    ANNOUNCED = "announced"
    CLOSED = "closed"
    DRAWN = "drawn"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSite:
    """One site of the pool. `code` is the short public code of its project, empty for none."""

    number: int
    name: str
    place: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawAnnounced:
    """A draw will be made: everything that decides it is fixed but the pool and the witnessed number."""

    congress: UUID
    year: Year
    title: str
    purpose: str
    commitment: str
    """The SHA-256 of the seed, 64 hexadecimal digits."""
    takes: int
    spread: Spread
    witness: str
    """Which number nobody knows yet is mixed in; empty: none."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolClosed:
    """The pool is fixed. Nothing is added, taken out or put in another order any more."""

    sites: tuple[PoolSite, ...]
    digest: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesDrawn:
    """The seed is open, the sites are drawn."""

    seed: str
    number: str
    """The witnessed number as it was mixed in."""
    drawn: tuple[int, ...]
    """Numbers of sites, in the order of their tickets."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawGivenUp:
    """The draw is not made; it stays published with the reason, so that nobody can try until it suits."""

    reason: str
    on: date


DrawFact = DrawAnnounced | PoolClosed | SitesDrawn | DrawGivenUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw as it stands."""

    announced: DrawAnnounced
    stage: DrawStage = DrawStage.ANNOUNCED
    pool: PoolClosed | None = None
    result: SitesDrawn | None = None
    given_up: DrawGivenUp | None = None

    @property
    def chosen(self) -> tuple[PoolSite, ...]:
        """The sites drawn, in their order."""
        if self.pool is None or self.result is None:
            return ()
        known = {site.number: site for site in self.pool.sites}
        return tuple(known[number] for number in self.result.drawn)


@dataclass(eq=False)
class DrawInWrongStage(Refused):
    """The step does not fit where the draw stands."""

    stage: str


@dataclass(eq=False)
class NothingToDraw(Refused):
    """Every site of the pool would be drawn."""

    sites: int
    takes: int


@dataclass(eq=False)
class SiteTwice(Refused):
    """A site stands in the pool twice and would have two chances."""

    name: str


@dataclass(eq=False)
class SeedNotCommitted(Refused):
    """The seed does not fit what was published before the pool was closed."""


def commitment_of(seed: str) -> str:
    """What is published before the pool is closed."""
    return sha256(seed.encode()).hexdigest()


def announce_draw(fact: DrawAnnounced) -> DrawAnnounced:
    """Raises Missing (title) or Invalid."""
    made = replace(fact, title=fact.title.strip(), purpose=fact.purpose.strip(), witness=fact.witness.strip())
    if not made.title:
        raise Missing(fields=("title",))
    if not 1 <= made.takes <= MOST_SITES:
        raise Invalid(field="takes", reason="out_of_range", value=str(made.takes))
    for name, most in (("title", LONGEST_TITLE), ("purpose", LONGEST_WORDS), ("witness", LONGEST_WORDS)):
        if len(getattr(made, name)) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    return made


def close_pool(current: Draw | None, sites: Iterable[PoolSite], on: date) -> PoolClosed:
    """Numbers the sites from 1, in order.

    Raises DrawInWrongStage, Missing, Invalid, SiteTwice or NothingToDraw.
    """
    known = _in(current, DrawStage.ANNOUNCED)
    made = numbered(sites)
    if not made:
        raise Missing(fields=("sites",))
    if len(made) > MOST_SITES:
        raise Invalid(field="sites", reason="too_many", value=str(MOST_SITES))
    seen: set[tuple[str, str, str]] = set()
    for site in made:
        if len(site.name) > LONGEST_NAME or len(site.place) > LONGEST_NAME:
            raise Invalid(field="sites", reason="too_long", value=str(LONGEST_NAME))
        same = (site.code, site.name, site.place)
        if same in seen:
            raise SiteTwice(name=site.name)
        seen.add(same)
    if len(_taken(made, [site.number for site in made], known.announced)) == len(made):
        raise NothingToDraw(sites=len(made), takes=known.announced.takes)
    return PoolClosed(sites=made, digest=pool_digest(made), on=on)


def draw_sites(current: Draw | None, draw: UUID, *, seed: str, number: str, on: date) -> SitesDrawn:
    """Raises DrawInWrongStage, SeedNotCommitted, or Missing (number) where one was announced."""
    known = _in(current, DrawStage.CLOSED)
    if known.pool is None or commitment_of(seed) != known.announced.commitment:
        raise SeedNotCommitted
    mixed = mixed_in(number) if known.announced.witness else ""
    if known.announced.witness and not mixed:
        raise Missing(fields=("number",))
    if len(mixed) > LONGEST_NAME:
        raise Invalid(field="number", reason="too_long", value=str(LONGEST_NAME))
    drawn = drawn_from(known.pool, known.announced, draw, seed, mixed)
    return SitesDrawn(seed=seed, number=mixed, drawn=drawn, on=on)


def give_up_draw(current: Draw | None, reason: str, on: date) -> DrawGivenUp:
    """Before it is made. Raises DrawInWrongStage or Missing (reason)."""
    _in(current, DrawStage.ANNOUNCED, DrawStage.CLOSED)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return DrawGivenUp(reason=reason.strip(), on=on)


def numbered(sites: Iterable[PoolSite]) -> tuple[PoolSite, ...]:
    """The sites with plain words, numbered from 1 in this order; lines without a name are left out."""
    plain = (replace(site, name=_one_line(site.name), place=_one_line(site.place)) for site in sites)
    return tuple(replace(site, number=place) for place, site in enumerate((one for one in plain if one.name), 1))


def pool_text(sites: Iterable[PoolSite]) -> str:
    """The pool as its digest is made from it."""
    return "".join(f"{site.number}\t{site.code}\t{site.name}\t{site.place}\n" for site in sites)


def pool_digest(sites: Iterable[PoolSite]) -> str:
    """64 hexadecimal digits that stand for the whole pool and its order."""
    return sha256(pool_text(sites).encode()).hexdigest()


def mixed_in(number: str) -> str:
    """The witnessed number as it is mixed in: full-width digits made plain, blanks folded."""
    return _one_line(normalize("NFKC", number))


def ticket(draw: UUID, seed: str, digest: str, number: str, site: int) -> str:
    """What decides on one site, 64 hexadecimal digits; the smallest are drawn."""
    return sha256(f"{draw}\n{seed}\n{digest}\n{number}\n{site}".encode()).hexdigest()


def drawn_from(pool: PoolClosed, announced: DrawAnnounced, draw: UUID, seed: str, number: str) -> tuple[int, ...]:
    """The numbers of the drawn sites in the order of their tickets."""
    tickets = {site.number: ticket(draw, seed, pool.digest, number, site.number) for site in pool.sites}
    order = sorted(tickets, key=lambda site: (tickets[site], site))
    return _taken(pool.sites, order, announced)


def evolve(current: Draw | None, fact: DrawFact) -> Draw:
    """The draw after one more fact."""
    if isinstance(fact, DrawAnnounced):
        return Draw(announced=fact)
    known = known_draw(current)
    match fact:
        case PoolClosed():
            return replace(known, stage=DrawStage.CLOSED, pool=fact)
        case SitesDrawn():
            return replace(known, stage=DrawStage.DRAWN, result=fact)
        case DrawGivenUp():
            return replace(known, stage=DrawStage.GIVEN_UP, given_up=fact)


def known_draw(current: Draw | None) -> Draw:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="draw", id="")
    return current


def _taken(sites: Sequence[PoolSite], order: Iterable[int], announced: DrawAnnounced) -> tuple[int, ...]:
    """The first so many of the order: of all, or of the sites of each project."""
    of = {site.number: site.code if announced.spread is Spread.PROJECT else "" for site in sites}
    left = dict.fromkeys(of.values(), announced.takes)
    taken = []
    for number in order:
        if left[of[number]]:
            left[of[number]] -= 1
            taken.append(number)
    return tuple(taken)


def _one_line(words: str) -> str:
    return " ".join(normalize("NFC", words).split())


def _in(current: Draw | None, *stages: DrawStage) -> Draw:
    known = known_draw(current)
    if known.stage not in stages:
        raise DrawInWrongStage(stage=known.stage.value)
    return known
