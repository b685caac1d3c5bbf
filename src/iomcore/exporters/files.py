"""Files are replaced whole or not at all."""

import os
import secrets
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from iomcore.errors import ExportError

__all__ = ["make_folder", "replace_file"]

_PREFIX = ".iomcore-"
_SUFFIX = ".part"


def make_folder(path: Path) -> None:
    """Makes the folder and those above it, if they are not there yet.

    Raises:
        ExportError: something else stands in its place, or it may not be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{path.name}: {error.strerror or 'cannot be made'}") from None


def replace_file(path: Path, pieces: Iterable[str | bytes]) -> tuple[int, str]:
    """Writes the pieces beside the file and then puts them in its place; returns size and SHA-256.

    When a piece cannot be made or written, the error goes on and the earlier file stands as it was.

    Raises:
        ExportError: the place is a folder, does not exist, or may not be written.
    """
    if path.is_dir():
        raise ExportError(f"{path.name}: expected a file, found a folder")
    if not path.parent.is_dir():
        raise ExportError(f"{path.name}: its folder does not exist")
    _sweep(path)
    part = path.with_name(f"{_PREFIX}{path.name}.{secrets.token_hex(4)}{_SUFFIX}")
    try:
        written = _write(part, pieces)
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{path.name}: {error.strerror or 'cannot be written'}") from error
    finally:
        part.unlink(missing_ok=True)
    return written


def _sweep(path: Path) -> None:
    """Takes away what an earlier, broken-off run left beside the file."""
    for stale in path.parent.glob(f"{_PREFIX}{path.name}.*{_SUFFIX}"):
        stale.unlink(missing_ok=True)


def _write(part: Path, pieces: Iterable[str | bytes]) -> tuple[int, str]:
    digest, size = sha256(), 0
    with part.open("xb") as file:
        for data in _bytes(pieces):
            file.write(data)
            digest.update(data)
            size += len(data)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _bytes(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if not isinstance(piece, str | bytes):
            raise ExportError(f"an exporter yields text or bytes, found {type(piece).__name__}")
        yield piece.encode("utf-8") if isinstance(piece, str) else piece
