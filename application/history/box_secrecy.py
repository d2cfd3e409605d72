"""What a PostgreSQL server must not write down while ballots are cast."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from application.history.box_store import SecrecyFault


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    setting: str
    wanted: str
    holds: Callable[[str], bool]
    blocks: bool = False


_RULES = (
    _Rule(setting="track_commit_timestamp", wanted="off", holds=lambda value: value == "off", blocks=True),
    _Rule(setting="log_error_verbosity", wanted="terse", holds=lambda value: value == "terse"),
    _Rule(setting="log_parameter_max_length_on_error", wanted="0", holds=lambda value: value == "0"),
)

_VALUES_LOGGED = (
    _Rule(setting="log_statement", wanted="none", holds=lambda value: value in {"none", "ddl"}, blocks=True),
    _Rule(setting="log_min_duration_statement", wanted="-1", holds=lambda value: value == "-1", blocks=True),
    _Rule(setting="log_min_duration_sample", wanted="-1", holds=lambda value: value == "-1", blocks=True),
    _Rule(setting="log_transaction_sample_rate", wanted="0", holds=lambda value: float(value) == 0, blocks=True),
)
"""Logged statements carry a time, and their values while `log_parameter_max_length` is not 0."""


def faults_of(settings: Mapping[str, str]) -> tuple[SecrecyFault, ...]:
    """The faults among a session's settings."""
    values_hidden = settings.get("log_parameter_max_length") == "0"
    rules = _RULES if values_hidden else _RULES + _VALUES_LOGGED
    return tuple(
        SecrecyFault(setting=rule.setting, value=value, wanted=rule.wanted, blocks=rule.blocks)
        for rule in rules
        if (value := settings.get(rule.setting)) is not None and not rule.holds(value)
    )
