"""Static files, and where pages are found."""

import re
from pathlib import Path

import pytest

from interfaces.web._base import assets, discovery
from tests.support.visitors import Visitor

STATIC = Path(assets.STATIC)
SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@SQLITE
def test_static_files_are_kept_for_ever_under_their_hash(visitor: Visitor) -> None:
    url = assets.static("css/public.css")
    answer = visitor.client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (STATIC / "css/public.css").read_bytes()
    plain = visitor.client.get("/static/css/public.css", headers={"Accept-Encoding": "identity"})
    assert plain.headers["cache-control"] == "no-cache"
    again = visitor.client.get("/static/css/public.css", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


@SQLITE
@pytest.mark.parametrize(
    "path", ["../settings.py", "%2e%2e/settings.py", "css", "css/none.css", "css/public.000000000000.css"]
)
def test_nothing_but_static_files_is_served(path: str, visitor: Visitor) -> None:
    assert visitor.client.get(f"/static/{path}").status_code == 404


def test_a_page_cannot_link_what_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        assets.static("css/none.css")


def test_the_public_style_sheet_is_below_ten_kilobytes() -> None:
    assert sum((STATIC / "css" / name).stat().st_size for name in ("tokens.css", "public.css")) < 10 * 1024


def test_only_the_tokens_name_colours_twice_used() -> None:
    """Other sheets use the names; a colour written out there is one the tokens do not have."""
    known = set(re.findall(r"#[0-9a-f]{6}", (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")))
    for name in ("office.css", "public.css"):
        written = re.findall(r"#[0-9a-f]{6}", (STATIC / "css" / name).read_text(encoding="utf-8"))
        assert known.isdisjoint(written)


def test_addresses_written_out_come_before_those_with_places() -> None:
    paths = [str(getattr(route, "path", "")) for route in discovery.all_routes()]
    assert paths.index("/staff/accounts") < paths.index("/staff/{slug}/accounts")
    assert paths.index("/staff/{slug}/accounts/new") < paths.index("/staff/{slug}/accounts/{account}")
