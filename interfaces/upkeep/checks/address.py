"""The public address: what stands in every QR code must lead here, over TLS, for a while yet."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2

from interfaces.settings import Settings
from interfaces.upkeep.checks.found import Found, bad, ok, warn
from interfaces.web._base.language import lazy

SECONDS = 5.0
DAYS_SOON, DAYS_URGENT = 30, 7

Answered = Callable[[str], int | None]
"""The status an address answers with, None when it does not."""

Ends = Callable[[str, int], datetime | None]
"""When the certificate of a host ends, None when there is none that a browser would accept."""


def check(settings: Settings, answered: Answered, ends: Ends, now: datetime) -> list[Found]:
    """Address, reachability, certificate, and who is believed about visitors' addresses."""
    found = [of_address(settings), of_answer(settings.public_url, answered(f"{settings.public_url}/healthz"))]
    if settings.is_https and not settings.is_local:
        parts = urlsplit(settings.public_url)
        found.append(of_certificate(ends(parts.hostname or "", parts.port or 443), now))
    return [*found, of_proxies(settings)]


def of_address(settings: Settings) -> Found:
    """Whether phones can follow it, and nobody listens in on the way."""
    url = settings.public_url
    if settings.is_local:
        return warn(
            "address",
            lazy("对外地址 %(url)s 只有这台电脑自己能打开。"),
            lazy("请把 PIAOJUE_PUBLIC_URL 设为手机能打开的地址；印二维码以前必须改好。"),
            url=url,
        )
    if not settings.is_https:
        return warn(
            "address",
            lazy("对外地址 %(url)s 没有加密。"),
            lazy("请在前面放一个有证书的网页服务器，并把 PIAOJUE_PUBLIC_URL 改成 https://…。"),
            url=url,
        )
    return ok("address", lazy("对外地址 %(url)s。"), url=url)


def of_answer(url: str, status: int | None) -> Found:
    """Whether the address answers our question, asked from here."""
    if status == httpx2.codes.OK:
        return ok("reachable", lazy("%(url)s 有回应。"), url=url)
    if status is None:
        return bad(
            "reachable",
            lazy("从这台服务器打不开 %(url)s。"),
            lazy("请检查服务是否在运行，以及域名、端口、防火墙和前面的网页服务器。"),
            url=url,
        )
    return bad(
        "reachable",
        lazy("%(url)s/healthz 的回应是 %(status)s，那里可能不是本系统。"),
        lazy("请检查 PIAOJUE_PUBLIC_URL 和前面的网页服务器的设置。"),
        url=url,
        status=status,
    )


def of_certificate(ends: datetime | None, now: datetime) -> Found:
    """How many days are left."""
    if ends is None:
        return bad(
            "certificate",
            lazy("对外地址没有浏览器会接受的证书。"),
            lazy("请检查证书的域名、有效期和中间证书。"),
        )
    days = (ends - now).days
    if days < DAYS_URGENT:
        return bad("certificate", lazy("证书还有 %(days)s 天到期。"), lazy("请马上更换证书。"), days=days)
    if days < DAYS_SOON:
        return warn("certificate", lazy("证书还有 %(days)s 天到期。"), lazy("请在会前更换证书。"), days=days)
    return ok("certificate", lazy("证书还有 %(days)s 天到期。"), days=days)


def of_proxies(settings: Settings) -> Found:
    """Behind a web server, visitors have its address unless it is believed; believing everybody believes liars."""
    if any(network.prefixlen == 0 for network in settings.proxy_networks):
        return bad(
            "proxies",
            lazy("PIAOJUE_TRUSTED_PROXIES 信任所有地址，任何人都能冒充别的来访地址。"),
            lazy("请只写前面那台网页服务器的地址。"),
        )
    trusts = bool(settings.proxy_networks) or settings.trusts_unix
    if settings.is_https and not trusts:
        return warn(
            "proxies",
            lazy("对外地址是 https，但没有信任任何前置服务器：所有人在系统里都显示为同一个地址。"),
            lazy("请把前面那台网页服务器的地址写进 PIAOJUE_TRUSTED_PROXIES。"),
        )
    if settings.unix_socket is not None and not settings.trusts_unix:
        return warn(
            "proxies",
            lazy("服务只听本机的 socket，但没有信任由它来的请求。"),
            lazy("请在 PIAOJUE_TRUSTED_PROXIES 里加上 unix。"),
        )
    return ok("proxies", lazy("对前置服务器的信任设置合理。"))


def answered_by(url: str) -> int | None:
    """Asks over the network, as a phone would; believed is whom this computer believes, an office's own CA too."""
    believed = ssl.create_default_context()
    try:
        return httpx2.get(url, timeout=SECONDS, trust_env=False, follow_redirects=False, verify=believed).status_code
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return None


def certificate_ends(host: str, port: int) -> datetime | None:
    """Looks at the certificate that is shown to browsers."""
    try:
        with (
            socket.create_connection((host, port), timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secured,
        ):
            shown = secured.getpeercert() or {}
    except (OSError, ssl.SSLError):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
