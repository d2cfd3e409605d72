"""What the web server in front does and never does, seen from both sides of it."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from deploy import fill_nginx
from deploy.by_hand import nginx
from deploy.by_hand.certificate import self_signed
from deploy.by_hand.compose import ROOT
from interfaces.web._base.areas import COOKIE_PATHS
from tests.deployment.conftest import BALLOT_NAME, PUBLIC_URL, Front
from tests.support.ports import free_port

CARD = "K7QDM-0000-CARD-OF-A-DELEGATE"
A_MOMENT = 2.1
"""Seconds: one of keeping, and nginx counts whole ones."""


# ---- on Debian, beside its own nginx.conf


@pytest.mark.skipif(not Path("/etc/nginx/nginx.conf").exists(), reason="nginx of Debian or Ubuntu; see `front`")
def test_debians_own_nginx_takes_the_configuration(folder: Path) -> None:
    etc = folder / "etc"
    (etc / "conf.d").mkdir(parents=True)
    shutil.copy("/etc/nginx/mime.types", etc)
    theirs = Path("/etc/nginx/nginx.conf").read_text(encoding="utf-8")
    for known, here in (("/etc/nginx/", f"{etc}/"), ("/var/log/nginx/", f"{folder}/"), ("/run/", f"{folder}/")):
        theirs = theirs.replace(known, here)
    (etc / "nginx.conf").write_text(re.sub(r"^user .*$", "", theirs, flags=re.MULTILINE), encoding="utf-8")
    self_signed(["localhost"], folder / "certificate.pem", folder / "key.pem")
    example = (ROOT / "deploy/piaojue.env.example").read_text(encoding="utf-8")
    replaced = {
        "/etc/piaojue/certificate.pem": f"{folder}/certificate.pem",
        "/etc/piaojue/certificate_key.pem": f"{folder}/key.pem",
        "/var/cache/nginx-piaojue": f"{folder}/cache",
        "/var/log/nginx/": f"{folder}/",
        '"http2 on;", before': "",
        'PIAOJUE_HTTP2=""': f'PIAOJUE_HTTP2="{nginx.http2()}"',
        "_PORT=80": f"_PORT={free_port()}",
        "_PORT=443": f"_PORT={free_port()}",
    }
    for known, here in replaced.items():
        example = example.replace(known, here)
    (folder / "piaojue.env").write_text(example, encoding="utf-8")
    assert fill_nginx.main([str(folder / "piaojue.env"), str(etc)]) == 0
    pages = etc / "piaojue" / "pages.conf"
    pages.write_text(pages.read_text(encoding="utf-8").replace("/etc/nginx/", f"{etc}/"), encoding="utf-8")
    nginx.hand_over(folder)
    checked = nginx.check(etc / "nginx.conf")
    assert "syntax is ok" in checked.stderr, checked.stderr


def test_a_setting_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "piaojue.env").write_text("PIAOJUE_HTTP_PORT=80\n", encoding="utf-8")
    assert fill_nginx.main([str(tmp_path / "piaojue.env"), str(tmp_path)]) == 1
    assert "PIAOJUE_" in capsys.readouterr().err


# ---- TLS


def test_plain_http_leads_to_the_public_address(front: Front) -> None:
    answer = front.plain.get("/p/4M8R?x=1", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"{PUBLIC_URL}/p/4M8R?x=1")
    assert not front.application.asked


def test_it_says_that_it_is_alive_without_the_application(front: Front) -> None:
    front.application.stop()
    assert front.plain.get("/-/alive").text == "alive\n"


def test_nothing_tells_which_web_server_this_is(front: Front) -> None:
    assert front.client.get("/p/1").headers["server"] == "nginx"


# ---- static files


def test_static_files_come_from_the_web_server_and_stay_for_a_year(front: Front) -> None:
    answer = front.client.get("/static/css/office.0123456789ab.css", headers={"Accept-Encoding": "identity"})
    assert (answer.status_code, answer.text) == (200, "body{}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    for name in ("strict-transport-security", "x-content-type-options", "content-security-policy", "referrer-policy"):
        assert name in answer.headers
    assert not front.application.asked


def test_static_files_are_sent_squeezed_as_they_lie_there(front: Front) -> None:
    answer = front.client.get("/static/css/office.0123456789ab.css", headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["content-encoding"], answer.text) == ("gzip", "body{} /* squeezed */")


def test_a_static_file_that_does_not_lie_there_is_the_applications_to_answer(front: Front) -> None:
    front.client.get("/static/css/office.ffffffffffff.css")
    assert front.application.paths() == ["/static/css/office.ffffffffffff.css"]


def test_no_file_outside_of_the_static_folder_is_sent(front: Front) -> None:
    for path in ("/static/../../key.pem", "/static/%2e%2e/%2e%2e/key.pem", "/static/css/../../../key.pem"):
        assert "PRIVATE KEY" not in front.client.get(path).text


# ---- public pages


def test_a_public_page_is_asked_for_once_and_shown_to_everybody(front: Front) -> None:
    first, second = front.client.get("/p/4M8R"), front.client.get("/p/4M8R")
    assert (first.headers["x-piaojue-cache"], second.headers["x-piaojue-cache"]) == ("MISS", "HIT")
    assert front.application.paths() == ["/p/4M8R"]


def test_after_a_moment_it_is_asked_for_anew_by_its_tag(front: Front) -> None:
    front.client.get("/p/4M8R")
    sleep(A_MOMENT)
    assert front.client.get("/p/4M8R").headers["x-piaojue-cache"] == "REVALIDATED"
    assert front.application.last.headers["if-none-match"] == '"1"'
    sleep(A_MOMENT)
    front.application.version = "2"
    assert front.client.get("/p/4M8R").text == "page 2"


def test_who_has_the_page_is_told_so(front: Front) -> None:
    tag = front.client.get("/p/4M8R").headers["etag"]
    assert front.client.get("/p/4M8R", headers={"If-None-Match": tag}).status_code == 304


def test_a_crowd_scanning_one_code_is_one_question(front: Front) -> None:
    with ThreadPoolExecutor(16) as crowd:
        texts = list(crowd.map(lambda _: front.client.get("/p/4M8R").text, range(64)))
    assert set(texts) == {"page 1"}
    assert len(front.application.asked) <= 2


ASKED_IN: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "zh-CN"),
    ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh-CN"),
    ({"Accept-Language": "en-GB,en;q=0.9"}, "en"),
    ({"Accept-Language": "mn,zh;q=0.5"}, "zh-CN"),
    ({"Accept-Language": "en", "Cookie": "piaojue_language=zh-CN"}, "zh-CN"),
    ({"Cookie": "x=y; piaojue_language=en"}, "en"),
    ({"Cookie": "piaojue_language=../../etc"}, "zh-CN"),
)


def test_the_application_is_asked_in_the_visitors_language(front: Front) -> None:
    for number, (headers, language) in enumerate(ASKED_IN):
        front.client.get(f"/qingcheng/{number}", headers=headers)
        assert front.application.last.headers["cookie"] == f"piaojue_language={language}", headers


def test_languages_are_not_mixed_up(front: Front) -> None:
    front.client.get("/p/4M8R", headers={"Accept-Language": "en"})
    assert front.client.get("/p/4M8R", headers={"Accept-Language": "zh"}).headers["x-piaojue-cache"] == "MISS"


def test_a_page_with_a_cookie_is_not_kept(front: Front) -> None:
    front.client.get("/p/cookie")
    assert front.client.get("/p/cookie").headers["x-piaojue-cache"] == "MISS"


def test_a_page_that_differs_by_something_else_is_not_kept(front: Front) -> None:
    front.client.get("/p/browser")
    assert front.client.get("/p/browser").headers["x-piaojue-cache"] == "MISS"


def test_what_is_not_called_public_is_not_kept(front: Front) -> None:
    front.client.get("/somewhere")
    front.client.get("/somewhere")
    assert front.application.paths() == ["/somewhere", "/somewhere"]


def test_while_the_application_is_away_what_was_kept_is_shown(front: Front) -> None:
    front.client.get("/p/4M8R")
    sleep(A_MOMENT)
    front.application.stop()
    answer = front.client.get("/p/4M8R")
    assert (answer.status_code, answer.text, answer.headers["x-piaojue-cache"]) == (200, "page 1", "STALE")


# ---- signed-in areas


def test_nothing_of_a_signed_in_area_is_kept(front: Front) -> None:
    for area in (*COOKIE_PATHS, "/a"):
        for path in (area, f"{area}/qingcheng"):
            answer = front.client.get(path, headers={"Cookie": "piaojue_sign_in=secret"})
            assert "x-piaojue-cache" not in answer.headers, path
            assert front.application.last.headers["cookie"] == "piaojue_sign_in=secret", path


def test_programs_with_a_token_are_passed_on_and_never_kept(front: Front) -> None:
    for _ in range(2):
        front.client.get("/api/v1/projects", headers={"Authorization": "Bearer secret"})
    assert [asked.headers["authorization"] for asked in front.application.asked] == ["Bearer secret"] * 2


def test_nobody_can_pretend_another_address(front: Front) -> None:
    claimed = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    for path in ("/staff", "/p/1"):
        front.client.get(path, headers={**claimed, "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"})
        told = front.application.last.headers
        assert (told["x-forwarded-for"], told["x-forwarded-proto"]) == ("127.0.0.1", "https")
        assert not {"x-real-ip", "forwarded", "x-forwarded-host"} & set(told)


def test_the_offices_log_has_no_query_and_no_secret_of_a_path(front: Front) -> None:
    front.client.get("/staff/qingcheng/delegates?name=Bayar")
    front.client.get("/a/SLIP-SECRET")
    front.client.get("/staff/qingcheng/check-in/7-1/DELEGATE-CODE")
    told = front.logs_settled(until="check-in")
    assert '"page":"/staff/qingcheng/delegates"' in told
    assert '"page":"/a/…"' in told
    assert not any(secret in told for secret in ("Bayar", "SLIP-SECRET", "DELEGATE-CODE"))


def test_the_figures_are_not_for_the_public(front: Front) -> None:
    assert front.client.get("/metrics").status_code == 404
    assert not front.application.asked


# ---- the ballot


def test_the_ballot_leaves_no_trace_and_carries_nothing_about_the_phone(front: Front) -> None:
    front.client.get("/v", headers={"Cookie": "piaojue_sign_in=delegate", "User-Agent": "phone 17"})
    front.client.post(
        "/v/cast?lang=zh-CN",
        json={"card": CARD, "ballot": "B" * 4000},
        headers={
            "Cookie": "piaojue_sign_in=delegate",
            "Authorization": "Bearer x",
            "Referer": f"https://piaojue.test/v#{CARD}",
            "X-Forwarded-For": "203.0.113.9",
        },
    )
    assert [asked.method for asked in front.application.asked] == ["GET", "POST"]
    for asked in front.application.asked:
        assert set(asked.headers) <= {
            "host",
            "connection",
            "x-forwarded-proto",
            "accept",
            "accept-encoding",
            "content-type",
            "content-length",
        } | {"accept-language"}
    assert front.logs_settled() == ""
    assert front.kept_on_disk() == b""


def test_not_even_a_failure_of_the_ballot_is_logged_with_time_and_address(front: Front) -> None:
    front.application.stop()
    for path in ("/v/cast", "/v/form"):
        assert front.client.post(path, json={"card": CARD}).status_code == 503
    front.client.get("/v")
    front.client.post("/v/cast", content=b"x" * 40_000)
    assert front.logs_settled() == ""
    front.client.get("/staff")
    assert "127.0.0.1" in front.logs_settled(until="127.0.0.1")


def test_files_that_the_ballot_page_loads_are_not_logged_either(front: Front) -> None:
    front.client.get("/static/css/office.0123456789ab.css")
    front.client.get("/static/js/missing.0123456789ab.js")
    assert front.logs_settled() == ""


def test_a_ballot_is_never_sent_twice(front: Front) -> None:
    """Rule: whether it was taken is only known from the receipt; asking again is the page's own business."""
    front.client.get("/v")
    assert front.client.post("/v/cast/breaks-off", json={"card": CARD}).status_code == 503
    assert front.application.paths().count("/v/cast/breaks-off") == 1


def test_what_may_have_acted_is_not_sent_again(front: Front) -> None:
    for method, path in (("POST", "/staff/x"), ("DELETE", "/api/v1/x"), ("PUT", "/api/v1/y")):
        front.client.get("/staff")
        front.client.request(method, f"{path}/breaks-off")
        assert front.application.paths().count(f"{path}/breaks-off") == 1


def test_a_hall_behind_one_address_is_not_held_up(front: Front) -> None:
    with ThreadPoolExecutor(32) as hall:
        codes = list(hall.map(lambda _: front.client.post("/v/form", json={"card": CARD}).status_code, range(1200)))
    assert set(codes) == {200}


def test_an_oversized_ballot_is_refused_before_the_application(front: Front) -> None:
    assert front.client.post("/v/cast", content=b"x" * 20_000).status_code == 413
    assert not front.application.asked


def test_the_ballot_is_never_kept(front: Front) -> None:
    front.client.get("/v")
    front.client.get("/v")
    assert front.application.paths() == ["/v", "/v"]


class TestBallotName:
    """The ballot under a host name of its own."""

    @pytest.fixture
    def ballot_name(self) -> str:
        return BALLOT_NAME

    def test_the_page_is_opened_under_that_name(self, front: Front) -> None:
        answer = front.client.get("/v?lang=en")
        assert (answer.status_code, answer.headers["location"]) == (307, f"https://{BALLOT_NAME}/v?lang=en")
        assert front.under_ballot_name("GET", "/v").status_code == 200

    def test_a_page_that_is_open_already_goes_on(self, front: Front) -> None:
        assert front.client.post("/v/cast", json={"card": CARD}).status_code == 200

    def test_there_is_nothing_else_under_that_name(self, front: Front) -> None:
        for path in ("/", "/staff", "/sign-in", "/api/v1/x", "/metrics"):
            assert front.under_ballot_name("GET", path).headers["location"] == f"{PUBLIC_URL}{path}"
        assert not front.application.asked
        assert front.under_ballot_name("GET", "/static/css/office.0123456789ab.css").status_code == 200

    def test_nothing_under_that_name_is_logged(self, front: Front) -> None:
        front.application.stop()
        front.under_ballot_name("POST", "/v/cast")
        front.under_ballot_name("GET", "/staff")
        assert front.logs_settled() == ""


# ---- when the application is away


def test_people_read_what_to_do_while_the_application_is_away(front: Front) -> None:
    front.application.stop()
    answer = front.client.get("/staff")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "请等几秒钟" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_programs_read_a_problem(front: Front) -> None:
    front.application.stop()
    answer = front.client.get("/api/v1/projects")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["status"] == 503


def test_what_the_application_itself_says_when_it_is_full_passes_through(front: Front) -> None:
    answer = front.client.get("/staff/full")
    assert (answer.status_code, answer.headers["retry-after"], answer.text) == (503, "3", "page 1")


def test_a_web_server_that_came_first_finds_the_application_by_itself(front: Front) -> None:
    front.application.stop()
    assert front.client.get("/staff").status_code == 503
    front.application.start()
    assert front.client.get("/staff").status_code == 200
