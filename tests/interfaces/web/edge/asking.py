"""Questions to the edge of a site, from this computer or from elsewhere."""

from dataclasses import replace
from typing import Any

import httpx2
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from interfaces.composition import House
from interfaces.settings import Settings

HERE = ("127.0.0.1", 50000)
ELSEWHERE = ("203.0.113.7", 50000)


def set_so(house: House, **settings: Any) -> House:
    """The same house under other settings."""
    changed = Settings(**{**house.settings.model_dump(exclude_unset=True), **settings})
    return replace(house, settings=changed)


def ask(site: ASGIApp, path: str, client: tuple[str, int] = HERE, **headers: str) -> httpx2.Response:
    return TestClient(site, client=client).get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def figures(site: ASGIApp) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(ask(site, "/metrics").text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def figure(site: ASGIApp, name: str, **labels: str) -> float:
    return figures(site).get((name, tuple(sorted(labels.items()))), 0)
