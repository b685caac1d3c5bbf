"""The `iomcore` command. Needs the extra ``cli``."""

import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command; exit status 0, 1 (problems found) or 2 (usage)."""
    try:
        from iomcore.cli.commands import command
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        print('the command needs more: pip install "iomcore[cli]"', file=sys.stderr)  # noqa: T201  # no click, no rich: plain print
        raise SystemExit(2) from None
    command(prog_name="iomcore")
