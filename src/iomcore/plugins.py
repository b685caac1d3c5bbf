"""Finds and loads plugins one by one: a broken one is named, the rest works."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import attrs
import pluggy

from iomcore import hooks
from iomcore.errors import PluginError, UnknownNameError, suggestion
from iomcore.exporters.base import API, ExporterInfo
from iomcore.rules.load import load_policy
from iomcore.rules.policy import Policy

__all__ = ["Plugins", "default_plugins", "plugin_manager"]

_BUILT_IN = ("iomcore.exporters.csv", "iomcore.exporters.json", "iomcore.exporters.jsonl")


class BuiltInPolicies:
    """The packs that come with the library."""

    @hooks.hookimpl
    def iomcore_policies(self) -> Iterator[Path]:
        """The folder ``policies``."""
        yield Path(str(resources.files("iomcore").joinpath("policies")))


def plugin_manager() -> pluggy.PluginManager:
    """A new manager that knows our hooks and the built-in plugins, and nothing else."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    for name in _BUILT_IN:
        manager.register(import_module(name), name)
    manager.register(BuiltInPolicies(), "iomcore.policies")
    return manager


@attrs.frozen(eq=False)
class Plugins:
    """What the plugins of one manager bring.

    Attributes:
        exporters: by name, with the plugin that brought each.
        packs: files of policy packs by id, with the plugin that brought each.
        broken: what could not be used, by plugin, and why.
    """

    exporters: Mapping[str, tuple[ExporterInfo, str]]
    packs: Mapping[str, tuple[Path, str]]
    broken: Mapping[str, str]

    @classmethod
    def of(
        cls, manager: pluggy.PluginManager, broken: Mapping[str, str] | None = None
    ) -> "Plugins":
        """Asks each plugin by itself; two exporters or packs of one name are both left out."""
        gather = _Gather(manager, dict(broken or {}))
        exporters = gather.named("iomcore_exporters", _exporter_names)
        packs = gather.named("iomcore_policies", _pack_names)
        return cls(exporters, packs, gather.broken)

    def exporter(self, name: str) -> tuple[ExporterInfo, str]:
        """The exporter of that name, and the plugin that brought it.

        Raises:
            UnknownNameError: there is none; the message names what is installed.
        """
        try:
            return self.exporters[name]
        except KeyError:
            names = ", ".join(sorted(self.exporters))
            hint = suggestion(name, self.exporters)
            raise UnknownNameError(
                f"no exporter named {name!r}{hint}; installed: {names} "
                "(iomcore exporters shows where each comes from)"
            ) from None

    def policy(self, name: str) -> Policy:
        """The policy of that id.

        Raises:
            UnknownNameError: there is none; the message names what is installed.
            PackError: its pack is refused.
        """
        try:
            path, _ = self.packs[name]
        except KeyError:
            names = ", ".join(sorted(self.packs))
            hint = suggestion(name, self.packs)
            raise UnknownNameError(f"no policy named {name!r}{hint}; installed: {names}") from None
        return _loaded(path)


@cache
def _loaded(path: Path) -> Policy:
    return load_policy(path)


Named = Callable[[Any], Iterator[tuple[str, Any]]]


class _Gather:
    def __init__(self, manager: pluggy.PluginManager, broken: dict[str, str]) -> None:
        self.manager = manager
        self.broken = broken

    def named(self, hook: str, names: Named) -> dict[str, tuple[Any, str]]:
        found: dict[str, list[tuple[Any, str]]] = {}
        for plugin, item in self._items(hook, names):
            found.setdefault(item[0], []).append((item[1], plugin))
        for name, offers in found.items():
            if len(offers) > 1:
                who = ", ".join(plugin for _, plugin in offers)
                for _, plugin in offers:
                    self.broken[plugin] = f"two plugins offer {name!r}: {who}; neither is used"
        return {name: offers[0] for name, offers in found.items() if len(offers) == 1}

    def _items(self, hook: str, names: Named) -> Iterator[tuple[str, tuple[str, Any]]]:
        caller = getattr(self.manager.hook, hook)
        for implementation in caller.get_hookimpls():
            plugin = implementation.plugin_name
            try:
                for item in list(implementation.function() or ()):
                    yield from ((plugin, pair) for pair in names(item))
            except Exception as error:
                self.broken[plugin] = f"{hook} failed: {type(error).__name__}: {error}"


def _exporter_names(item: Any) -> Iterator[tuple[str, ExporterInfo]]:
    if not isinstance(item, ExporterInfo):
        raise PluginError(f"expected ExporterInfo, found {type(item).__name__}")
    if item.api != API:
        raise PluginError(
            f"exporter {item.name!r} is written for api {item.api}, this is api {API}"
        )
    yield item.name, item


def _pack_names(item: Any) -> Iterator[tuple[str, Path]]:
    for path in sorted(Path(item).glob("*.toml")):
        if not path.name.endswith("-figures.toml"):
            yield path.stem, path


@cache
def default_plugins() -> Plugins:
    """The built-in plugins and those of the installed distributions; looked for once."""
    manager = plugin_manager()
    broken: dict[str, str] = {}
    for entry in entry_points(group=hooks.ENTRY_POINTS):
        name = f"{entry.dist.name if entry.dist else '?'}:{entry.name}"
        try:
            manager.register(entry.load(), name)
            _check(manager, name)
        except Exception as error:
            broken[name] = f"{type(error).__name__}: {error}"
    return Plugins.of(manager, broken)


def _check(manager: pluggy.PluginManager, name: str) -> None:
    """A hook that nobody calls is a slip of the pen; the plugin is taken out again."""
    plugin = manager.get_plugin(name)
    known = {spec for spec in dir(hooks) if spec.startswith("iomcore_")}
    for attribute in dir(plugin):
        if attribute.startswith("iomcore_") and attribute not in known:
            manager.unregister(name=name)
            raise PluginError(f"no hook {attribute!r}{suggestion(attribute, known)}")
