"""Puts the web server's configuration in place on Debian or Ubuntu, as the image does inside its container.

    sudo python3 /opt/piaojue/deploy/fill_nginx.py [SETTINGS [FOLDER]]

Reads /etc/piaojue/piaojue.env, writes into /etc/nginx. Run it again after an upgrade, or when the settings change.
Needs nothing but Python.
"""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SOURCE = Path(__file__).parent / "nginx"
_NAME = re.compile(r"\$\{(PIAOJUE_\w+)\}")


class Missing(KeyError):
    """A value of the configuration that the settings do not have."""


def main(words: Sequence[str]) -> int:
    """0 when everything is in place, 1 with the name of what is missing."""
    settings = Path(words[0] if words else "/etc/piaojue/piaojue.env")
    folder = Path(words[1] if len(words) > 1 else "/etc/nginx")
    try:
        print(put_in_place(values_in(settings), folder))
    except Missing as missing:
        print(f"{settings}: 缺 / lacks {missing.args[0]}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        return 1
    return 0


def put_in_place(values: Mapping[str, str], folder: Path) -> Path:
    """Writes the site and what it includes; returns the site's file. Raises Missing, OSError."""
    site = filled((SOURCE / "piaojue.conf.template").read_text(encoding="utf-8"), values)
    cache = Path(values["PIAOJUE_CACHE_FOLDER"])
    shutil.rmtree(folder / "piaojue", ignore_errors=True)
    shutil.copytree(SOURCE / "piaojue", folder / "piaojue")
    cache.mkdir(parents=True, exist_ok=True)
    target = folder / "conf.d" / "piaojue.conf"
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_text(site, encoding="utf-8")
    os.replace(draft, target)  # noqa: PTH105  # says better what it does
    return target


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `${PIAOJUE_…}` replaced; nginx's own variables stay. Raises Missing."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise Missing(match[1])
        return values[match[1]]

    return _NAME.sub(value, template)


def values_in(settings: Path) -> dict[str, str]:
    """The settings of a file of `NAME=value` lines, as systemd and the shell read it. Raises OSError."""
    found = {}
    for line in settings.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name] = " ".join(shlex.split(value))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
