"""Reads docker-compose.yml and the Dockerfile, so that what is run by hand is what they say."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]

_VALUE = re.compile(r"\$\{(?P<name>\w+)(?P<operator>:-|:\?)?(?P<rest>[^}]*)\}")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


class MissingValue(ValueError):
    """A value without a default was not given; the text names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One container: what runs in it, with which settings, after which others."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    after: Mapping[str, str]
    """Names of services, with the condition that is waited for."""
    health: tuple[str, ...]
    """The command that tells whether it is well; empty where none is given here."""
    stop_signal: str
    stop_seconds: int
    target: str
    """The stage of the Dockerfile; empty for images of others."""


@dataclass(frozen=True)
class Compose:
    """The file with the values of an .env filled in."""

    given: Mapping[str, str]
    path: Path = ROOT / "docker-compose.yml"

    @cached_property
    def file(self) -> dict[str, Any]:
        """The whole file. Raises MissingValue."""
        read = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        filled: dict[str, Any] = self._filled(read)
        return filled

    @cached_property
    def names(self) -> frozenset[str]:
        """Every value that the file can be given."""
        text = self.path.read_text(encoding="utf-8")
        return frozenset(match["name"] for match in _VALUE.finditer(_without_comments(text)))

    def service(self, name: str) -> Service:
        """One service, with what its image adds."""
        said = self.file["services"][name]
        target = self._built(said["image"])
        image = stage(target) if target else Stage()
        checked = said.get("healthcheck", {})
        return Service(
            name=name,
            command=(*image.entrypoint, *(said.get("command") or image.command)),
            environment={**image.environment, **{key: str(value) for key, value in said["environment"].items()}},
            after={other: how["condition"] for other, how in said.get("depends_on", {}).items()},
            health=() if checked.get("disable") else tuple(_tested(checked) or image.health),
            stop_signal=str(said.get("stop_signal", "SIGTERM")),
            stop_seconds=_seconds(said.get("stop_grace_period", "10s")),
            target=target,
        )

    def in_order(self) -> list[Service]:
        """Every service after those it waits for."""
        left = {name: self.service(name) for name in self.file["services"]}
        ordered: list[Service] = []
        while left:
            ready = [service for service in left.values() if not set(service.after) & set(left)]
            ordered += ready
            for service in ready:
                del left[service.name]
        return ordered

    def _built(self, image: str) -> str:
        """The stage that makes an image; empty for images of others."""
        for other in self.file["services"].values():
            if other["image"] == image and "build" in other:
                return str(other["build"]["target"])
        return ""

    def _filled(self, part: Any) -> Any:
        if isinstance(part, dict):
            return {key: self._filled(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self._filled(value) for value in part]
        return _VALUE.sub(self._value, part) if isinstance(part, str) else part

    def _value(self, match: re.Match[str]) -> str:
        given = self.given.get(match["name"], "")
        if given:
            return given
        if match["operator"] == ":?":
            raise MissingValue(f"{match['name']}: {match['rest']}")
        return match["rest"] if match["operator"] == ":-" else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of the Dockerfile says about running."""

    entrypoint: Sequence[str] = ()
    command: Sequence[str] = ()
    health: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def stage(name: str) -> Stage:
    """A stage of the Dockerfile."""
    lines = list(_instructions(name))
    return Stage(
        entrypoint=_words(lines, "ENTRYPOINT"),
        command=_words(lines, "CMD"),
        health=_words(lines, "HEALTHCHECK"),
        environment=dict(
            pair.split("=", 1) for line in lines if line.startswith("ENV ") for pair in re.findall(r"\w+=\S+", line)
        ),
    )


def _instructions(stage_name: str) -> Iterator[str]:
    """The instructions of one stage, each on one line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    inside = False
    for line in text.splitlines():
        if line.startswith("FROM "):
            inside = line.endswith(f" AS {stage_name}")
        elif inside and line and not line.startswith("#"):
            yield line


def _words(lines: Sequence[str], instruction: str) -> list[str]:
    for line in lines:
        if line.startswith(f"{instruction} ") and "[" in line:
            words: list[str] = json.loads(line[line.index("[") :])
            return words
    return []


def _tested(check: Mapping[str, Any]) -> list[str]:
    words = list(check.get("test", ()))
    return words[1:] if words[:1] == ["CMD"] else words


def _seconds(text: str) -> int:
    return int(text[:-1]) * _SECONDS[text[-1]]


def _without_comments(text: str) -> str:
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
