"""What a log line looks like."""

import json
import logging

from interfaces.serving.logs import InWords, OneLine


def test_log_lines_are_json_for_machines_and_words_for_eyes() -> None:
    told = {"name": "piaojue.access", "msg": "answered", "levelno": logging.WARNING, "page": "/sign-in", "status": 200}
    line = json.loads(OneLine().format(logging.makeLogRecord(told)))
    assert line.keys() == {"at", "level", "log", "message", "page", "status"}
    assert InWords().format(logging.makeLogRecord(told))[8:] == " warning: answered page=/sign-in status=200"


def test_a_log_line_says_only_what_was_told() -> None:
    record = logging.makeLogRecord({"name": "piaojue.access", "msg": "answered", "page": "/a/{secret}", "status": 200})
    record.__dict__["client"] = "10.0.0.7"
    line = json.loads(OneLine().format(record))
    assert line["page"] == "/a/{secret}"
    assert "10.0.0.7" not in json.dumps(line)
