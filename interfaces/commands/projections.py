"""读模型:查看、重建 / read models: their standing, and making them anew from the history."""

import argparse
import sys

from interfaces.composition import open_house
from interfaces.settings import Settings
from projections.reading.rebuild import rebuild
from projections.reading.shelf import ALL


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which read models."""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("status", help="how far each read model is, and what broke one")
    again = acts.add_parser("rebuild", help="drop read models and fill them from the history")
    again.add_argument("names", nargs="*", help="which; all of them without a name")


def run(arguments: argparse.Namespace) -> int:
    """0 when all is well, 1 for an unknown name or a broken read model."""
    names = list(getattr(arguments, "names", ()))
    unknown = sorted(set(names) - {projection.name for projection in ALL})
    if unknown:
        known = " ".join(sorted(projection.name for projection in ALL))
        print(f"没有这个读模型 / unknown: {' '.join(unknown)}\n{known}", file=sys.stderr)
        return 1
    house = open_house(Settings())
    try:
        if arguments.act == "rebuild":
            for projection in ALL:
                if not names or projection.name in names:
                    position = rebuild(house.history, house.reading, projection)
                    print(f"{projection.name}\t{position}")
            return 0
        standings = house.followers.standings()
        for name, standing in sorted(standings.items()):
            print(f"{name}\t{standing.position}\t{standing.fault or 'ok'}")
        return 1 if any(standing.fault for standing in standings.values()) else 0
    finally:
        house.close()
