"""A data folder: ``dataset.toml``, ``events.jsonl`` and, if there is one, ``published.toml``."""

from datetime import date
from pathlib import Path

import attrs

from iomcore.domain.case import Case, cases_from
from iomcore.domain.published import Published
from iomcore.domain.reading import FactReader
from iomcore.errors import DataError, Problem
from iomcore.records.events import read_events
from iomcore.records.published import read_published
from iomcore.records.structure import structure
from iomcore.records.text import read_bytes, read_toml

__all__ = ["Dataset", "DatasetInfo", "Period", "read_dataset", "read_info"]

FORMAT = 1


@attrs.frozen(kw_only=True)
class Period:
    """The days that figures are counted for; both ends are inside."""

    id: str
    from_: date
    to: date


@attrs.frozen(kw_only=True)
class DatasetInfo:
    """``dataset.toml``.

    Attributes:
        invented: whether the records are invented; whatever is made from them says so.
        as_of: the day of knowledge of the records.
        policy: id of the policy that decides.
        figures: id of the counting rules.
    """

    format: int
    id: str
    title: str
    invented: bool
    as_of: date
    policy: str
    figures: str
    period: Period


@attrs.frozen(kw_only=True)
class Dataset:
    """What a data folder holds."""

    info: DatasetInfo
    cases: tuple[Case, ...] = attrs.field(repr=False)
    published: Published | None = attrs.field(default=None, repr=False)


def read_info(folder: Path) -> DatasetInfo:
    """The description of a data folder.

    Raises:
        DataError: there is none, or it is wrong.
    """
    if not folder.is_dir():
        message = "expected a data folder with dataset.toml and events.jsonl"
        raise DataError([Problem(folder.name, "no-data-folder", message)])
    name = "dataset.toml"
    info = structure(read_toml(read_bytes(folder / name), name), DatasetInfo, name)
    if info.format != FORMAT:
        message = f"expected {FORMAT}, found {info.format}"
        raise DataError([Problem(f"{name}.format", "other-format", message)])
    if info.period.from_ > info.period.to:
        message = "the period ends before it starts"
        raise DataError([Problem(f"{name}.period", "ends-before-it-starts", message)])
    return info


def read_dataset(folder: Path, reader: FactReader) -> Dataset:
    """The whole folder.

    Args:
        reader: of the policy that the folder names; it checks facts and codes.

    Raises:
        DataError: every problem of every file.
    """
    info = read_info(folder)
    problems: list[Problem] = []
    cases: tuple[Case, ...] = ()
    published = None
    try:
        cases = cases_from(read_events(read_bytes(folder / "events.jsonl"), "events.jsonl", reader))
    except DataError as error:
        problems += error.problems
    try:
        if (folder / "published.toml").exists():
            name = "published.toml"
            published = read_published(read_bytes(folder / name), name)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)
    return Dataset(info=info, cases=cases, published=published)
