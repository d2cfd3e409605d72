"""nginx with the configuration of the `proxy` image, in a folder of its own, as another user than root."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.by_hand.compose import ROOT
from deploy.fill_nginx import filled

CONFIGURATION = ROOT / "deploy" / "nginx"
IMAGE_FOLDER = "/etc/nginx"
KNOWS_HTTP2_ON = (1, 25, 1)


class NoNginx(RuntimeError):
    """There is no nginx on this machine."""


def program() -> str:
    """Where nginx is. Raises NoNginx."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        raise NoNginx("nginx is needed: apt-get install -y nginx-light")
    return found


def http2() -> str:
    """What PIAOJUE_HTTP2 must be for the nginx that is here."""
    told = subprocess.run([program(), "-v"], capture_output=True, text=True, check=True).stderr
    version = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", told)
    known = version is not None and tuple(map(int, version.groups())) >= KNOWS_HTTP2_ON
    return "http2 on;" if known else ""


def lay_out(folder: Path, values: Mapping[str, str]) -> Path:
    """Copies the configuration into `folder` as the image has it in /etc/nginx; returns the main file.

    Values are filled in as the image's start script does: `${NAME}` for PIAOJUE_… names alone.
    """
    etc = folder / "etc"
    shutil.copytree(CONFIGURATION, etc, dirs_exist_ok=True)
    shutil.copy(mime_types(), etc / "mime.types")
    (etc / "conf.d").mkdir(exist_ok=True)
    template = etc / "piaojue.conf.template"
    (etc / "conf.d" / "piaojue.conf").write_text(filled(template.read_text(encoding="utf-8"), values), encoding="utf-8")
    for name in ("tmp", "cache"):
        (folder / name).mkdir(exist_ok=True)
    for file in etc.rglob("*.conf"):
        text = file.read_text(encoding="utf-8")
        text = text.replace(f"{IMAGE_FOLDER}/", f"{etc}/").replace(" /tmp/nginx", f" {folder}/tmp/nginx")
        file.write_text(text, encoding="utf-8")
    return etc / "nginx.conf"


def mime_types() -> Path:
    """Debian's and the image's lie in the same place."""
    return Path(IMAGE_FOLDER) / "mime.types"


def start(main_file: Path, log: Path) -> "subprocess.Popen[bytes]":
    """Runs it in the foreground; what it says on standard error goes to `log`."""
    user, group = unprivileged()
    with log.open("ab") as said:
        return subprocess.Popen(
            [*command(main_file), "-g", "daemon off;"],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )


def check(main_file: Path) -> "subprocess.CompletedProcess[str]":
    """`nginx -t`, as the user it will run as: it makes the logs."""
    user, group = unprivileged()
    return subprocess.run(
        [*command(main_file), "-t"],
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
    )


def command(main_file: Path) -> list[str]:
    """Nginx with this main file; relative includes are found beside it."""
    return [program(), "-p", str(main_file.parent), "-e", "stderr", "-c", str(main_file)]


def unprivileged() -> tuple[int | None, int | None]:
    """nobody, for root; else whoever asks."""
    return (65534, 65534) if os.geteuid() == 0 else (None, None)


def hand_over(folder: Path) -> None:
    """Lets the unprivileged user write in a folder that root made."""
    user, group = unprivileged()
    if user is None or group is None:
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user, group)
