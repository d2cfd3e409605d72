"""Polls in Pabulib's format: what may leave a secret poll, and what other cities' files bring."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interfaces.cli import main
from interfaces.commands import pabulib as command
from interfaces.documents.pabulib import (
    NotPabulib,
    PbExport,
    PbItem,
    PbProject,
    ballots_csv,
    export_pb,
    import_pb,
    pb_sentence,
    tally_poll,
)
from interfaces.documents.pabulib_reading import SENTENCES

WIELICZKA = """META
key; value
description; Municipal PB in Wieliczka
country; Poland
unit; Wieliczka
instance; 2020
num_projects; 5
num_votes; 4
budget; 2500
rule; greedy
vote_type; approval
min_length; 1
max_length; 3
date_begin; 16.09.2023
date_end; 04.10.2023
PROJECTS
project_id; cost; category; name; selected
1; 600; culture, education; "Skate park; stage II"; 1
2; 800; sport; ; 0
4; 1400.50; culture; "The ""big"" one"; 0
5; 1000; health, sport; Clinic; 2
7; 1200; education; School; 1
VOTES
voter_id; age; sex; vote
1; 34; f; 1,2,4
2; 51; m; "1, 2"
3; 23; m; 7
4; 19; f;
"""

EXPORT = PbExport(
    description="青城市2026年度民生实事项目票决",
    place="青城市",
    year=2026,
    session="第十六届第五次会议",
    voted_on=date(2026, 1, 24),
    all_delegates=327,
    attending=314,
    returned=313,
    rule="超过全体代表的半数，即至少164票赞成，为通过；取前1项。",
    full_counts=True,
    projects=(
        PbProject(
            number=1,
            name='老旧小区改造;"一期"\n第二行',
            cost=Decimal(650_000_000),
            votes=300,
            selected=True,
            category="安居保障",
            code="7K3M9QWE",
            longitude=Decimal("111.6480"),
            latitude=Decimal("40.8112"),
        ),
        PbProject(number=12, name="街心公园", cost=Decimal("48000000.50"), votes=150, selected=False),
    ),
)


def refusal_of(text: str) -> NotPabulib:
    with pytest.raises(NotPabulib) as refused:
        import_pb(text)
    assert pb_sentence(refused.value).endswith("。")
    return refused.value


def test_a_city_s_file_is_read_whole() -> None:
    poll = import_pb(WIELICZKA)
    assert poll.meta["description"] == "Municipal PB in Wieliczka"
    assert [item.id for item in poll.items] == ["1", "2", "4", "5", "7"]
    assert poll.items[0] == PbItem(
        id="1", name="Skate park; stage II", cost=Decimal(600), category="culture, education", selected=True
    )
    assert (poll.items[1].name, poll.items[2].name, poll.items[2].cost) == ("2", 'The "big" one', Decimal("1400.50"))
    assert poll.items[3].selected is False
    assert poll.ballots == (frozenset("124"), frozenset("12"), frozenset("7"), frozenset())


def test_ballots_become_rows_for_the_tally() -> None:
    poll = import_pb(WIELICZKA)
    assert ballots_csv(poll, by_choosing=True) == "1,2,4,5,7\nx,x,x,,\nx,x,,,\n,,,,x\n,,,,\n"
    assert ballots_csv(poll, by_choosing=False).splitlines()[1] == "for,for,for,,"
    assert tally_poll(poll)["issued"] == 4


def test_an_export_of_a_secret_poll_has_no_row_of_marks() -> None:
    text = export_pb(EXPORT)
    assert text.endswith("VOTES\nvoter_id;vote\n")
    assert "num_votes;0\n" in text
    assert "ballots_returned;313\n" in text
    assert "rows of marks are never published" in text


def test_an_export_holds_projects_votes_and_what_was_selected() -> None:
    lines = export_pb(EXPORT).splitlines()
    place = lines.index("PROJECTS")
    assert lines[place + 1] == "project_id;cost;votes;name;category;target;selected;public_id;latitude;longitude"
    assert lines[place + 2] == '1;650000000;300;"老旧小区改造;""一期"" 第二行";安居保障;;1;7K3M9QWE;40.8112;111.648'
    assert lines[place + 3] == "12;48000000.5;150;街心公园;;;0;;;"


def test_votes_are_left_out_where_only_adopted_projects_are_published() -> None:
    text = export_pb(replace(EXPORT, full_counts=False))
    assert ";votes;" not in text
    assert not {"300", "150", "313", "327", "314"} & set(text.replace("\n", ";").split(";"))


def test_an_export_can_be_read_again_and_has_no_ballots() -> None:
    poll = import_pb(export_pb(replace(EXPORT, quota=1)))
    assert [(item.id, item.votes, item.selected) for item in poll.items] == [("1", 300, True), ("12", 150, False)]
    assert (poll.meta["budget"], poll.meta["max_length"], poll.meta["date_end"]) == ("650000000", "1", "24.01.2026")
    with pytest.raises(NotPabulib) as refused:
        ballots_csv(poll, by_choosing=True)
    assert pb_sentence(refused.value) == "文件里没有选票，只有结果，不能重新计票。"


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ("META\n", "", "outside", 1),
        ("VOTES\n", "", "no_section", 0),
        ("PROJECTS\n", "META\n", "section_twice", 16),
        ("key; value", "key; wert", "no_heading", 2),
        ("project_id; cost;", "id; cost;", "no_heading", 17),
        ("unit; Wieliczka", "country; Polska", "twice", 5),
        ("vote_type; approval", "vote_type; ordinal", "vote_type", 0),
        ("vote_type; approval\n", "", "no_meta", 0),
        ("2; 800;", "1; 800;", "twice", 19),
        ("2; 800;", "; 800;", "empty", 19),
        ("2; 800;", "2; viel;", "not_a_number", 19),
        ("2; 800;", "2; 1e400;", "not_a_number", 19),
        ("; 0\n4;", "; vielleicht\n4;", "not_a_number", 19),
        ("; f; 1,2,4", "; f; 1,2,3", "no_such_project", 25),
        ("; f; 1,2,4", "; f; 1,2,1", "twice", 25),
        ("; f; 1,2,4", "; f; 1; 2", "too_long", 25),
        ("2; 51;", "1; 51;", "twice", 26),
        ("num_votes; 4", "num_votes; 5", "miscounted", 0),
        ("num_projects; 5", "num_projects; 6", "miscounted", 0),
        ('stage II"', "stage II", "broken", 20),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, reason: str, line: int) -> None:
    assert old in WIELICZKA
    refused = refusal_of(WIELICZKA.replace(old, new, 1))
    assert (refused.reason, refused.line) == (reason, line)


def test_choosing_one_means_one() -> None:
    refused = refusal_of(WIELICZKA.replace("approval", "choose-1"))
    assert (refused.reason, refused.line, refused.value) == ("too_long", 25, "2")


@pytest.mark.parametrize(
    "text", ["", "META", "META\nkey;value\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n", "\x00"]
)
def test_a_file_without_a_poll_is_refused(text: str) -> None:
    refusal_of(text)


@settings(deadline=None)
@given(st.text(alphabet='METAPROJCVS;\n"1,key value_tpid\x00', max_size=200), st.integers(0, len(WIELICZKA)))
def test_any_text_is_read_or_refused(noise: str, place: int) -> None:
    for text in (noise, WIELICZKA[:place] + noise + WIELICZKA[place:]):
        try:
            import_pb(text)
        except NotPabulib as refused:
            sentence = pb_sentence(refused)
            assert sentence


def test_every_reason_has_a_sentence_with_its_values() -> None:
    for reason in SENTENCES:
        assert "%(" not in pb_sentence(NotPabulib(reason=reason, line=3, value="甲", hint="乙"))


def test_the_command_writes_what_the_tally_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "city.pb"
    source.write_text("\ufeff" + WIELICZKA, encoding="utf-8")
    assert main(["pabulib", str(source), "--into", str(tmp_path / "out"), "--by-choosing"]) == 0
    profile = {
        "form": "choose",
        "quota": 3,
        "max_for": "quota",
        "quorum": {"fraction": "2/3", "operator": ">="},
        "pass": {"base": "returned", "fraction": "1/4", "operator": ">"},
        "blank_item": "abstain",
        "tie_at_cut": "second_ballot",
        "shortfall": "close",
        "min_surplus_rate": "0.10",
        "allow_equal": False,
    }
    (tmp_path / "profile.json").write_text(json.dumps(profile), encoding="utf-8")
    poll, ballots = str(tmp_path / "out" / "poll.json"), str(tmp_path / "out" / "ballots.csv")
    assert main(["tally", "--profile", str(tmp_path / "profile.json"), "--poll", poll, "--ballots", ballots]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["returned"], outcome["adopted"]) == (4, ["1", "2"])


def test_the_command_refuses_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "city.pb"
    for content in (b"\xff", b"META", export_pb(EXPORT).encode()):
        source.write_bytes(content)
        assert main(["pabulib", str(source), "--into", str(tmp_path)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert main(["pabulib", str(tmp_path / "none.pb")]) == 2
    assert command.__doc__
