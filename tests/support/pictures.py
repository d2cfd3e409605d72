"""Pictures of pages of an installation, at 1280 and 390 px, with what axe says, to look at while building them.

`python -m tests.support.pictures --data DIR --login NAME /staff/qc /p/XXXXXXXX` opens the stores of that folder
(the demonstration's, for example) on a free port, signs in as that account, and writes to tests/.shots.
"""

import argparse
import sys
from pathlib import Path

from domain.accounts import login as logins
from interfaces.composition import open_house
from interfaces.settings import Settings
from tests.support.browser import DESKTOP, PHONE, chromium, faults, picture, serving, sideways, window
from tests.support.ports import free_port


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--login", default="")
    parser.add_argument("paths", nargs="+")
    asked = parser.parse_args()
    port = free_port()
    house = open_house(Settings(data=asked.data, public_url=f"http://127.0.0.1:{port}"))
    holder = house.office.state_of(logins.login_stream(asked.login), logins.evolve_login) if asked.login else None
    with serving(house, port) as site, chromium() as browser:
        for size in (DESKTOP, PHONE):
            page = window(browser, site, size, holder.account if holder else None)
            for path in asked.paths:
                page.goto(path)
                name = f"{path.strip('/').replace('/', '-') or 'home'}-{size['width']}"
                print(picture(page, name), *sideways(page), *faults(page), sep="\n  ")  # noqa: T201 -- a tool for eyes
    house.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
