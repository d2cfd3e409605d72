"""Public pages come from memory: rendered once, gone when what they show has changed, in whatever process it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import sleep
from typing import Any
from uuid import UUID, uuid5

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from application.congress import change_unit, describe_congress, found_congress
from domain.accounts.permissions import Role
from domain.congress.congress import Level
from interfaces.composition import House, open_house
from interfaces.public import changes
from interfaces.public.projects import views
from interfaces.web.app import Site, create_app
from projections import public_page
from projections.reading.engine import writing
from projections.reading.position import standings
from projections.reading.rebuild import rebuild
from tests.support import year
from tests.support.residents import LIST, PAGE, resident_of
from tests.support.stores import by, granted
from tests.support.year import CONGRESS, UNIT

ADMINISTRATOR = granted(Role.ADMINISTRATOR)
LATER = 3600.0


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a look may take long; nothing is about that here."""
    monkeypatch.setattr(changes, "PATIENCE", 60.0)


@pytest.fixture
def house(house: House) -> House:
    """An installation with a congress whose year is over."""
    assert house.followers.wait_for(year.record(house.history, year.in_short()), timeout=60)
    return house


@pytest.fixture
def resident(site: Site) -> TestClient:
    return resident_of(site)


def rename(house: House, name: str, congress: UUID = CONGRESS) -> None:
    """Changes what every page of the congress shows, and waits for the effect as pages do."""
    position = describe_congress(house.office, by(ADMINISTRATOR), congress, name=name, short_name=name, term=16)
    assert house.followers.wait_for(position)


def told_by(answer: Any) -> dict[str, str]:
    """The headers, but for the number that each request has."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


@contextmanager
def elsewhere(house: House) -> Iterator[House]:
    """Another process on the same stores, which shows what the first one projects."""
    opened = open_house(house.settings, house.clock, follow=False)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the project pages that were rendered."""
    codes: list[str] = []
    context = views.context

    def counting(conn: Any, code: str, today: date) -> dict[str, Any] | None:
        codes.append(code)
        return context(conn, code, today)

    monkeypatch.setattr(views, "context", counting)
    return codes


def test_a_page_is_rendered_once(resident: TestClient, rendered: list[str]) -> None:
    pages = {resident.get(PAGE).content for _ in range(5)}
    assert len(pages) == 1
    assert len(rendered) == 1


@pytest.mark.parametrize("path", ["/", LIST, f"{LIST}.json", PAGE])
def test_every_public_page_is_kept_with_a_tag_and_asked_for_each_time(site: Site, path: str) -> None:
    first, again = (resident_of(site).get(path, follow_redirects=False) for _ in range(2))
    assert len(site.pages) == 1
    assert told_by(first) == told_by(again)
    assert again.headers["cache-control"] == "public, no-cache"
    assert again.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"
    known = resident_of(site).get(path, headers={"if-none-match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    for name in ("etag", "vary", "cache-control", "content-security-policy", "x-frame-options"):
        assert known.headers[name] == first.headers[name]


def test_the_way_to_the_newest_list_is_kept_too(site: Site) -> None:
    for _ in range(2):
        answer = resident_of(site).get("/city", follow_redirects=False, headers={"if-none-match": "*"})
        assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    assert len(site.pages) == 1


@pytest.mark.parametrize("asked", ['"x", {tag}', "*", "{strong}", "  {tag} "])
def test_a_tag_is_found_however_it_is_asked_for(resident: TestClient, asked: str) -> None:
    tag = resident.get(PAGE).headers["etag"]
    told = asked.format(tag=tag, strong=tag.removeprefix("W/"))
    assert resident.get(PAGE, headers={"if-none-match": told}).status_code == 304
    assert resident.get(PAGE, headers={"if-none-match": '"x"'}).status_code == 200


def test_head_says_what_get_would_say(resident: TestClient) -> None:
    resident.get(PAGE)
    head, get = resident.head(PAGE), resident.get(PAGE)
    assert head.status_code == 200
    assert told_by(head) == told_by(get)


def test_pages_are_packed_for_those_who_take_it(resident: TestClient) -> None:
    plain = resident.get(PAGE, headers={"accept-encoding": "identity"})
    packed = resident.get(PAGE, headers={"accept-encoding": "br, gzip"})
    refused = resident.get(PAGE, headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content == refused.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in refused.headers
    assert "content-encoding" not in plain.headers


def test_languages_and_sizes_of_type_are_kept_apart(site: Site) -> None:
    resident = resident_of(site)
    for _ in range(2):
        assert 'lang="zh-CN"' in resident.get(PAGE).text
        assert 'lang="en"' in resident.get(PAGE, headers={"accept-language": "en"}).text
        assert 'lang="en"' in resident.get(PAGE, headers={"cookie": "piaojue_language=en"}).text
        assert 'lang="en"' in resident.get(f"{PAGE}?lang=en").text
        assert 'class="large"' in resident.get(f"{PAGE}?view=large").text
        assert 'class="large"' not in resident.get(PAGE).text
    assert len(site.pages) == 3


def test_lists_narrowed_by_a_word_are_not_kept(site: Site) -> None:
    resident = resident_of(site)
    whole = resident.get(LIST).text
    assert resident.get(f"{LIST}?category=nothing").text != whole
    assert len(site.pages) == 1


def test_unknown_codes_and_made_up_queries_take_no_room(site: Site) -> None:
    resident = resident_of(site)
    for number in range(20):
        assert resident.get(f"/p/UNKN{number:04}").status_code == 404
        assert resident.get(f"/nowhere-{number}").status_code == 404
        assert resident.get(f"{PAGE}?from=message{number}").status_code == 200
        assert resident.get(f"/p?code=x{number}", follow_redirects=False).status_code == 303
        assert resident.get(f"{PAGE.lower()}-{'-' * number}", follow_redirects=False).status_code == 308
    assert len(site.pages) == 1


def test_the_effect_of_a_command_is_seen_at_once(
    house: House, resident: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "LOOK_AFTER", LATER)
    for number in range(10):
        tag = resident.get(PAGE).headers["etag"]
        rename(house, f"第{number}市人民代表大会")
        for path in (PAGE, "/", LIST, f"{LIST}.json"):
            assert f"第{number}市" in resident.get(path).text
        assert resident.get(PAGE).headers["etag"] != tag


def test_the_effect_of_a_command_is_seen_in_another_process(
    house: House, resident: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "LOOK_AFTER", LATER)
    with elsewhere(house) as other:
        there = resident_of(create_app(other))
        for number in range(5):
            assert there.get(PAGE).content == resident.get(PAGE).content
            heard = other.history.wake.calls
            rename(house, f"第{number}市人民代表大会")
            assert other.history.wake.wait(heard, 5) != heard
            assert f"第{number}市" in there.get(PAGE).text


def test_pages_are_a_tenth_of_a_second_old_at_most_when_nobody_calls(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere(house) as other:
        there = resident_of(create_app(other))
        there.get(PAGE)
        monkeypatch.setattr(other.history.wake, "set", lambda: None)
        rename(house, "新市人民代表大会")
        sleep(changes.LOOK_AFTER)
        assert "新市" in there.get(PAGE).text


def test_a_changed_phone_changes_the_pages_that_show_it(house: House, resident: TestClient) -> None:
    resident.get(PAGE)
    position = change_unit(house.office, by(granted(Role.STAFF, CONGRESS)), CONGRESS, UNIT, "住建局", "0571-8123 4567")
    assert house.followers.wait_for(position)
    assert "0571-8123 4567" in resident.get(PAGE).text


def test_what_is_not_on_a_page_leaves_it_kept(house: House, resident: TestClient, rendered: list[str]) -> None:
    tag = resident.get(PAGE).headers["etag"]
    other = uuid5(CONGRESS, "another")
    names = {"name": "邻市人民代表大会", "short_name": "邻市", "slug": "next"}
    position = found_congress(house.office, by(ADMINISTRATOR), other, **names, level=Level.CITY, parent=None, term=16)
    assert house.followers.wait_for(position)
    assert "邻市" in resident.get("/").text
    rename(house, "邻近市人民代表大会", other)
    assert "邻近市" in resident.get("/").text
    assert resident.get(PAGE).headers["etag"] == tag
    assert len(rendered) == 1


def test_rendering_again_what_has_not_changed_gives_the_same_tag(house: House, resident: TestClient) -> None:
    name = resident.get(f"{LIST}.json").json()["congress"]
    rename(house, name)
    tag = resident.get(PAGE).headers["etag"]
    rename(house, "别的市人民代表大会")
    assert resident.get(PAGE).headers["etag"] != tag
    rename(house, name)
    assert resident.get(PAGE).headers["etag"] == tag


def test_pages_follow_a_read_model_that_was_made_anew(house: House, site: Site, resident: TestClient) -> None:
    right = resident.get(PAGE).content
    table = public_page.metadata.tables["public_congress"]
    with house.reading.connect() as conn:
        place = standings(conn)[public_page.PROJECTION.name].place
    with writing(house.reading, [place] if place else []).begin() as conn:
        conn.execute(update(table).values(slug="wrong"))
    site.pages.drop(None)
    assert "/wrong/2026" in resident.get(PAGE).text
    rebuild(house.history, house.reading, public_page.PROJECTION)
    sleep(changes.LOOK_AFTER)
    assert resident.get(PAGE).content == right


def test_a_database_that_does_not_answer_takes_no_page_away(
    house: House, resident: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = resident.get(PAGE).content

    def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(changes, "standings", away)
    for _ in range(3):
        house.history.wake.set()
        assert resident.get(PAGE).content == page
    assert len([line for line in caplog.records if line.name == changes.__name__]) == 1
