"""What holds of every pack that ships, and of the code around it."""

import re
from pathlib import Path

import pytest

import iomcore
from iomcore.domain.citations import Evidence, Status
from iomcore.rules.policy import Policy

PACKS = [iomcore.policy(name) for name in iomcore.policies()]
SOURCE = Path(iomcore.__file__).parent


def firm(evidence: Evidence) -> bool:
    return evidence.status is Status.ASSUMED or bool(evidence.status and evidence.cites)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
class TestEachPack:
    def test_each_statement_is_cited_or_assumed(self, pack: Policy) -> None:
        for edition in pack.editions:
            assert firm(edition.evidence), edition.id
            for criterion in pack.criteria:
                if edition.id in criterion.editions:
                    assert firm(criterion.evidence_in(edition.id)), criterion.id
        for entry in (*pack.entitlements, *pack.deadlines):
            assert firm(entry.evidence), entry.id

    def test_each_value_is_cited_or_unknown(self, pack: Policy) -> None:
        for parameter in pack.parameters.values():
            for row in parameter.values:
                unknown = row.value is None and not (row.readings or row.between or row.group)
                assert unknown or firm(row.evidence), parameter.id

    def test_each_sentence_is_there_in_both_languages(self, pack: Policy) -> None:
        for entry in (*pack.criteria, *pack.entitlements, *pack.deadlines):
            assert all(entry.says[lang].strip() for lang in ("en", "pt")), entry.id

    def test_each_source_is_cited(self, pack: Policy) -> None:
        text = (SOURCE / "policies" / f"{pack.id}.toml").read_text("utf-8")
        for source in pack.sources:
            assert re.search(rf'cites = \[[^\]]*"{source}[#"]', text), source

    def test_each_parameter_and_definition_is_used(self, pack: Policy) -> None:
        text = (SOURCE / "policies" / f"{pack.id}.toml").read_text("utf-8")
        for name in (*pack.parameters, *pack.definitions):
            assert len(re.findall(rf"\b{name}\b", text)) > 1, name


def test_no_figure_or_programme_stands_in_code() -> None:
    """A programme's figure stands in exactly one place: its pack, beside its citation."""
    figures = re.compile(r"\b(1500|2000|200_?000|150_?000|50\.00|ARVoRe|SuRRIA|Portugal)\b")
    for path in sorted(SOURCE.rglob("*.py")):
        if "testing" not in path.parts:
            code = re.sub(
                r"(?m)#.*$|^\s*>>>.*$", "", re.sub(r'(?s)""".*?"""', "", path.read_text("utf-8"))
            )
            assert not figures.search(code), path.name
