"""`/healthz`, `/readyz` and `/metrics`: answered before anything else, whatever crowd there is."""

import json
from collections.abc import Iterable
from hmac import compare_digest
from typing import Final

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.types import Scope, Send

from interfaces.settings import Settings
from interfaces.web.edge.forwarded import Forwarded, address_in, is_within
from interfaces.web.edge.meters import Meters
from interfaces.web.health.readiness import Readiness, Standing

HEALTH: Final = "/healthz"
READY: Final = "/readyz"
METRICS: Final = "/metrics"
PATHS: Final = frozenset({HEALTH, READY, METRICS})

_JSON: Final = b"application/json"
_TOLD_BY_PROXIES: Final = frozenset({b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via"})


class Probes:
    """Anybody may learn whether it is alive and ready; why not, and the figures, only who is entitled to.

    That is whoever shows the token or comes from a network of the settings; without a token also this computer itself.
    """

    def __init__(self, settings: Settings, readiness: Readiness, meters: Meters) -> None:
        self._token = settings.metrics_token.get_secret_value().encode()
        self._networks = settings.networks_of_metrics
        self._forwarded = Forwarded(settings.proxy_networks, trusts_unix=settings.trusts_unix)
        self._readiness = readiness
        self._meters = meters
        self.is_stopping = False

    async def __call__(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await _answer(send, 405, b"", b"text/plain")
        elif scope["path"] == HEALTH:
            await _answer(send, 200, b"ok\n", b"text/plain")
        elif scope["path"] == READY:
            await self._ready(scope, send)
        else:
            await self._metrics(scope, send)

    async def _ready(self, scope: Scope, send: Send) -> None:
        standing = Standing(failing=("stopping",)) if self.is_stopping else await self._readiness.standing()
        told = standing.told() if self._is_entitled(scope) else {"ready": standing.is_ready}
        body = json.dumps(told).encode() + b"\n"
        await _answer(send, 200 if standing.is_ready else 503, body, _JSON)

    async def _metrics(self, scope: Scope, send: Send) -> None:
        if not self._is_entitled(scope):
            await _answer(send, 403, b"", b"text/plain")
            return
        found = _Found(await self._readiness.standing())
        body = await self._readiness.aside(lambda: self._meters.exposition([found]))
        await _answer(send, 200, body, CONTENT_TYPE_LATEST.encode())

    def _is_entitled(self, scope: Scope) -> bool:
        told = dict(scope["headers"])
        if self._token:
            scheme, _, shown = told.get(b"authorization", b"").partition(b" ")
            if scheme.lower() == b"bearer" and compare_digest(shown.strip(), self._token):
                return True
        asked = {"client": scope.get("client"), "headers": scope["headers"]}
        self._forwarded.put_right(asked)
        address = address_in(asked["client"][0]) if asked["client"] else None
        if address is None:
            return False
        is_here = not self._token and address.is_loopback and not told.keys() & _TOLD_BY_PROXIES
        return is_here or is_within(address, self._networks)


class _Found(Collector):
    """The standing as figures: the same for all processes, so it is looked up and not counted."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterable[Metric]:
        """Called once for each exposition."""
        found = self._standing
        yield GaugeMetricFamily("piaojue_ready", "Whether requests can be served", value=float(found.is_ready))
        yield GaugeMetricFamily("piaojue_history_position", "Position of the newest fact", value=found.position)
        lag = GaugeMetricFamily("piaojue_projection_lag", "Facts not shown yet", labels=["projection"])
        broken = GaugeMetricFamily("piaojue_projection_broken", "1: stopped by a fault", labels=["projection"])
        for name, facts in sorted(found.lags.items()):
            lag.add_metric([name], facts)
            broken.add_metric([name], float(name in found.broken))
        yield from (lag, broken)
        if found.free_bytes is not None:
            yield GaugeMetricFamily("piaojue_data_free_bytes", "Free on the disk of the data", value=found.free_bytes)


async def _answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
