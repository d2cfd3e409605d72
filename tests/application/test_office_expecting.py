"""Commands on what somebody has looked at: refused once it has moved, in the transaction that records."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from application.history.history import open_history
from application.office import ChangedMeanwhile, KeyUsedOtherwise, Office, Seen
from tests.support.diary import BOOK, diary, evolve, line
from tests.support.stores import Clock, by

MINE, YOURS = diary("mine"), diary("yours")


@pytest.fixture
def office(database_url: str, clock: Clock) -> Iterator[Office]:
    history = open_history(database_url, BOOK)
    yield Office(history, clock)
    history.close()


def seen(office: Office) -> Seen:
    return tuple(office.versions_of((MINE, YOURS)).items())


def texts(office: Office) -> tuple[str, ...]:
    state = office.state_of(MINE, evolve)
    return state.lines if state else ()


def test_what_nobody_has_written_is_at_version_nought(office: Office) -> None:
    assert seen(office) == ((MINE, 0), (YOURS, 0))


def test_a_command_stands_while_nothing_has_moved(office: Office) -> None:
    for text in "ab":
        office.change(replace(by(), expecting=(seen(office),)), MINE, evolve, line(text))
    assert texts(office) == ("a", "b")


@pytest.mark.parametrize("moved", [MINE, YOURS])
def test_a_command_is_refused_when_any_of_it_has_moved(office: Office, moved: object) -> None:
    looked_at = seen(office)
    office.change(by(), MINE if moved == MINE else YOURS, evolve, line("faster"))
    with pytest.raises(ChangedMeanwhile) as refused:
        office.change(replace(by(), expecting=(looked_at,)), MINE, evolve, line("late"))
    assert refused.value.stream == moved
    assert "late" not in texts(office)


def test_one_of_several_versions_will_do(office: Office) -> None:
    before = seen(office)
    office.change(by(), MINE, evolve, line("a"))
    office.change(replace(by(), expecting=(before, seen(office))), MINE, evolve, line("b"))
    assert texts(office) == ("a", "b")


def test_of_many_who_have_seen_the_same_one_succeeds(office: Office) -> None:
    looked_at = seen(office)

    def write(number: int) -> bool:
        try:
            office.change(replace(by(), expecting=(looked_at,)), MINE, evolve, line(str(number)))
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(write, range(8))) == [*[False] * 7, True]
    assert len(texts(office)) == 1


def test_a_command_sent_again_is_answered_as_before_whatever_has_moved(office: Office) -> None:
    ask = replace(by(key="k"), expecting=(seen(office),))
    first = office.change(ask, MINE, evolve, line("a"))
    office.change(by(), MINE, evolve, line("b"))
    assert office.change(ask, MINE, evolve, line("a")) == first
    assert texts(office) == ("a", "b")


def test_a_key_used_with_other_content_records_nothing(office: Office) -> None:
    ask = replace(by(key="k"), content="a")
    office.change(ask, MINE, evolve, line("a"))
    with pytest.raises(KeyUsedOtherwise):
        office.change(replace(ask, content="b"), MINE, evolve, line("b"))
    assert texts(office) == ("a",)


def test_a_step_keeps_the_content_and_leaves_what_was_expected_to_the_first(office: Office) -> None:
    ask = replace(by(key="k"), content="a", expecting=(seen(office),))
    step = ask.step("second")
    assert (step.key, step.content, step.expecting) == ("k/second", "a", ())
