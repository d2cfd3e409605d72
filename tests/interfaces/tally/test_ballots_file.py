"""How ballots.csv is read."""

import pytest

from tests.interfaces.tally.conftest import Desk

BOM = b"\xef\xbb\xbf"


def one_column(desk: Desk) -> None:
    desk.profile |= {"quota": "open", "blank_item": "not_pressed"}
    desk.poll["items"] = [{"id": "1", "name": "一"}]


@pytest.mark.parametrize(
    "ballots",
    [
        "1,2,3\nfor,for,against\nfor,for,\nfor,,?\n",
        "1,2,3\nfor,for,against\nfor,for,\nfor,,?",
        "1,2,3\r\nfor,for,against\r\nfor,for,\r\nfor,,?\r\n",
        '"1","2","3"\n"for","for","against"\nfor,for,""\nfor,"","?"\n',
        BOM + b"1,2,3\nfor,for,against\nfor,for,\nfor,,?\n",
        "3,1,2\nagainst,for,for\n,for,for\n?,for,\n",
        "1,2,3\nfor,,?\nfor,for,against\nfor,for,\n",
    ],
)
def test_the_same_ballots_however_a_spreadsheet_writes_them(desk: Desk, ballots: str | bytes) -> None:
    desk.ballots = ballots
    said = desk.recount()
    assert said.status == 0, said.err
    marks = [(item["for"], item["against"], item["abstain"], item["void"]) for item in said.outcome["items"]]
    assert marks == [(3, 0, 0, 0), (2, 0, 1, 0), (0, 1, 1, 1)]


@pytest.mark.parametrize(
    ("ballots", "returned", "blank"),
    [
        ("1\n", 0, 0),
        ("1", 0, 0),
        ("1\nfor", 1, 0),
        ("1\nfor\n", 1, 0),
        ("1\nfor\n\n", 2, 1),
        ("1\n\nfor\n", 2, 1),
        ("1\n\n\n", 2, 2),
        ('1\n""\n', 1, 1),
        ("1\r\nfor\r\n\r\n", 2, 1),
        ('1\n""', 1, 1),
    ],
)
def test_in_one_column_an_empty_line_is_a_blank_ballot(desk: Desk, ballots: str, returned: int, blank: int) -> None:
    one_column(desk)
    desk.ballots = ballots
    outcome = desk.recount().outcome
    assert (outcome["returned"], outcome["items"][0]["not_pressed"]) == (returned, blank)


def test_a_row_of_empty_cells_is_a_returned_blank_ballot(desk: Desk) -> None:
    desk.ballots = "1,2,3\n,,\n,,\n"
    outcome = desk.recount().outcome
    assert outcome["returned"] == 2
    assert [item["abstain"] for item in outcome["items"]] == [2, 2, 2]


@pytest.mark.parametrize(
    ("ballots", "sentence"),
    [
        ("", "the file is empty, the header of item ids is missing"),
        (BOM, "the file is empty, the header of item ids is missing"),
        ("\n", "row 1, column 1: there is no item “”"),
        ("1,2,3\nfor,for\n", "row 2 has 2 cells instead of 3"),
        ("1,2,3\nfor,for,for,\n", "row 2 has 4 cells instead of 3"),
        ("1,2,3\nfor,for,for\n\n", "row 3 has 1 cells instead of 3"),
        ("1,2,3\nfor,for,yes\n", "row 2, column 3 (item 3): unknown mark “yes”"),
        ("3,1,2\nfor,for,for\nfor,for,x\n", "row 3, column 3 (item 2): unknown mark “x”"),
        ("1,2,3\nfor, for,for\n", "row 2, column 2 (item 2): unknown mark “ for”"),
        ("1,2,3\nFor,for,for\n", "row 2, column 1 (item 1): unknown mark “For”"),
        ('1,2,3\nfor,f"or,for\n', 'row 2, column 2 (item 2): unknown mark “f"or”'),
        ('1,2,3\n"for\nfor",for,for\n', "row 2, column 1 (item 1): unknown mark “for\\nfor”"),
        ("1,2,3\nfor,for,\x00\n", "row 2, column 3 (item 3): unknown mark “\\x00”"),
        ("1,2,4\nfor,for,for\n", "row 1, column 3: there is no item “4”"),
        ("1,2, 3\nfor,for,for\n", "row 1, column 3: there is no item “ 3”"),
        ("1,2,3,\nfor,for,for,\n", "row 1, column 4: there is no item “”"),
        ("1,2,3,2\nfor,for,for,for\n", "row 1, column 4: item “2” appears twice"),
        ("1\nfor\n", "row 1: there is no column for item “2”, “3”"),
        ("1;2;3\nfor;for;for\n", "row 1, column 1: there is no item “1;2;3”"),
        ('1,2,3\nfor,"for,for\n', "row 2 is not valid CSV: its quotes do not match"),
        ('1,2,3\nfor,"for"x,for\n', "row 2 is not valid CSV: its quotes do not match"),
        ("1,2,3\rfor,for,for\r", "row 1 holds a carriage return alone; rows must end in LF or CRLF"),
        ("1,2,3\r\nfor,for,for\r\r\n", "row 2 holds a carriage return alone; rows must end in LF or CRLF"),
        ("1,2,3\nfor,for,赞成\n".encode("gb18030"), "row 2 is not UTF-8"),
        ("1,2,3\n".encode("utf-16"), "row 1 is not UTF-8"),
        (f"1,2,3\nfor,for,{'x' * 200_000}\n", "row 2 is not valid CSV: its quotes do not match"),
    ],
)
def test_ballots_that_cannot_be_counted(desk: Desk, ballots: str | bytes, sentence: str) -> None:
    desk.ballots = ballots
    said = desk.recount()
    assert (said.status, said.out) == (2, "")
    assert said.err == f"{desk.path('ballots.csv')}: {sentence}.\n"


@pytest.mark.parametrize(
    ("form", "marks"),
    [("choose", ["x", "", "?"]), ("per_item", ["for", "against", "abstain", "", "?"])],
)
def test_each_form_knows_its_marks_only(desk: Desk, form: str, marks: list[str]) -> None:
    desk.profile["form"] = form
    for mark in ["for", "against", "abstain", "x", "", "?", "for,"]:
        desk.ballots = f'1,2,3\n,,"{mark}"\n'
        assert desk.recount().status == (0 if mark in marks else 2)


def test_a_wrong_mark_is_refused_even_where_the_poll_is_void_anyway(desk: Desk) -> None:
    desk.poll |= {"attending": 0, "issued": 0}
    desk.ballots = "1,2,3\nfor,for,nonsense\n"
    assert desk.recount().status == 2


def test_ids_may_hold_commas_quotes_and_chinese(desk: Desk) -> None:
    desk.poll["items"] = [{"id": id, "name": ""} for id in ('甲,"一"', " 乙", "c\nd")]
    desk.ballots = '"甲,""一""", 乙,"c\nd"\nfor,for,for\n'
    said = desk.recount()
    assert said.status == 0, said.err
    assert [item["id"] for item in said.outcome["items"]] == ['甲,"一"', " 乙", "c\nd"]
