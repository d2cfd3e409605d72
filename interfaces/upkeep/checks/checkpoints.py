"""Checkpoints: the key that signs them, and whether the newest one is new enough."""

from datetime import datetime, timedelta
from typing import Final

from application.checkpoint_key import CheckpointKey, KeyPlace
from application.history.history import History
from application.history.tree_store import StoredCheckpoint
from domain.checkpoints.checkpoint import Algorithm
from domain.checkpoints.note import KeyUnreadable
from interfaces.settings import Settings
from interfaces.upkeep.checks.found import Found, bad, ok, warn
from interfaces.web._base.language import lazy

OLDEST: Final = timedelta(days=2)
"""One is made every day on which something was recorded."""

_OTHERS: Final = 0o077


def check(history: History, settings: Settings, now: datetime) -> Found:
    """One line: what keeps checkpoints from being made, else how old the newest one is."""
    place = KeyPlace(settings.data, settings.checkpoint_name, settings.checkpoint_key.get_secret_value())
    try:
        key = place.known()
    except (KeyUnreadable, OSError):
        return bad(
            "checkpoints",
            lazy("检查点的密钥读不懂（%(file)s 或 PIAOJUE_CHECKPOINT_KEY）。"),
            lazy("请放回保管的那一份。"),
            file=place.file,
        )
    if not settings.checkpoint_key.get_secret_value() and key and place.file.stat().st_mode & _OTHERS:
        return bad(
            "checkpoints",
            lazy("别的用户也能读检查点的密钥 %(file)s。"),
            lazy("请运行 chmod 600 %(file)s。"),
            file=place.file,
        )
    last = history.tree_store.last_checkpoint(settings.tree_hash)
    if last is None:
        words = lazy("还没有检查点。")
        advice = lazy("piaojue serve 或 piaojue worker 运行后会自动签；也可以运行 piaojue checkpoint make。")
        return warn("checkpoints", words, advice) if history.last_position() else ok("checkpoints", words)
    return _of_last(last, key, settings, history.last_position(), now)


def _of_last(
    last: StoredCheckpoint, key: CheckpointKey | None, settings: Settings, newest: int, now: datetime
) -> Found:
    ours = str(key.verifier(Algorithm(settings.tree_hash))) if key else ""
    if last.key != ours and last.key not in map(str, settings.former_checkpoint_keys):
        return bad(
            "checkpoints",
            lazy("签上一个检查点的密钥不在这里，不能再签新的。"),
            lazy("请放回 checkpoint.key；如果确实换了密钥，请设置 PIAOJUE_CHECKPOINT_FORMER_KEYS=%(former)s。"),
            former=last.key,
        )
    at = last.at.isoformat(timespec="minutes")
    if newest > last.position and now - last.at > OLDEST:
        words = lazy("最近的检查点是 %(at)s，后来的记录没有检查点护着。")
        advice = lazy("请看服务的日志，再运行 piaojue checkpoint make；如说记录与检查点不符，请运行 piaojue audit。")
        return warn("checkpoints", words, advice, at=at)
    return ok("checkpoints", lazy("最近的检查点是 %(at)s。"), at=at)
