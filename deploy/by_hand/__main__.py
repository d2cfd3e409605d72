"""Runs docker-compose.yml by hand, looks at it from outside, and stops it: 0 when all is as it should be."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from time import monotonic

from deploy.by_hand.compose import MissingValue
from deploy.by_hand.installation import Fault, Installation
from deploy.by_hand.nginx import NoNginx
from deploy.by_hand.walk import Walk
from tests.support.postgres import NoPostgres

LATER_FIRST = ["proxy", "worker", "web", "migrate", "database"]


def main(words: Sequence[str]) -> int:
    """0 when everything was found as it should be."""
    parser = argparse.ArgumentParser(prog="deploy/by-hand.sh", description=__doc__)
    parser.add_argument("--stay", action="store_true", help="leave it running until Ctrl-C, to look at it yourself")
    parser.add_argument("--quick", action="store_true", help="do not stop and start the web processes meanwhile")
    parser.add_argument("--keep", action="store_true", help="leave the folder with its logs")
    asked = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="piaojue-by-hand-"))
    folder.chmod(0o755)
    started = monotonic()
    try:
        _run(folder, stay=asked.stay, quick=asked.quick)
    except (Fault, NoPostgres, NoNginx, MissingValue) as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    finally:
        if asked.keep:
            print(folder)
        else:
            rmtree(folder, ignore_errors=True)
    print(f"✓ 全部正常 / all is well ({monotonic() - started:.0f} s)")
    return 0


def _run(folder: Path, *, stay: bool, quick: bool) -> None:
    installation = Installation(folder, _started)
    version = installation.database.version
    wanted = "as in the image" if installation.database.is_the_images else "not the image's version, which is not here"
    print(f"PostgreSQL {version} ({wanted})")
    try:
        installation.start()
        Walk(installation, _seen).go(quick=quick)
        if stay:
            _stay(installation)
        ended = installation.stop()
        if ended != [name for name in LATER_FIRST if name in ended]:
            raise Fault(f"stopped in the order {ended}")
        if "shut down" not in installation.said("database"):
            raise Fault("the database was not shut down in good order")
        _seen(f"依次停止 / stopped in order: {' → '.join(ended)}")
    finally:
        installation.kill()


def _stay(installation: Installation) -> None:
    print(f"{installation.public_url}\n{installation.folder}\nCtrl-C …")
    try:
        installation.wait_for_anything_to_end()
    except KeyboardInterrupt:
        print()


def _started(what: str) -> None:
    print(f"→ {what}", flush=True)


def _seen(what: str) -> None:
    print(f"✓ {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
