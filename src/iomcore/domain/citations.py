"""What a statement rests on: the text that was read, the place in it, how firmly it was read."""

from enum import Enum

import attrs

__all__ = ["Citation", "Evidence", "Source", "Status"]


class Status(Enum):
    """How firmly a statement rests on its source."""

    SEED = "seed"
    """The programme's own report, handed over with the project."""
    VERIFIED = "verified"
    """Read in the cited source."""
    SECONDARY = "secondary"
    """Read, but the source is press, a blog or public code."""
    INFERRED = "inferred"
    """Concluded from what was read."""
    ASSUMED = "assumed"
    """No source says so; somebody had to choose."""

    @property
    def bears_a_no(self) -> bool:
        """Whether a negative answer may rest on it."""
        return self in (Status.SEED, Status.VERIFIED)


@attrs.frozen
class Source:
    """Something that was read."""

    id: str
    title: str
    url: str | None = None
    kind: str | None = None


@attrs.frozen
class Citation:
    """A source, and the place in it.

    >>> Citation.parse("law-139#3")
    Citation(source='law-139', place='3')
    """

    source: str
    place: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Citation":
        """From ``source`` or ``source#place``."""
        source, mark, place = text.partition("#")
        return cls(source, place if mark else None)

    def __str__(self) -> str:
        return self.source if self.place is None else f"{self.source}#{self.place}"


@attrs.frozen(kw_only=True)
class Evidence:
    """What one statement rests on."""

    cites: tuple[Citation, ...] = ()
    status: Status | None = None
    note: str | None = None
