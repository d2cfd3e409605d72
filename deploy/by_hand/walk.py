"""What is looked at once an installation is up: from outside, as people and programs reach it."""

import re
import ssl
from collections.abc import Callable
from time import sleep
from typing import Any

import httpx2
from lxml import html

from deploy.by_hand.installation import HERE, Fault, Installation

LOGIN, PASSWORD = "wangmin", "QingCheng-2026-piaojue"
CARD = "K7QDM-0000-CARD"


class Walk:
    """Goes through everything; `found` is given a sentence for each thing that is as it should be."""

    def __init__(self, installation: Installation, found: Callable[[str], None]) -> None:
        self._installation = installation
        self._found = found
        trusting = ssl.create_default_context(cafile=str(installation.certificate))
        self._site = httpx2.Client(base_url=installation.public_url, verify=trusting, trust_env=False, timeout=20)
        self._plain = httpx2.Client(base_url=installation.plain_url, trust_env=False)

    def go(self, *, quick: bool) -> None:
        """`quick` leaves the web processes running all the time. Raises Fault."""
        self._tls()
        self._public_page()
        sheet = self._sign_in_page()
        self._static_file(sheet)
        self._ballot_page()
        self._inside_only()
        self._office_at_work()
        if not quick:
            self._application_away()
        self._nothing_written_down()

    def _tls(self) -> None:
        answer = self._plain.get("/sign-in?next=/staff")
        _must(answer.status_code == 301, "plain HTTP must lead to TLS")
        _must(answer.headers["location"] == f"{self._installation.public_url}/sign-in?next=/staff", "to the same page")
        self._found("http:// 转到 https:// / plain HTTP leads to TLS")

    def _public_page(self) -> None:
        first, second = self._site.get("/"), self._site.get("/")
        _must(first.status_code == 200, f"the public home answers {first.status_code}")
        _must(second.headers.get("x-piaojue-cache") == "HIT", f"the second look: {second.headers}")
        again = self._site.get("/", headers={"If-None-Match": second.headers["etag"]})
        _must(again.status_code == 304, "who has the page is told so")
        english = self._site.get("/", headers={"Accept-Language": "en"})
        _must('lang="en"' in english.text and 'lang="en"' not in first.text[:200], "English is a page of its own")
        _must(first.headers["x-content-type-options"] == "nosniff", "public pages carry the security headers")
        self._found("公开页第二次来自缓存,304,中英文各一份 / public page: second look from the cache, 304, by language")

    def _sign_in_page(self) -> str:
        answer = self._site.get("/sign-in")
        headers = answer.headers
        _must(answer.status_code == 200, f"the sign-in page answers {answer.status_code}")
        _must(headers["cache-control"] == "no-store" and "x-piaojue-cache" not in headers, "it is never kept")
        _must("max-age=31536000" in headers["strict-transport-security"], "HSTS")
        _must("default-src 'self'" in headers["content-security-policy"], "Content-Security-Policy")
        _must("secure" in headers["set-cookie"].lower(), "cookies demand TLS")
        _must(headers["server"] == "nginx", "no version is told")
        self._found("登录页:不缓存、HSTS、CSP、Secure / sign-in page: not kept, HSTS, CSP, Secure")
        sheet = html.fromstring(answer.content).xpath("string(//link[@rel='stylesheet']/@href)")
        return str(sheet)

    def _static_file(self, address: str) -> None:
        _must(bool(re.search(r"\.[0-9a-f]{12}\.css$", address)), f"a hashed name: {address}")
        answer = self._site.get(address, headers={"Accept-Encoding": "gzip"})
        _must(answer.headers["cache-control"] == "public, max-age=31536000, immutable", f"kept: {answer.headers}")
        _must(answer.headers["content-encoding"] == "gzip", "sent squeezed")
        _must("last-modified" in answer.headers, "the web server itself sends it")
        self._found("静态文件由 nginx 直接发送,保留一年 / static file from nginx, immutable, squeezed")

    def _ballot_page(self) -> None:
        answer = self._site.get("/v", headers={"Cookie": "piaojue_sign_in=x"})
        _must(answer.status_code == 200, f"the ballot page answers {answer.status_code}")
        _must(answer.headers["cache-control"] == "no-store", "it is never kept")
        _must(answer.headers["referrer-policy"] == "no-referrer", "it sends no referrer")
        _must("set-cookie" not in answer.headers, "it gives no cookie")
        asked = self._site.post("/v/form?lang=zh-CN", json={"card": CARD})
        _must(asked.status_code in {404, 422} and "sentence" in asked.json(), f"an unknown card: {asked.text}")
        self._found("表决票页面打得开,不留 Cookie / the ballot page opens and leaves no cookie")

    def _inside_only(self) -> None:
        _must(self._site.get("/metrics").status_code == 404, "the figures are not public")
        direct = httpx2.get(f"http://{HERE}:{self._installation.web[1]}/metrics", trust_env=False)
        _must(direct.status_code == 200 and "piaojue_" in direct.text, "inside they are there")
        ready = self._site.get("/readyz")
        _must(ready.status_code == 200, f"/readyz: {ready.text}")
        self._found("/metrics 只在内部,/readyz 正常 / figures inside only, ready")

    def _office_at_work(self) -> None:
        """A command in one web process, its effect on the next page: written by the worker."""
        self._installation.command(
            "accounts", "create-admin", "--login", LOGIN, "--name", "王敏", typed=f"{PASSWORD}\n"
        )
        page = self._send("/sign-in", login=LOGIN, password=PASSWORD)
        _must("/sign-in" not in str(page.url), f"signing in leads to {page.url}\n{_words(page)}")
        founded = self._send("/staff/congresses/new", name="青城市人民代表大会", term="17", slug="qingcheng")
        _must(founded.status_code == 200, f"founding a congress: {founded.status_code}\n{_words(founded)}")
        for _ in range(6):
            listed = self._site.get("/staff/congresses", follow_redirects=True)
            _must("青城市人民代表大会" in listed.text, "each web process shows what the worker wrote")
        self._found("登录、建立大会,下一页就看得到 / signed in, founded a congress, the next page shows it")

    def _application_away(self) -> None:
        self._site.get("/")
        self._installation.stop_one("web")
        sleep(2.1)
        kept, staff = self._site.get("/"), self._site.get("/staff")
        _must((kept.status_code, kept.headers["x-piaojue-cache"]) == (200, "STALE"), f"kept page: {kept.headers}")
        _must(staff.status_code == 503 and "请等几秒钟" in staff.text, "a readable page")
        _must(staff.headers["retry-after"] == "5", "with the time to wait")
        _must(self._site.post("/v/cast", json={"card": CARD}).status_code == 503, "phones are told to ask again")
        self._installation.start_one("web")
        self._installation.wait_healthy("web")
        _must(self._site.get("/staff/congresses").status_code == 200, "back without touching the web server")
        self._found(
            "web 停了:公开页照看,其他页请稍候,恢复后自动好 / web away: kept pages, a readable page, back by itself"
        )

    def _nothing_written_down(self) -> None:
        for log in sorted(self._installation.logs.iterdir()):
            text = log.read_text(encoding="utf-8", errors="replace")
            _must(CARD not in text, f"a card stands in {log.name}")
            _must(not re.search(r"[\s\"/]v/(form|cast)\b|\"/v\"|GET /v\b", text), f"the ballot stands in {log.name}")
            _must(PASSWORD not in text, f"a password stands in {log.name}")
        database = (self._installation.logs / "database.log").read_text(encoding="utf-8")
        _must("STATEMENT" not in database and "authorized" not in database, "the database logs no statement, no visit")
        office = (self._installation.logs / "proxy-access.log").read_text(encoding="utf-8")
        _must('"page":"/staff/congresses"' in office and HERE in office, "the office's pages are logged")
        self._found("日志里没有表决票,有办公室的页面 / the logs know the office's pages and nothing of the ballot")

    def _send(self, path: str, **typed: str) -> httpx2.Response:
        """Opens the page and sends its form, as a browser does."""
        page = self._site.get(path, follow_redirects=True)
        document: Any = html.fromstring(page.content)
        forms = [form for form in document.forms if form.method == "POST"]
        form = next((form for form in forms if set(typed) <= set(form.fields)), None)
        if form is None:
            raise Fault(f"{path} has no form for {', '.join(typed)}: {page.status_code}\n{_words(page)}")
        filled = {name: value or "" for name, value in form.form_values()} | typed
        for name, select in form.inputs.items():
            if getattr(select, "value_options", None) and not filled.get(name) and select.get("required") is not None:
                filled[name] = next(value for value in select.value_options if value)
        return self._site.post(
            form.action, data=filled, headers={"Origin": self._installation.public_url}, follow_redirects=True
        )


def _must(is_so: bool, what: str) -> None:  # noqa: FBT001  # reads as a sentence: it must be so
    if not is_so:
        raise Fault(what)


def _words(page: httpx2.Response) -> str:
    document: Any = html.fromstring(page.content)
    return " ".join(document.text_content().split())[:600]
