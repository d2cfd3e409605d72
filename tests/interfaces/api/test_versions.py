"""Entity tags: what they are made of, and when two of them match (RFC 9110, 8.8 and 13.1)."""

from uuid import UUID, uuid4

import pytest

from domain.shared import Invalid
from interfaces.api._base import versions

ONE, TWO = uuid4(), uuid4()
TAG = versions.tag_of((4, 1), b"{}")


def seen(*at: int) -> tuple[tuple[UUID, int], ...]:
    return tuple(zip((ONE, TWO), at, strict=True))


def test_other_bytes_have_another_tag() -> None:
    assert TAG == '"4.1-44136fa355b3678a"'
    assert versions.tag_of((4, 1), b"[]") != TAG
    assert versions.tag_of((), b"{}") == '"44136fa355b3678a"'


def test_a_change_is_decided_on_the_versions_told() -> None:
    assert versions.expected(TAG, (ONE, TWO)) == (seen(4, 1),)


def test_any_of_several_tags_will_do() -> None:
    other = versions.tag_of((5, 1), b"{}")
    assert versions.expected(f"{TAG}, {other}", (ONE, TWO)) == (seen(4, 1), seen(5, 1))


def test_an_asterisk_expects_nothing() -> None:
    assert versions.expected(" * ", (ONE, TWO)) == ()


@pytest.mark.parametrize("tag", [f"W/{TAG}", '"4-44136fa355b3678a"', '"something"', '""', '"44136fa355b3678a"'])
def test_a_weak_tag_and_one_of_something_else_match_no_version(tag: str) -> None:
    assert versions.expected(tag, (ONE, TWO)) == (seen(-1, -1),)


@pytest.mark.parametrize("header", ["", " ", "4.1", '"a', "*, *", '"a" "b"', ",".join(['"a"'] * 51)])
def test_what_is_no_list_of_tags_is_refused(header: str) -> None:
    with pytest.raises(Invalid):
        versions.expected(header, (ONE, TWO))


@pytest.mark.parametrize("held", [TAG, f"W/{TAG}", f'"x", {TAG}', "*"])
def test_who_has_it_already_is_told_so(held: str) -> None:
    assert versions.fits(TAG, held)


@pytest.mark.parametrize("held", ["", '"x"', TAG.strip('"')])
def test_who_has_something_else_gets_it(held: str) -> None:
    assert not versions.fits(TAG, held)
