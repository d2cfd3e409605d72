"""Who comes in when many want to."""

import asyncio

import pytest

from interfaces.web.edge.admission import Budget, budgets


def two_places(line: int = 1, patience: float = 5.0) -> Budget:
    budget = Budget("public", at_once=2, line_limit=line, patience=patience)
    assert budget.enters_at_once()
    assert budget.enters_at_once()
    assert not budget.enters_at_once()
    return budget


def test_whoever_finds_no_place_stands_in_line_and_takes_the_first_that_is_left() -> None:
    async def story() -> None:
        budget = two_places()
        waiting = asyncio.create_task(budget.gets_in())
        await asyncio.sleep(0)
        assert budget.waiting == 1
        budget.leave()
        assert await waiting
        assert (budget.active, budget.waiting) == (2, 0)
        budget.leave()
        budget.leave()
        assert budget.active == 0

    asyncio.run(story())


def test_whoever_finds_the_line_full_is_sent_away_at_once() -> None:
    async def story() -> None:
        budget = two_places(line=0)
        assert not await budget.gets_in()
        assert budget.turned_away == 1

    asyncio.run(story())


def test_whoever_waits_too_long_is_sent_away_and_the_line_moves_up() -> None:
    async def story() -> None:
        budget = two_places(patience=0.02)
        assert not await budget.gets_in()
        assert (budget.active, budget.waiting, budget.turned_away) == (2, 0, 1)
        budget.leave()
        assert budget.active == 1

    asyncio.run(story())


@pytest.mark.parametrize("was_called", [False, True])
def test_whoever_goes_away_while_in_line_takes_no_place_along(was_called: bool) -> None:  # noqa: FBT001
    async def story() -> None:
        budget = two_places()
        waiting = asyncio.create_task(budget.gets_in())
        await asyncio.sleep(0)
        if was_called:
            budget.leave()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        for _ in range(1 if was_called else 2):
            budget.leave()
        assert budget.active == 0

    asyncio.run(story())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "public"),
        ("/qingcheng/2026", "public"),
        ("/p/ABC", "public"),
        ("/static/css/office.css", "public"),
        ("/staff", "desk"),
        ("/staff/qc/units", "desk"),
        ("/unit/qc", "desk"),
        ("/delegate/qc", "desk"),
        ("/scrutineer/qc", "desk"),
        ("/account/password", "desk"),
        ("/sign-in", "door"),
        ("/a/SLIP", "door"),
        ("/api/v1/congresses", "api"),
    ],
)
def test_each_kind_of_page_has_places_of_its_own(path: str, name: str) -> None:
    assert budgets().of(path).name == name


def test_there_is_a_thread_for_everybody_within() -> None:
    places = budgets()
    assert places.threads > sum(budget.at_once for budget in places.of_the_office) + places.slate.at_once
