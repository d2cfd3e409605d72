"""profile.json, poll.json and columns.json: what is accepted and what is refused, in which words."""

import json
from copy import deepcopy
from typing import Any

import pytest

from tests.interfaces.tally.conftest import Desk, Json, Said
from tests.support.tally_cases import GRADE_PROFILE, VOTE_PROFILE

COLUMNS: Json = {
    "returned": 3,
    "void_ballots": 0,
    "items": [
        {"id": "1", "for": 3, "against": 0, "abstain": 0, "not_ticked": 0, "not_pressed": 0, "void": 0},
        {"id": "2", "for": 2, "against": 0, "abstain": 1, "not_ticked": 0, "not_pressed": 0, "void": 0},
        {"id": "3", "for": 0, "against": 1, "abstain": 1, "not_ticked": 0, "not_pressed": 0, "void": 1},
    ],
}


def changed(base: Json, *steps: str | int, to: object) -> Json:
    """A copy with one value replaced."""
    copy: Any = deepcopy(base)
    inner = copy
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = to
    result: Json = copy
    return result


def without(base: Json, *steps: str | int) -> Json:
    copy: Any = deepcopy(base)
    inner = copy
    for step in steps[:-1]:
        inner = inner[step]
    del inner[steps[-1]]
    result: Json = copy
    return result


def places(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where every field of an object stands, at any depth."""
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in [(*at, name), *places(inner, (*at, name))]]
    if isinstance(value, list):
        return [found for number, inner in enumerate(value) for found in places(inner, (*at, number))]
    return []


def refused(desk: Desk, name: str, said: Said) -> str:
    """What the run says about the file, in one line and without a word on standard output."""
    assert (said.status, said.out) == (2, ""), said.out
    start = f"{desk.path(name)}: "
    assert said.err.startswith(start), said.err
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1
    return said.err.removeprefix(start).removesuffix(".\n")


# every field is required and nothing else is known

VOTE = VOTE_PROFILE | {"quota": 2}


@pytest.mark.parametrize("place", places(VOTE), ids=str)
def test_every_field_of_a_vote_profile_is_required(desk: Desk, place: tuple[str | int, ...]) -> None:
    desk.profile = without(VOTE, *place)
    assert f"missing field “{place[-1]}”" in refused(desk, "profile.json", desk.recount())


@pytest.mark.parametrize("place", places(GRADE_PROFILE), ids=str)
def test_every_field_of_an_evaluation_profile_is_required(desk: Desk, place: tuple[str | int, ...]) -> None:
    desk.profile = without(GRADE_PROFILE, *place)
    assert f"missing field “{place[-1]}”" in refused(desk, "profile.json", desk.recount())


@pytest.mark.parametrize("place", places(COLUMNS), ids=str)
def test_every_field_of_the_columns_is_required(desk: Desk, place: tuple[str | int, ...]) -> None:
    said = desk.recount_columns(without(COLUMNS, *place))
    assert f"missing field “{place[-1]}”" in refused(desk, "columns.json", said)


def test_every_field_of_a_poll_but_its_title_is_required(desk: Desk) -> None:
    poll = desk.poll
    for place in places(poll):
        desk.poll = without(poll, *place)
        if place == ("title",):
            assert desk.recount().status == 0
        else:
            assert f"missing field “{place[-1]}”" in refused(desk, "poll.json", desk.recount())


@pytest.mark.parametrize("inside", [(), ("quorum",), ("pass",)])
def test_an_unknown_field_of_a_vote_profile_is_refused(desk: Desk, inside: tuple[str, ...]) -> None:
    desk.profile = changed(VOTE, *inside, "note", to=1)
    assert "unknown field “note”" in refused(desk, "profile.json", desk.recount())


def test_an_unknown_field_of_a_poll_or_of_columns_is_refused(desk: Desk) -> None:
    for inside in ((), ("items", 1)):
        said = desk.recount_columns(changed(COLUMNS, *inside, "blank", to=0))
        assert "unknown field “blank”" in refused(desk, "columns.json", said)
    desk.poll["items"][2]["funds"] = 1
    assert refused(desk, "poll.json", desk.recount()) == "items › entry 3: unknown field “funds”"


@pytest.mark.parametrize("profile", [VOTE, GRADE_PROFILE])
def test_title_publication_and_group_size_have_no_effect(desk: Desk, profile: Json) -> None:
    desk.profile = profile
    desk.ballots = "1,2,3\n,,\n"
    plain = desk.recount()
    desk.profile = profile | {"title": "办法", "publication": "adopted_only", "min_group_size": 10}
    assert desk.recount() == plain


# kinds of values

WRONG: list[tuple[str | int, ...]] = [
    ("form",),
    ("quota",),
    ("max_for",),
    ("quorum",),
    ("quorum", "fraction"),
    ("quorum", "operator"),
    ("pass", "base"),
    ("pass", "fraction"),
    ("blank_item",),
    ("tie_at_cut",),
    ("shortfall",),
    ("min_surplus_rate",),
    ("allow_equal",),
]


@pytest.mark.parametrize("wrong", [None, 1.5, -1, [], {}, "?", "", True], ids=repr)
@pytest.mark.parametrize("place", WRONG, ids=str)
def test_a_profile_value_of_another_kind_is_refused(desk: Desk, place: tuple[str | int, ...], wrong: object) -> None:
    if place == ("allow_equal",) and wrong is True:
        return
    desk.profile = changed(VOTE, *place, to=wrong)
    assert refused(desk, "profile.json", desk.recount())


@pytest.mark.parametrize("wrong", [None, 3.0, "3", True, -1, [3]], ids=repr)
@pytest.mark.parametrize("name", ["all_delegates", "attending", "issued"])
def test_a_number_of_people_is_a_whole_number(desk: Desk, name: str, wrong: object) -> None:
    desk.poll[name] = wrong
    assert refused(desk, "poll.json", desk.recount()).startswith(f"{name}: ")


@pytest.mark.parametrize("wrong", [None, 3.0, "3", True, -1], ids=repr)
@pytest.mark.parametrize("name", ["for", "against", "abstain", "not_ticked", "not_pressed", "void"])
def test_a_number_of_marks_is_a_whole_number(desk: Desk, name: str, wrong: object) -> None:
    said = desk.recount_columns(changed(COLUMNS, "items", 1, name, to=wrong))
    assert refused(desk, "columns.json", said).startswith(f"items › entry 2 › {name}: ")


@pytest.mark.parametrize(
    "fraction", ["3/2", "1/0", "0/0", "-1/2", "1/-2", " 1/2", "1/2\n", "半", "1e-1", "1//2", "９/10"]
)
@pytest.mark.parametrize("where", ["quorum", "pass"])
def test_a_fraction_is_an_exact_share_of_a_whole(desk: Desk, where: str, fraction: str) -> None:
    desk.profile = changed(VOTE, where, "fraction", to=fraction)
    assert "is not an exact fraction between 0 and 1" in refused(desk, "profile.json", desk.recount())


@pytest.mark.parametrize("fraction", ["1/2", "2/4", "0.5", "0.50", "50/100"])
def test_a_fraction_may_be_written_in_any_exact_way(desk: Desk, fraction: str) -> None:
    desk.profile = changed(VOTE, "pass", "fraction", to=fraction)
    assert desk.recount().outcome["items"][0]["needed"] == 3


@pytest.mark.parametrize("rate", ["1/10", "-0.1", "10%", "1e-1", ".1", "NaN", "Infinity", "0,1"])
def test_the_surplus_rate_is_a_decimal(desk: Desk, rate: str) -> None:
    desk.profile = changed(VOTE, "min_surplus_rate", to=rate)
    assert "is not a decimal of at least 0" in refused(desk, "profile.json", desk.recount())


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (changed(VOTE, "quota", to=0), "quota: 0 is too small, it must be at least 1"),
        (changed(VOTE, "quota", to="all"), "quota: “all” is neither a whole number nor “open”"),
        (changed(VOTE, "quota", to=10.0), "quota: must be a whole number, not 10.0"),
        (changed(VOTE, "form", to="ranked"), "form: “ranked” is not one of “per_item”, “choose”, “grade”"),
        (
            changed(VOTE, "blank_item", to="blank"),
            "blank_item: “blank” is not one of “abstain”, “invalid”, “not_pressed”",
        ),
        (changed(VOTE, "pass", "operator", to="≥"), "pass › operator: “≥” is not one of “>”, “>=”"),
        (changed(VOTE, "title", to=5), "title: must be a text, not 5"),
        (VOTE | GRADE_PROFILE | {"form": "per_item"}, "unknown field “options”, “base”, “grades”"),
        (changed(GRADE_PROFILE, "quota", to=3), "unknown field “quota”"),
        ([], "must be an object, not […]"),
        (None, "must be an object, not null"),
        ({}, "missing field “form”"),
    ],
)
def test_what_is_said_about_a_profile(desk: Desk, profile: object, sentence: str) -> None:
    desk.profile = profile
    assert refused(desk, "profile.json", desk.recount()) == sentence


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("options", 1, "id"), "satisfied", "options › entry 2 › id: “satisfied” is given twice"),
        (
            ("options", 1, "id"),
            "?",
            "options › entry 2 › id: “?” stands for an unreadable mark and cannot be an option",
        ),
        (("options", 1, "id"), "", "options › entry 2 › id: the text must not be empty"),
        (("options", 1, "score"), 60, "options › entry 2 › score: must be a text, not 60"),
        (("options",), [], "options: the list must not be empty"),
        (("base",), "none", "base: “none” is not one of “all_delegates”, “attending”, “returned”, “valid_marks”"),
        (("blank_item",), "abstain", "blank_item: “abstain” is not one of “invalid”, “blank”"),
        (("grades",), [], "grades: the list must not be empty"),
        (("grades", 0, "of"), ["good"], "grades › entry 1 › of: there is no option “good”"),
        (("grades", 1, "of"), ["basic", "basic"], "grades › entry 2 › of: “basic” is given twice"),
        (("grades", 1, "of"), [], "grades › entry 2 › of: the list must not be empty"),
        (("grades", 1, "of"), "basic", "grades › entry 2 › of: must be a list, not “basic”"),
        (("grades", 2, "of"), ["basic"], "grades › entry 3: unknown field “of”"),
        (("grades", 2), {"grade": ""}, "grades › entry 3 › grade: the text must not be empty"),
    ],
)
def test_what_is_said_about_an_evaluation(
    desk: Desk, place: tuple[str | int, ...], value: object, sentence: str
) -> None:
    desk.profile = changed(GRADE_PROFILE, *place, to=value)
    assert refused(desk, "profile.json", desk.recount()) == sentence


# JSON itself


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "row 1, column 1 is not valid JSON"),
        ('{"form": "per_item",\n "quota": }', "row 2, column 11 is not valid JSON"),
        ("{} {}", "row 1, column 4 is not valid JSON"),
        ("{'form': 1}", "row 1, column 2 is not valid JSON"),
        ('{"quota": 1, "quota": 2}', "field “quota” is given twice"),
        ('{"quota": NaN}', "“NaN” is not a number"),
        ('{"quota": -Infinity}', "“-Infinity” is not a number"),
        ('{"quota": ' + "9" * 5000 + "}", "a number of 5000 digits is too long"),
        ("[" * 200_000, "the JSON is nested too deeply"),
        (b"\xff\xfe{\x00}\x00", "row 1 is not UTF-8"),
        (b'{\n"title": "\xd0\xc2"}', "row 2 is not UTF-8"),
        ('{"form": 1e400}', "form: Infinity is not one of “per_item”, “choose”, “grade”"),
        ('{"form": "grade", "title": "\\ud800"}', "missing field “options”, “base”, “blank_item”, “quorum”, “grades”"),
    ],
)
def test_json_that_is_none(desk: Desk, text: str | bytes, sentence: str) -> None:
    desk.profile = text
    assert refused(desk, "profile.json", desk.recount()) == sentence


def test_a_byte_order_mark_is_accepted_in_json(desk: Desk) -> None:
    desk.profile = b"\xef\xbb\xbf" + json.dumps(VOTE).encode()
    assert desk.recount().status == 0


def test_half_a_surrogate_pair_is_no_text(desk: Desk) -> None:
    desk.poll["items"][0]["name"] = "\ud800"
    said = refused(desk, "poll.json", desk.recount())
    assert said == "items › entry 1 › name: the text “\\ud800” holds an invalid character"


def test_a_hostile_value_is_shown_short_and_on_one_line(desk: Desk) -> None:
    desk.profile = changed(VOTE, "form", to="a\nb\x1b[31m\u202e" + "z" * 500)
    said = refused(desk, "profile.json", desk.recount())
    assert "a\\nb\\x1b[31m\\u202e" in said
    assert len(said) < 200


# the poll


@pytest.mark.parametrize(
    ("poll", "sentence"),
    [
        ({"items": []}, "items: the list must not be empty"),
        ({"items": {}}, "items: must be a list, not {…}"),
        ({"items": [{"id": 1, "name": ""}]}, "items › entry 1 › id: must be a text, not 1"),
        ({"items": [{"id": "", "name": ""}]}, "items › entry 1 › id: the text must not be empty"),
        ({"items": [{"id": "1", "name": "a"}, {"id": "1", "name": "b"}]}, "items › entry 2 › id: “1” is given twice"),
        ({"attending": 6, "issued": 6}, "attending is 6, more than all delegates, 5"),
        ({"attending": 4}, "issued is 5, more than attending, 4"),
        ({"title": ["三"]}, "title: must be a text, not […]"),
    ],
)
def test_what_is_said_about_a_poll(desk: Desk, poll: Json, sentence: str) -> None:
    desk.profile["quota"] = "open"
    desk.poll |= poll
    desk.ballots = "1,2,3\n"
    assert refused(desk, "poll.json", desk.recount()) == sentence


@pytest.mark.parametrize("quota", [3, 4, 10**40])
def test_as_many_places_as_items_need_allow_equal(desk: Desk, quota: int) -> None:
    desk.profile["quota"] = quota
    assert f"3 items for a quota of {quota}" in refused(desk, "poll.json", desk.recount())
    desk.profile["allow_equal"] = True
    assert desk.recount().outcome["warnings"] == ["equal_election"]


# the columns


def test_columns_give_the_same_outcome_as_the_ballots(desk: Desk) -> None:
    assert desk.recount_columns(COLUMNS) == desk.recount()


def test_columns_may_come_in_any_order(desk: Desk) -> None:
    columns = COLUMNS | {"items": COLUMNS["items"][::-1]}
    assert desk.recount_columns(columns) == desk.recount()


def short_by_100() -> Json:
    columns = deepcopy(COLUMNS) | {"returned": 222}
    for item in columns["items"]:
        item |= {"for": 222, "against": 0, "abstain": 0, "void": 0}
    columns["items"][2] |= {"for": 95, "against": 27}
    return columns


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (short_by_100(), "item 3: short by 100 (adds up to 122 of 222 returned)"),
        (changed(COLUMNS, "items", 0, "for", to=5), "item 1: over by 2 (adds up to 5 of 3 returned)"),
        (changed(COLUMNS, "void_ballots", to=1), "item 1: void is 0, fewer than the 1 ballots void as a whole"),
        (changed(COLUMNS, "items", 0, "id", to="9"), "there is no item “9”"),
        (changed(COLUMNS, "items", 0, "id", to="2"), "item “2” appears twice"),
        (COLUMNS | {"items": COLUMNS["items"][1:]}, "item “1” is missing"),
        (COLUMNS | {"items": []}, "items: the list must not be empty"),
        (
            changed(COLUMNS, "items", 0, to=COLUMNS["items"][0] | {"for": 2, "not_ticked": 1}),
            "item 1: under this profile “not_ticked” can only be 0, not 1",
        ),
    ],
)
def test_what_is_said_about_columns(desk: Desk, columns: Json, sentence: str) -> None:
    said = desk.recount_columns(columns)
    assert refused(desk, "columns.json", said) == sentence


def graded(**changes: object) -> Json:
    counts = {"unsatisfied": 0, "basic": 1, "satisfied": 3}
    item: Json = {"id": "1", "counts": counts, "blank": 0, "void": 1}
    return {"returned": 5, "items": [item | changes]}


def test_columns_of_an_evaluation(desk: Desk) -> None:
    desk.profile, desk.poll["items"] = GRADE_PROFILE, [{"id": "1", "name": "一"}]
    desk.ballots = "1\nsatisfied\nsatisfied\nsatisfied\nbasic\n\n"
    said = desk.recount_columns(graded())
    assert said == desk.recount()
    assert list(said.outcome["items"][0]["counts"]) == ["satisfied", "basic", "unsatisfied"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (graded(void=0), "item 1: short by 1 (adds up to 4 of 5 returned)"),
        (graded(void=0, blank=1), "item 1: under this profile “blank” can only be 0, not 1"),
        (graded(counts={"satisfied": 4}), "items › entry 1 › counts: missing field “basic”, “unsatisfied”"),
        (graded() | {"void_ballots": 0}, "unknown field “void_ballots”"),
        (COLUMNS, "unknown field “void_ballots”"),
    ],
)
def test_what_is_said_about_columns_of_an_evaluation(desk: Desk, columns: Json, sentence: str) -> None:
    desk.profile, desk.poll["items"] = GRADE_PROFILE, [{"id": "1", "name": "一"}]
    said = desk.recount_columns(columns)
    assert refused(desk, "columns.json", said) == sentence


def test_numbers_beyond_floating_point_are_exact(desk: Desk) -> None:
    people = 2 * 10**18
    desk.poll |= {"all_delegates": people, "attending": people, "issued": people}
    columns = deepcopy(COLUMNS) | {"returned": people}
    for item, votes in zip(columns["items"], (people // 2 + 1, people // 2, 0), strict=True):
        item |= {"for": votes, "against": people - votes, "abstain": 0, "void": 0}
    outcome = desk.recount_columns(columns).outcome
    assert [item["passed"] for item in outcome["items"]] == [True, False, False]
    assert outcome["items"][0]["needed"] == 10**18 + 1
