import pytest

from iomcore.domain.vocabulary import SENSITIVITIES, Fact, shared_vocabulary
from iomcore.errors import UnknownNameError

FACTS = [f for facts in shared_vocabulary().levels.values() for f in facts.values()]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.level}.{fact.name}")
def test_each_fact_is_labelled_typed_and_rated(fact: Fact) -> None:
    assert set(fact.says) == {"en", "pt"}
    assert all(fact.says.values())
    assert fact.sensitivity in SENSITIVITIES
    assert fact.name.isidentifier()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.level}.{fact.name}")
def test_each_fact_refers_to_what_exists(fact: Fact) -> None:
    words = shared_vocabulary()
    if fact.type.kind in ("code", "codes"):
        assert fact.type.of in words.codes
    if fact.type.kind == "list":
        assert fact.type.of in words.levels
    if fact.same_as:
        assert fact.same_as in words.levels[fact.level]


def test_a_misspelt_fact_is_an_error_with_suggestions() -> None:
    words = shared_vocabulary()
    with pytest.raises(UnknownNameError, match="travelled"):
        words.fact("traveled")
    assert "registered_on" in words.suggest("registerd_on")
    assert words.suggest("vunerable") == "; did you mean vulnerable of a person?"
    assert words.suggest("qqqq") == ""


def test_a_pack_adds_to_it_and_leaves_it_as_it_was() -> None:
    shared = shared_vocabulary()
    added = Fact(name="shoe_size", level="person", type=FACTS[0].type, sensitivity="personal")
    more = shared.extended({"person": {"shoe_size": added}}, {"shade": frozenset({"red"})})
    assert more.fact("shoe_size", "person") is added
    assert more.fact("vulnerable", "person") is shared.fact("vulnerable", "person")
    assert more.codes["shade"] == {"red"}
    assert "shoe_size" not in shared.levels["person"]
