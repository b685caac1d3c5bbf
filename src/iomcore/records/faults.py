"""Collects every fault of a file of statements: packs, counting rules, published figures."""

from collections.abc import Iterable, Mapping

import attrs

from iomcore.domain.citations import Citation, Source, Status
from iomcore.domain.vocabulary import LANGUAGES
from iomcore.errors import Problem, suggestion

__all__ = ["Faults", "SourceEntry"]


@attrs.frozen(kw_only=True)
class SourceEntry:
    """One entry of ``[sources]``."""

    title: str
    url: str | None = None
    kind: str | None = None


class Faults:
    """What is wrong with a file so far.

    Attributes:
        where: the name of the file.
        sources: what its statements may cite.
        problems: every fault, in the order in which it was met.
    """

    def __init__(self, where: str, sources: Mapping[str, SourceEntry]) -> None:
        self.where = where
        self.sources = {name: Source(name, s.title, s.url, s.kind) for name, s in sources.items()}
        self.problems: list[Problem] = []

    def wrong(self, entry: str, code: str, message: str) -> None:
        """Notes a fault of an entry."""
        self.problems.append(Problem(f"{self.where}: {entry}", code, message))

    def once(self, entry: str, ids: Iterable[str]) -> None:
        """Notes each id that stands more than once."""
        seen = list(ids)
        for name in sorted({name for name in seen if seen.count(name) > 1}):
            self.wrong(f'{entry} "{name}"', "id-taken", "two entries have this id")

    def cite(self, entry: str, text: str) -> Citation:
        """A citation of one of the file's sources."""
        cite = Citation.parse(text)
        if cite.source not in self.sources:
            hint = suggestion(cite.source, self.sources)
            self.wrong(entry, "no-source", f"no source {cite.source!r}{hint}")
        return cite

    def status(self, entry: str, word: str | None) -> Status | None:
        """One of the five words; None stays None."""
        known = {status.value: status for status in Status}
        if word is not None and word not in known:
            self.wrong(f"{entry}: status", "no-status", f"expected one of {', '.join(known)}")
        return known.get(word or "")

    def texts(self, entry: str, says: Mapping[str, str]) -> Mapping[str, str]:
        """A text in each language."""
        if set(says) != set(LANGUAGES):
            self.wrong(f"{entry}: says", "no-text", f"expected a text in {' and '.join(LANGUAGES)}")
            return dict.fromkeys(LANGUAGES, "")
        return dict(says)
