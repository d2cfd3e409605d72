"""The public pages over the demonstration: no sign-in, no script, small, kept until something changes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from application import asks as commands
from application.office import By
from domain.accounts import account as accounts
from domain.asks.answers import ProgressAnswer
from domain.asks.ask import AskKind, ask_id
from domain.shared import Money
from interfaces.composition import House
from interfaces.web.app import create_app
from projections import candidate_board, voted_list
from projections.congress_directory import congress_at
from projections.voted_list import VotedProject
from tests.support.demonstration import account_of, told

YEAR = 2026
LARGEST_PAGE = 30 * 1024


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("public")
    made = told(f"sqlite:///{folder / 'piaojue.db'}", folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def resident(house: House) -> TestClient:
    return TestClient(create_app(house), base_url="http://127.0.0.1:8000", headers={"accept-language": "zh-CN"})


@pytest.fixture(scope="module")
def projects(house: House) -> list[VotedProject]:
    with house.reading.connect() as conn:
        district = congress_at(conn, "donghe")
        assert district is not None
        return voted_list.adopted(conn, district.id, YEAR)


def test_the_home_lists_every_body_with_its_years(resident: TestClient) -> None:
    page = resident.get("/").text
    assert "东河区人民代表大会" in page
    assert 'href="/donghe/2026"' in page


def test_a_congress_leads_to_its_newest_list(resident: TestClient) -> None:
    answer = resident.get("/donghe", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/donghe/2026")
    assert "还没有公布年度清单" in resident.get("/xihe").text


def test_the_annual_list_names_every_project_and_what_was_passed_over(
    resident: TestClient, projects: list[VotedProject]
) -> None:
    page = resident.get(f"/donghe/{YEAR}").text
    assert all(project.name in page for project in projects)
    assert "未列入的候选项目" in page


def test_the_list_can_be_narrowed_to_a_category(resident: TestClient, projects: list[VotedProject]) -> None:
    page = resident.get(f"/donghe/{YEAR}", params={"category": "养老助残"}).text
    assert "社区食堂与助餐点" in page
    others = [project.name for project in projects if project.category != "养老助残"]
    assert others
    assert not any(name in page for name in others)


def test_the_list_is_there_for_machines(resident: TestClient, projects: list[VotedProject]) -> None:
    listed = resident.get(f"/donghe/{YEAR}.json").json()
    assert [one["name"] for one in listed["projects"]] == [project.name for project in projects]
    assert listed["projects"][0]["address"] == f"http://127.0.0.1:8000/p/{projects[0].code}"
    assert listed["projects"][0]["votes"]["for"] == projects[0].votes_for


def test_a_year_without_a_list_is_not_found_in_words(resident: TestClient) -> None:
    answer = resident.get("/donghe/1999")
    assert answer.status_code == 404
    assert "年度票决清单" in answer.text


def test_a_project_page_needs_no_script_and_is_small(resident: TestClient, projects: list[VotedProject]) -> None:
    for project in projects:
        answer = resident.get(f"/p/{project.code}")
        assert answer.status_code == 200
        assert "<script" not in answer.text
        assert len(answer.content) < LARGEST_PAGE
        assert "set-cookie" not in answer.headers


def test_a_project_page_says_how_it_was_voted(resident: TestClient, projects: list[VotedProject]) -> None:
    page = resident.get(f"/p/{projects[0].code}").text
    assert f"赞成 {projects[0].votes_for} 票" in page
    assert f"须 {projects[0].needed} 票" in page


def test_who_has_the_page_is_told_that_nothing_changed(resident: TestClient, projects: list[VotedProject]) -> None:
    first = resident.get(f"/p/{projects[0].code}")
    again = resident.get(f"/p/{projects[0].code}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = resident.get(f"/p/{projects[0].code}", headers={"if-none-match": '"something"'})
    assert other.status_code == 200


@pytest.mark.parametrize("typed", ["{lower}", "{dashed}", " {code} "])
def test_a_short_code_is_found_however_it_is_typed(
    resident: TestClient, projects: list[VotedProject], typed: str
) -> None:
    code = projects[0].code
    words = typed.format(lower=code.lower(), dashed=f"{code[:4]}-{code[4:]}", code=code)
    assert projects[0].name in resident.get("/p", params={"code": words}).text


def test_an_unknown_code_keeps_what_was_typed_and_says_what_to_do(resident: TestClient) -> None:
    answer = resident.get("/p", params={"code": "zzzz-9999"})
    assert answer.status_code == 404
    assert "没有短码为“ZZZZ9999”的项目" in answer.text
    assert 'value="ZZZZ9999"' in answer.text


def test_a_draft_has_no_public_page(resident: TestClient, house: House) -> None:
    with house.reading.connect() as conn:
        west = congress_at(conn, "xihe")
        assert west is not None
        drafts = [
            one
            for year in candidate_board.years(conn, west.id)
            for one in candidate_board.candidates_of(conn, west.id, year)
        ]
    assert drafts
    assert {resident.get(f"/p/{draft.code}").status_code for draft in drafts} == {404}


def test_large_type_is_one_link_away(resident: TestClient, projects: list[VotedProject]) -> None:
    assert 'class="large"' not in resident.get(f"/p/{projects[0].code}").text
    assert 'class="large"' in resident.get(f"/p/{projects[0].code}?view=large").text


def test_an_approved_answer_changes_the_page_and_its_tag(
    resident: TestClient, house: House, projects: list[VotedProject]
) -> None:
    project = next(one for one in projects if one.number == 7)
    before = resident.get(f"/p/{project.code}")
    assert "完成 44%" not in before.text
    with house.reading.connect() as conn:
        district = congress_at(conn, "donghe")
    assert district is not None
    staff = account_of(house, "dh-office")
    state = house.office.state_of(staff, accounts.evolve)
    assert state is not None
    ask = ask_id(district.id, YEAR, AskKind.PROGRESS, project.project)
    answer = ProgressAnswer(percent=44, funds_spent=Money(Decimal(5_000_000)), milestones="完成一半步道")
    commands.answer_ask(house.office, By(actor=state.actor(staff), key="answer"), ask, answer)
    position = house.history.last_position()
    house.followers.wait_for(position)
    assert resident.get(f"/p/{project.code}").headers["etag"] == before.headers["etag"]
    house.followers.wait_for(commands.approve_ask(house.office, By(actor=state.actor(staff), key="approve"), ask))
    after = resident.get(f"/p/{project.code}", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "完成 44%" in after.text
    assert "完成一半步道" in after.text
