"""A draw of sites is decided by nobody and can be made again by anybody."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from domain.shared import Invalid, Missing, Year
from domain.supervision import draw as draws
from domain.supervision.draw import (
    Draw,
    DrawAnnounced,
    DrawGivenUp,
    DrawInWrongStage,
    NothingToDraw,
    PoolSite,
    SeedNotCommitted,
    SitesDrawn,
    SiteTwice,
    Spread,
    commitment_of,
    evolve,
)
from domain.supervision.draw_record import Check, DrawRecordUnreadable, record_of, verify
from interfaces.record import verify_draw
from tests.support.given import given

DRAW, TODAY = UUID(int=7), date(2026, 5, 11)
SEED = "5eed" * 16
ANNOUNCED = DrawAnnounced(
    congress=UUID(int=1),
    year=Year(2026),
    title="第二季度暗访抽点",
    purpose="",
    commitment=commitment_of(SEED),
    takes=3,
    spread=Spread.POOL,
    witness="到场代表报出的六位数字",
    on=TODAY,
)
SITES = tuple(PoolSite(number=0, name=f"{n} 号小区", place="青山区", code=f"P{n % 3}") for n in range(1, 11))

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
pools = st.lists(
    st.builds(PoolSite, number=st.just(0), name=words, place=words, code=st.sampled_from(("A", "B", "C"))), max_size=30
)


def made(*, takes: int = 3, spread: Spread = Spread.POOL, number: str = "482913", seed: str = SEED) -> Draw:
    announced = replace(ANNOUNCED, takes=takes, spread=spread, commitment=commitment_of(seed))
    state = evolve(None, announced)
    state = evolve(state, draws.close_pool(state, SITES, TODAY))
    return evolve(state, draws.draw_sites(state, DRAW, seed=seed, number=number, on=TODAY))


def test_the_draw_is_what_its_description_says_computed_without_any_of_its_code() -> None:
    state = made()
    lines = [f"{n}\tP{n % 3}\t{n} 号小区\t青山区\n" for n in range(1, 11)]
    digest = sha256("".join(lines).encode()).hexdigest()
    tickets = {n: sha256(f"{DRAW}\n{SEED}\n{digest}\n482913\n{n}".encode()).hexdigest() for n in range(1, 11)}
    by_hand = sorted(tickets, key=lambda n: tickets[n])[:3]
    assert state.result is not None
    assert list(state.result.drawn) == by_hand
    assert [site.number for site in state.chosen] == by_hand


@each(
    pool=pools,
    takes=st.integers(1, 8),
    spread=st.sampled_from(Spread),
    number=words,
    seed=st.binary(min_size=32, max_size=32),
)
def test_whatever_is_drawn_is_made_again_from_its_record_alone(
    pool: list[PoolSite], takes: int, spread: Spread, number: str, seed: bytes
) -> None:
    announced = replace(ANNOUNCED, takes=takes, spread=spread, commitment=commitment_of(seed.hex()))
    state = evolve(None, announced)
    try:
        state = evolve(state, draws.close_pool(state, pool, TODAY))
        state = evolve(state, draws.draw_sites(state, DRAW, seed=seed.hex(), number=number, on=TODAY))
    except (Missing, SiteTwice, NothingToDraw):
        return
    assert state.pool is not None
    assert state.result is not None
    assert len(set(state.result.drawn)) == len(state.result.drawn)
    for code in {site.code for site in state.pool.sites} if spread is Spread.PROJECT else ("",):
        offered = [site for site in state.pool.sites if site.code == code or not code]
        assert sum(site in offered for site in state.chosen) == min(takes, len(offered))
    verified = verify(json.dumps(record_of(DRAW, state, "青城市")).encode())
    assert verified.holds
    assert verified.drawn == state.chosen


@pytest.mark.parametrize(
    ("name", "value", "broken"),
    [
        ("seed", "5eee" * 16, Check.COMMITMENT),
        ("drawn", [1, 2, 3], Check.RESULT),
        ("number", "482914", Check.RESULT),
        ("takes", 4, Check.RESULT),
    ],
)
def test_a_record_in_which_anything_was_changed_does_not_hold(name: str, value: object, broken: Check) -> None:
    record = record_of(DRAW, made(), "青城市") | {name: value}
    verified = verify(json.dumps(record).encode())
    assert not verified.holds
    assert broken in [one.check for one in verified.checks if not one.holds]


def test_a_pool_whose_site_was_exchanged_does_not_hold() -> None:
    record = record_of(DRAW, made(), "青城市")
    record["sites"][4]["name"] = "另一个小区"
    verified = verify(json.dumps(record).encode())
    assert next(one.check for one in verified.checks if not one.holds) is Check.POOL


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"format": "piaojue-draw/1"}', b"[" * 100_000])
def test_what_is_no_record_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(DrawRecordUnreadable):
        verify(content)


@pytest.mark.parametrize(
    ("name", "value"),
    [("takes", 2.5), ("takes", "2"), ("takes", 1e999), ("drawn", ["1"]), ("seed", None), ("draw", f"{{{DRAW}}}")],
)
def test_a_record_says_numbers_as_numbers_and_texts_as_texts(name: str, value: object, tmp_path: Path) -> None:
    content = json.dumps(record_of(DRAW, made(), "青城市") | {name: value}).encode()
    with pytest.raises(DrawRecordUnreadable):
        verify(content)
    (tmp_path / "draw.json").write_bytes(content)
    assert verify_draw.main([str(tmp_path / "draw.json")]) == 2, "the other verifier says so too"


def test_neither_the_pool_nor_the_number_can_be_chosen_towards_a_result() -> None:
    """The order of the pool, and the number that is mixed in, change what is drawn."""
    reordered = evolve(None, ANNOUNCED)
    reordered = evolve(reordered, draws.close_pool(reordered, SITES[::-1], TODAY))
    result = draws.draw_sites(reordered, DRAW, seed=SEED, number="482913", on=TODAY)
    names = {site.name for site in evolve(reordered, result).chosen}
    assert names != {site.name for site in made().chosen}
    assert len({made(number=str(n)).chosen for n in range(40)}) > 30


def test_every_site_has_the_same_chance() -> None:
    drawn = [number for n in range(1_000) for number in (made(takes=1, number=str(n)).result or _none()).drawn]
    for number in range(1, 11):
        assert 60 < drawn.count(number) < 145


def _none() -> SitesDrawn:
    raise AssertionError("drawn")


def test_the_seed_must_be_the_one_that_was_published() -> None:
    closed = draws.close_pool(evolve(None, ANNOUNCED), SITES, TODAY)
    given(ANNOUNCED, closed, evolve=evolve).when(
        lambda draw: draws.draw_sites(draw, DRAW, seed="0" * 64, number="1", on=TODAY)
    ).refused(SeedNotCommitted)
    given(ANNOUNCED, closed, evolve=evolve).when(
        lambda draw: draws.draw_sites(draw, DRAW, seed=SEED, number=" ", on=TODAY)
    ).refused(Missing, fields=("number",))


def test_a_closed_pool_stays_closed_and_nothing_is_drawn_from_an_open_one() -> None:
    closed = draws.close_pool(evolve(None, ANNOUNCED), SITES, TODAY)
    situation = given(ANNOUNCED, closed, evolve=evolve)
    situation.when(lambda draw: draws.close_pool(draw, SITES, TODAY)).refused(DrawInWrongStage, stage="closed")
    given(ANNOUNCED, evolve=evolve).when(
        lambda draw: draws.draw_sites(draw, DRAW, seed=SEED, number="1", on=TODAY)
    ).refused(DrawInWrongStage, stage="announced")
    given_up = DrawGivenUp(reason="点位名单有误", on=TODAY)
    situation.when(lambda draw: draws.give_up_draw(draw, "点位名单有误 ", TODAY)).then(given_up)
    situation.when(lambda draw: draws.give_up_draw(draw, " ", TODAY)).refused(Missing, fields=("reason",))


def test_a_pool_of_which_all_would_be_drawn_or_with_a_site_twice_is_refused() -> None:
    situation = given(ANNOUNCED, evolve=evolve)
    situation.when(lambda draw: draws.close_pool(draw, SITES[:3], TODAY)).refused(NothingToDraw, sites=3, takes=3)
    situation.when(lambda draw: draws.close_pool(draw, (*SITES, SITES[0]), TODAY)).refused(SiteTwice, name="1 号小区")
    situation.when(lambda draw: draws.close_pool(draw, (), TODAY)).refused(Missing, fields=("sites",))
    given(replace(ANNOUNCED, spread=Spread.PROJECT, takes=4), evolve=evolve).when(
        lambda draw: draws.close_pool(draw, SITES, TODAY)
    ).refused(NothingToDraw)


def test_of_each_project_as_many_are_drawn_as_were_announced() -> None:
    codes = [site.code for site in made(spread=Spread.PROJECT, takes=2).chosen]
    assert sorted(codes) == ["P0", "P0", "P1", "P1", "P2", "P2"]


def test_an_announcement_says_how_many_and_what_for() -> None:
    given(evolve=evolve).when(lambda _: draws.announce_draw(replace(ANNOUNCED, title=" "))).refused(Missing)
    given(evolve=evolve).when(lambda _: draws.announce_draw(replace(ANNOUNCED, takes=0))).refused(Invalid)
    given(evolve=evolve).when(lambda _: draws.announce_draw(replace(ANNOUNCED, title="x" * 81))).refused(Invalid)
