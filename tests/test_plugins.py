from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import iomcore
from iomcore import plugins
from iomcore.errors import PackError, UnknownNameError
from iomcore.exporters import ExporterInfo
from iomcore.hooks import hookimpl
from iomcore.plugins import Plugins, default_plugins, plugin_manager


def exporter(name: str, **more: Any) -> Any:
    @hookimpl
    def iomcore_exporters() -> Iterator[Any]:
        yield ExporterInfo(name=name, suffix=".x", load=lambda: iter, **more)

    return SimpleNamespace(iomcore_exporters=iomcore_exporters)


def found(**registered: Any) -> Plugins:
    manager = plugin_manager()
    for name, plugin in registered.items():
        manager.register(plugin, name)
    return Plugins.of(manager)


def test_the_built_in_ones_are_plugins_like_any_other() -> None:
    built_in = found()
    assert set(built_in.exporters) == {"csv", "json", "jsonl"}
    assert built_in.exporters["csv"][1] == "iomcore.exporters.csv"
    assert built_in.broken == {}


def test_another_one_is_found_with_its_name() -> None:
    assert found(mine=exporter("fax")).exporters["fax"][1] == "mine"


def test_a_broken_one_is_named_and_the_rest_works() -> None:
    @hookimpl
    def iomcore_exporters() -> Iterator[Any]:
        raise ZeroDivisionError("oops")
        yield

    result = found(bad=SimpleNamespace(iomcore_exporters=iomcore_exporters), good=exporter("fax"))
    assert "ZeroDivisionError: oops" in result.broken["bad"]
    assert {"fax", "csv"} <= set(result.exporters)


def test_two_exporters_of_one_name_are_both_left_out() -> None:
    result = found(one=exporter("fax"), two=exporter("fax"))
    assert "fax" not in result.exporters
    assert set(result.broken) == {"one", "two"}


def test_another_type_and_another_api_are_refused() -> None:
    @hookimpl
    def iomcore_exporters() -> Iterator[Any]:
        yield "csv"

    result = found(
        words=SimpleNamespace(iomcore_exporters=iomcore_exporters), old=exporter("fax", api=0)
    )
    assert "expected ExporterInfo, found str" in result.broken["words"]
    assert "api 0" in result.broken["old"]


def test_nothing_at_all_is_fine() -> None:
    @hookimpl
    def iomcore_exporters() -> None:
        return None

    assert found(none=SimpleNamespace(iomcore_exporters=iomcore_exporters)).broken == {}


class TestPolicies:
    def bring(self, folder: Path) -> Plugins:
        @hookimpl
        def iomcore_policies() -> Iterator[Path]:
            yield folder

        return found(mine=SimpleNamespace(iomcore_policies=iomcore_policies))

    def test_a_plugin_brings_a_folder_of_packs(self, tmp_path: Path) -> None:
        own = Path(iomcore.__file__).parent / "policies" / "pt-arvore.toml"
        text = own.read_text("utf-8").replace('id = "pt-arvore"', 'id = "pt-copy"')
        (tmp_path / "pt-copy.toml").write_text(text, "utf-8")
        (tmp_path / "x-figures.toml").write_text("", "utf-8")
        brought = self.bring(tmp_path)
        assert set(brought.packs) == {"pt-arvore", "pt-copy"}
        assert brought.policy("pt-copy").id == "pt-copy"

    def test_a_refused_pack_lists_its_faults_when_it_is_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "broken.toml").write_text("[pack]\nformat = 1\n", "utf-8")
        brought = self.bring(tmp_path)
        assert brought.policy("pt-arvore").id == "pt-arvore"
        with pytest.raises(PackError, match="this key is required"):
            brought.policy("broken")

    def test_names_that_nothing_has(self) -> None:
        with pytest.raises(
            UnknownNameError, match=r"no policy named 'pt-arvor'; did you mean pt-arvore\?"
        ):
            iomcore.policy("pt-arvor")
        with pytest.raises(UnknownNameError, match="no exporter named 'cvs'; did you mean csv"):
            default_plugins().exporter("cvs")


class TestDistributions:
    """Installed distributions are loaded one by one."""

    @pytest.fixture(autouse=True)
    def _fresh(self) -> Iterator[None]:
        default_plugins.cache_clear()
        yield
        default_plugins.cache_clear()

    def install(self, monkeypatch: pytest.MonkeyPatch, **modules: Any) -> Plugins:
        entries = []
        for name, module in modules.items():
            entry = EntryPoint(name=name, value=name, group="iomcore")
            load = module if callable(module) else (lambda module=module: module)
            entries.append(
                SimpleNamespace(name=entry.name, dist=SimpleNamespace(name="dist"), load=load)
            )
        monkeypatch.setattr(plugins, "entry_points", lambda group: entries)
        return default_plugins()

    def test_good_broken_and_misspelt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> Any:
            raise ImportError("no module named fax")

        misspelt = SimpleNamespace(iomcore_exporter=lambda: None)
        result = self.install(monkeypatch, good=exporter("fax"), broken=broken, misspelt=misspelt)
        assert result.exporters["fax"][1] == "dist:good"
        assert result.broken["dist:broken"] == "ImportError: no module named fax"
        assert (
            "no hook 'iomcore_exporter'; did you mean iomcore_exporters"
            in result.broken["dist:misspelt"]
        )

    def test_looked_for_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.install(monkeypatch) is default_plugins()
