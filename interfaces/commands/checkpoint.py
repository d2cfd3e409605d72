"""检查点 / signs a checkpoint now, lists them, shows the verification key, makes a signing key."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from application.checkpoint_key import CheckpointKey, KeyPlace
from application.checkpoints import make_checkpoint
from application.history.history import open_history
from application.office import system_clock
from domain.checkpoints.checkpoint import Algorithm
from interfaces.settings import Settings
from interfaces.upkeep.telling import TELLABLE, refused
from interfaces.web._base.language import lazy

_NOTHING = lazy("还没有记录，没有可以签名的。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """All work on the installation that PIAOJUE_DATABASE_URL names, `make` also while the server runs."""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("make", help="sign everything recorded until now and print the checkpoint")
    acts.add_parser("list", help="sizes, times and hash functions, the oldest first")
    acts.add_parser("key", help="print the verification key; makes the signing key if there is none")
    acts.add_parser("new-key", help="print a new signing key, for PIAOJUE_CHECKPOINT_KEY; keeps nothing")


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, 1 with one sentence when it was refused."""
    settings = Settings()
    place = KeyPlace(settings.data, settings.checkpoint_name, settings.checkpoint_key.get_secret_value())
    try:
        match arguments.act:
            case "new-key":
                print(CheckpointKey.new(settings.checkpoint_name).written())
            case "key":
                print(place.key().verifier(Algorithm(settings.tree_hash)))
            case "list":
                _list(settings)
            case _:
                return _make(settings, place)
    except TELLABLE as error:
        return refused(error, place.file if arguments.act != "list" else Path())
    return 0


def _list(settings: Settings) -> None:
    with closing(open_history(settings.storage_url)) as history:
        for one in history.tree_store.checkpoints():
            print(f"{one.number}\t{one.size}\t{one.at:%Y-%m-%d %H:%M:%S}\t{one.algorithm}")


def _make(settings: Settings, place: KeyPlace) -> int:
    algorithm = Algorithm(settings.tree_hash)
    with closing(open_history(settings.storage_url)) as history:
        made = make_checkpoint(history, place.key(), system_clock(), algorithm, settings.former_checkpoint_keys)
    if made is None:
        print(_NOTHING, file=sys.stderr)
        return 1
    print(made.note, end="")
    return 0
