"""The scrutineers' table: release, void, close, look, sign; each refusal in plain words."""

from collections.abc import Callable
from typing import Any

import pytest

from application.polls import preparing
from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from tests.interfaces.web.scrutineer.conftest import PASSWORD, counted, opened
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SignsIn = Callable[[Actor], Visitor]


def url_of(hall: Hall) -> str:
    return f"/scrutineer/jz/polls/{hall.poll}"


def test_a_scrutineer_sees_the_polls_of_their_own_only(hall: Hall, signs_in: SignsIn, signed_in: SignedIn) -> None:
    assert url_of(hall) in signs_in(hall.scrutineers[1]).open("/scrutineer/jz").links()
    outsider = hall.delegates[5]
    other = signed_in(Role.SCRUTINEER, hall.congress, delegate=outsider.delegate, name="代表6")
    page = other.open("/scrutineer/jz")
    assert "没有需要您监票的表决" in page.words
    page = other.open(url_of(hall))
    assert page.status == 409
    assert "代表6不是这次表决的监票人" in page.words


def test_a_clerk_is_no_scrutineer(hall: Hall, signed_in: SignedIn) -> None:
    clerk = signed_in(Role.STAFF, hall.congress)
    for page in ("", "/release", "/sign", "/close"):
        assert clerk.open(url_of(hall) + page).status == 403


def test_a_scrutineer_releases_with_the_chief_beside(
    hall: Hall, signs_in: SignsIn, login: Callable[[Actor], str]
) -> None:
    signs_in(hall.chief)
    one = signs_in(hall.scrutineers[0])
    assert "请总监票人在这里输入自己的登录名和密码" in one.open(f"{url_of(hall)}/release").words
    assert one.send(login=login(hall.chief), password=PASSWORD).said == "票卡已启用，可以发卡了。"


def test_two_clicks_release_once(hall: Hall, signs_in: SignsIn, login: Callable[[Actor], str]) -> None:
    signs_in(hall.scrutineers[0])
    chief = signs_in(hall.chief)
    form = chief.open(f"{url_of(hall)}/release")
    typed: dict[str, Any] = {"login": login(hall.scrutineers[0]), "password": PASSWORD}
    assert chief.send(**typed).status == 200
    chief.at = form
    assert chief.send(**typed).said == "票卡已启用，可以发卡了。"
    chief.at = form
    page = chief.send(command_key="another", **typed)
    assert page.status == 409
    assert "已经启用" in page.errors[0]


def test_who_cannot_prove_who_they_are_releases_nothing(
    hall: Hall, signs_in: SignsIn, login: Callable[[Actor], str]
) -> None:
    signs_in(hall.scrutineers[0])
    chief = signs_in(hall.chief)
    chief.open(f"{url_of(hall)}/release")
    page = chief.send(login=login(hall.scrutineers[0]), password="wrong")
    assert "登录名或密码不对" in page.errors[0]
    assert "wrong" not in page.text.replace("wrong_", "")
    page = chief.send(login=login(hall.chief), password=PASSWORD)
    assert "两个不同的人" in page.errors[0]
    assert page.status == 409


def test_somebody_who_is_no_scrutineer_releases_nothing(
    hall: Hall, house: House, signs_in: SignsIn, login: Callable[[Actor], str]
) -> None:
    chief, replaced = hall.delegates[0].delegate, hall.scrutineers[0]
    signs_in(replaced)
    others = [entry.delegate for entry in hall.delegates[3:5]]
    preparing.approve_scrutineers(house.office, by(hall.clerk), hall.poll, chief, others)
    visitor = signs_in(hall.chief)
    visitor.open(f"{url_of(hall)}/release")
    page = visitor.send(login=login(replaced), password=PASSWORD)
    assert page.status == 409
    assert "不是这次表决的监票人" in page.errors[0]


def test_scrutineers_void_what_is_left(hall: Hall, signs_in: SignsIn) -> None:
    chief = signs_in(hall.chief)
    chief.open(f"{url_of(hall)}/void-cards")
    page = chief.send(code=hall.secrets[-1])
    assert page.said == "已作废一张。"
    assert page.path.startswith(f"{url_of(hall)}/void-cards")


def test_only_the_chief_closes(hall: Hall, house: House, signs_in: SignsIn) -> None:
    opened(hall, house)
    one, chief = signs_in(hall.scrutineers[0]), signs_in(hall.chief)
    assert f"{url_of(hall)}/last-call" not in one.open(url_of(hall)).forms()
    assert one.open(f"{url_of(hall)}/close").status == 409
    chief.open(url_of(hall))
    page = chief.send(f"{url_of(hall)}/last-call")
    assert "最后投票还剩 60 秒" in page.words
    page = chief.send(f"{url_of(hall)}/close")
    assert page.said == "投票已截止，票箱已封。"


def test_the_count_is_shown_to_sign_and_signed_once(hall: Hall, house: House, signs_in: SignsIn) -> None:
    counted(hall, house)
    chief = signs_in(hall.chief)
    form = chief.open(f"{url_of(hall)}/sign")
    assert hall.state.counted is not None
    assert hall.state.counted.count_hash in form.text
    assert "列入 3" in form.words
    assert chief.send(password=PASSWORD).said == "已签名。"
    chief.at = form
    assert chief.send(password=PASSWORD).said == "已签名。"
    assert len(hall.state.signatures) == 1
    assert "您已签名" in chief.open(f"{url_of(hall)}/sign").words
    chief.at = form
    page = chief.send(password=PASSWORD, command_key="another")
    assert page.status == 409
    assert "已经签过名" in page.errors[0]


def test_what_was_counted_again_since_is_not_signed(hall: Hall, house: House, signs_in: SignsIn) -> None:
    counted(hall, house)
    chief = signs_in(hall.chief)
    chief.open(f"{url_of(hall)}/sign")
    page = chief.send(password=PASSWORD, shown_hash="0" * 64)
    assert page.status == 409
    assert "计票结果在您打开页面以后有了变化" in page.errors[0]


def test_nothing_is_signed_before_there_is_a_count(hall: Hall, house: House, signs_in: SignsIn) -> None:
    opened(hall, house)
    chief = signs_in(hall.chief)
    assert chief.open(f"{url_of(hall)}/sign").status == 404
    assert chief.open(f"{url_of(hall)}/report").status == 404


def test_who_signed_is_shown_to_the_others(hall: Hall, house: House, signs_in: SignsIn) -> None:
    counted(hall, house)
    chief, one = signs_in(hall.chief), signs_in(hall.scrutineers[0])
    chief.open(f"{url_of(hall)}/sign")
    chief.send(password=PASSWORD)
    page = one.open(url_of(hall))
    assert "总监票人 代表1" in page.words
    assert "核对并签名" in page.words


def test_the_report_prints_for_the_scrutineers(hall: Hall, house: House, signs_in: SignsIn) -> None:
    counted(hall, house)
    chief = signs_in(hall.chief)
    assert "结果：列入3项" in chief.open(f"{url_of(hall)}/report").words
    assert chief.open(f"{url_of(hall)}/report.pdf").content.startswith(b"%PDF")
