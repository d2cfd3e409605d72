"""What a web server in front tells is believed from those that are trusted and from nobody else."""

from typing import Any

import pytest

from interfaces.settings import Settings, WrongSettings
from interfaces.web.edge.forwarded import Forwarded


def seen(trusted: str, peer: str | None, *ways: str, scheme: str = "") -> tuple[str | None, str]:
    settings = Settings(trusted_proxies=trusted)
    forwarded = Forwarded(settings.proxy_networks, trusts_unix=settings.trusts_unix)
    headers = [(b"x-forwarded-for", way.encode()) for way in ways]
    headers += [(b"x-forwarded-proto", scheme.encode())] if scheme else []
    scope: dict[str, Any] = {"client": (peer, 1234) if peer else None, "scheme": "http", "headers": headers}
    forwarded.put_right(scope)
    return scope["client"][0] if scope["client"] else None, scope["scheme"]


def test_by_default_nobody_is_believed() -> None:
    assert seen("", "127.0.0.1", "203.0.113.7", scheme="https") == ("127.0.0.1", "http")


def test_a_trusted_web_server_tells_the_address_and_the_scheme() -> None:
    assert seen("10.0.0.0/8", "10.0.0.2", "203.0.113.7", scheme="https") == ("203.0.113.7", "https")
    assert seen("::1", "::1", "2001:db8::7") == ("2001:db8::7", "http")


def test_a_stranger_is_not_believed() -> None:
    assert seen("10.0.0.0/8", "192.0.2.1", "203.0.113.7", scheme="https") == ("192.0.2.1", "http")


def test_what_the_client_made_up_before_the_last_stranger_does_not_count() -> None:
    assert seen("10.0.0.0/8", "10.0.0.2", "1.1.1.1, 203.0.113.7, 10.0.0.3")[0] == "203.0.113.7"
    assert seen("10.0.0.0/8", "10.0.0.2", "1.1.1.1", "203.0.113.7")[0] == "203.0.113.7"
    assert seen("10.0.0.0/8", "10.0.0.2", "<script>, 10.0.0.3")[0] == "10.0.0.3"
    assert seen("10.0.0.0/8", "10.0.0.2", "nonsense")[0] is None


def test_ports_and_brackets_and_mapped_addresses_are_understood() -> None:
    assert seen("10.0.0.2", "::ffff:10.0.0.2", "203.0.113.7:4711")[0] == "203.0.113.7"
    assert seen("10.0.0.2", "10.0.0.2", "[2001:db8::7]:4711")[0] == "2001:db8::7"


def test_a_web_server_on_the_unix_socket_is_believed_when_it_is_named() -> None:
    assert seen("unix", None, "203.0.113.7")[0] == "203.0.113.7"
    assert seen("10.0.0.0/8", None, "203.0.113.7")[0] is None


def test_a_list_that_cannot_be_read_is_refused_in_one_sentence() -> None:
    with pytest.raises(WrongSettings, match="TRUSTED_PROXIES"):
        Settings(trusted_proxies="the-proxy")
