import re
from datetime import date
from pathlib import Path

import pytest

from iomcore.domain.facttypes import FactType
from iomcore.errors import PackError
from iomcore.rules.amounts import work_out
from iomcore.rules.load import load_policy, read_policy

GOOD = """
[pack]
format = 1
id = "xx-small"
version = "2026-11-24"
title = { en = "Small", pt = "Pequeno" }
host = "PT"
currency = "EUR"

[questions]
travel = { en = "Travel", pt = "Viagem" }

[governing]
date = "registered_on"
status = "assumed"

[sources]
law = { title = "A law", url = "https://example.org/" }

[codes]
colour = ["red", "green"]

[codes.holder]
person = { en = "each", pt = "cada" }
plan = { en = "one", pt = "um" }

[facts.favourite]
type = "code colour"
sensitivity = "personal"
says = { en = "favourite colour", pt = "cor preferida" }

[records.person.height]
type = "int 0..300"
sensitivity = "personal"
says = { en = "height", pt = "altura" }

[[edition]]
id = "One"
from = "open"
to = [2018-12-01, 2018-12-31]
cites = ["law#1"]
status = "verified"

[[edition]]
id = "Two"
from = 2019-01-01
to = "open"
operational_from = [2019-02-01, 2019-03-01]
cites = ["law"]
status = "verified"

[[parameter]]
id = "rate"
type = "money 0..100.00"
values = [
  { edition = "One", is = "unknown" },
  { edition = ["Two"], is = "10.00", cites = ["law"], status = "verified" },
]

[[parameter]]
id = "least"
type = "money 0..100.00"
between = ["5.00", "7.50"]
cites = ["law"]
status = "verified"

[[parameter]]
id = "per"
type = "code holder"
readings = ["person", "plan"]
cites = ["law"]
status = "inferred"

[[parameter]]
id = "days"
type = "int 0..90"
by = "departed_on"
values = [
  { to = 2019-06-30, is = 6, cites = ["law"], status = "verified" },
  { from = 2019-07-01, is = 9, cites = ["law"], status = "verified" },
]

[[parameter]]
id = "union"
type = "codes country"
group = "eu_states"
cites = ["law"]
status = "verified"

[define]
"person.tall" = "person.height > days"
heads = "count(p for p in household)"

[define.wanted]
is = "rate * heads"
says = { en = "wanted at {rate}", pt = "pedido a {rate}" }

[[criterion]]
id = "outside"
role = "requires"
test = "not overlaps(nationalities, union)"
says = { en = "from outside", pt = "de fora" }
cites = ["law#2"]
status = "verified"

[[criterion]]
id = "poor"
role = "requires"
for = ["aid", "travel"]
test = "lacks_means"
judgement = true
undefined_term = { en = "means", pt = "meios" }
says = { en = "lacks means", pt = "sem meios" }
evidence = [
  { editions = ["One"], cites = ["law"], status = "inferred" },
  { editions = ["Two"], cites = ["law"], status = "verified" },
]

[[criterion]]
id = "few"
role = "excludes"
test = "heads > days"
says = { en = "more than {days}", pt = "mais de {days}" }
cites = ["law"]
status = "verified"
editions = ["Two"]

[[entitlement]]
id = "aid"
kind = "up-to"
when = "travelled"
amount = "wanted + least if per == 'person' else wanted"
instalment = [ { share = [1, 3], opens = "arrived_on" }, { share = [2, 3] } ]
says = { en = "Aid", pt = "Apoio" }
cites = ["law"]
status = "verified"

[[deadline]]
id = "visit"
closes = "add_months(arrived_on, days, 'down')"
when = "travelled"
says = { en = "Visit", pt = "Visita" }
cites = ["law"]
status = "verified"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_policy(text.encode(), "small.toml")
    return [f"{problem.path} {problem.code}" for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1, old
    return GOOD.replace(old, new, 1)


class TestAGoodPack:
    def test_loads_and_decides(self) -> None:
        policy = read_policy(GOOD.encode(), "small.toml")
        assert policy.questions == ("eligibility", "travel")
        assert re.fullmatch(r"[0-9a-f]{64}", policy.digest)
        assert policy.editions[1].operational_from is not None
        assert policy.edition("One").starts[0].year == 1900
        assert policy.parameters["least"].type == FactType("money", "EUR", 0, 10_000)
        assert policy.reading("per", "plan", "pt") == "um"
        assert policy.reading("rate", "x", "pt") == "x"

    def test_between_limits_an_open_amount(self) -> None:
        policy = read_policy(GOOD.encode(), "small.toml")
        facts = {
            "registered_on": date(2019, 5, 2),
            "departed_on": date(2019, 7, 1),
            "nationalities": ["BR"],
            "travelled": True,
            "arrived_on": date(2019, 7, 2),
            "lacks_means": {"value": True, "reason": "invented", "on": date(2019, 5, 2)},
            "household": [{"height": 170}],
            "favourite": "red",
        }
        decision = policy.decide(facts, as_of=date(2019, 8, 1))
        aid = decision.amounts["aid"]
        assert (str(aid.at_least), str(aid.at_most)) == ("10.00 EUR", "17.50 EUR")
        assert [str(v) for v in aid.readings.values()] == ["10.00 EUR"]
        assert decision.deadlines["visit"].last_day == date(2020, 4, 2)
        assert aid.lines[0][1]["pt"] == "pedido a 10,00 EUR"
        unknown = policy.decide({**facts, "departed_on": None}, as_of=date(2019, 8, 1))
        assert unknown.missing == ("departed_on", "parameter per of Two", "parameter least of Two")
        early = policy.decide({**facts, "departed_on": date(2019, 6, 30)}, as_of=date(2019, 8, 1))
        assert early.deadlines["visit"].last_day == date(2020, 1, 2)
        assert work_out(early.views[0], policy.entitlements[0]) == early.amounts["aid"]
        late = policy.decide({**facts, "registered_on": date(2018, 12, 15)}, as_of=date(2019, 8, 1))
        assert late.missing[:2] == ("edition", "parameter rate of One") or late.edition is None

    def test_instalments_of_unequal_shares(self) -> None:
        text = changed('readings = ["person", "plan"]', 'is = "plan"')
        facts = {
            "registered_on": date(2019, 5, 2),
            "departed_on": date(2019, 7, 1),
            "nationalities": ["BR"],
            "travelled": True,
            "arrived_on": date(2019, 7, 2),
            "lacks_means": {"value": True, "reason": "invented", "on": date(2019, 5, 2)},
            "household": [{}],
        }
        decision = read_policy(text.encode(), "small.toml").decide(facts, as_of=date(2019, 8, 1))
        parts = decision.amounts["aid"].instalments
        assert [(str(p.amount), p.opens) for p in parts] == [
            ("3.33 EUR", date(2019, 7, 2)),
            ("6.67 EUR", None),
        ]

    def test_a_bound_that_nobody_knows(self) -> None:
        text = changed("to = [2018-12-01, 2018-12-31]", 'to = "unknown"')
        edition = read_policy(text.encode(), "small.toml").edition("One")
        assert edition.covers(date(2010, 1, 1)) is None

    def test_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "small.toml"
        path.write_text(GOOD, "utf-8")
        assert load_policy(path).id == "xx-small"
        with pytest.raises(PackError, match="no such file"):
            load_policy(tmp_path / "none.toml")
        path.write_text("[pack", "utf-8")
        with pytest.raises(PackError, match="not TOML"):
            load_policy(path)


BROKEN = [
    ("format = 1", "format = 2", "pack: format other-format"),
    ('version = "2026-11-24"', 'version = "today"', "pack: version not-a-date"),
    (
        'title = { en = "Small", pt = "Pequeno" }',
        'title = { en = "Small" }',
        "pack: title: says no-text",
    ),
    ('currency = "EUR"', 'currency = "EUX"', "pack: currency no-currency"),
    ('host = "PT"', 'hots = "PT"', "small.toml.pack.hots unknown-key"),
    ('host = "PT"', "host = 5", "small.toml.pack.host not-str"),
    ('id = "xx-small"\n', "", "small.toml.pack.id missing-key"),
    (
        'travel = { en = "Travel", pt = "Viagem" }',
        'travel = { en = "Travel" }',
        "questions: travel: says no-text",
    ),
    ('date = "registered_on"', 'date = "travelled"', "governing: date: column 1 not-the-language"),
    ('status = "assumed"', 'status = "guessed"', "governing: status no-status"),
    ('colour = ["red", "green"]', 'colour = ["red", "grün"]', "codes: colour not-a-code"),
    ('colour = ["red", "green"]', 'colour = ["red", 5]', "codes: colour not-a-code"),
    ('colour = ["red", "green"]', 'colour = ["unknown"]', "codes: colour not-a-code"),
    (
        'person = { en = "each", pt = "cada" }',
        'person = { en = "each" }',
        "codes: holder: person: says no-text",
    ),
    ("[facts.favourite]", "[facts.travelled]", "facts: travelled fact-taken"),
    ('type = "code colour"', 'type = "code color"', "facts: favourite no-list"),
    ('type = "code colour"', 'type = "list people 0..3"', "facts: favourite no-list"),
    ('type = "code colour"', 'type = "float"', "facts: favourite no-type"),
    ('sensitivity = "personal"', 'sensitivity = "secret"', "facts: favourite no-sensitivity"),
    ('id = "Two"', 'id = "One"', 'edition "One" id-taken'),
    ("from = 2019-01-01", 'from = "soon"', 'edition "Two": from not-a-bound'),
    ("from = 2019-01-01", "from = [2019-01-01]", 'edition "Two": from not-a-bound'),
    ("from = 2019-01-01", "from = [2019-02-01, 2019-01-01]", 'edition "Two": from not-a-bound'),
    ("to = [2018-12-01, 2018-12-31]", "to = 1899-01-01", 'edition "One": to not-a-bound'),
    ('to = "open"', "to = 2018-01-01", 'edition "Two" ends-before-it-starts'),
    ('cites = ["law#1"]', 'cites = ["lwa#1"]', 'edition "One": cites no-source'),
    (
        'cites = ["law#1"]\nstatus = "verified"',
        'status = "verified"',
        'edition "One": cites no-citation',
    ),
    (
        'cites = ["law#1"]\nstatus = "verified"',
        'cites = ["law#1"]',
        'edition "One": status no-status',
    ),
    ('id = "least"', 'id = "travelled"', 'parameter "travelled" name-taken'),
    ('type = "money 0..100.00"', 'type = "money"', 'parameter "rate" no-type'),
    ('type = "code holder"', 'type = "code owner"', 'parameter "per" no-list'),
    ('{ edition = "One", is = "unknown" },', "", 'parameter "rate" no-value'),
    (
        '{ edition = "One", is = "unknown" }',
        '{ edition = ["One", "Two"], is = "unknown" }',
        'parameter "rate" two-values',
    ),
    ('{ edition = "One", is = "unknown" }', '{ is = "unknown" }', 'parameter "rate" two-ways'),
    (
        '{ edition = "One", is = "unknown" }',
        '{ edition = "One", from = 2019-01-01, is = "unknown" }',
        'parameter "rate": values[0] two-ways',
    ),
    (
        '{ edition = "One", is = "unknown" }',
        '{ edition = "None", is = "unknown" }',
        'parameter "rate": values[0]: editions no-edition',
    ),
    (
        '{ edition = "One", is = "unknown" }',
        '{ edition = "One" }',
        'parameter "rate": values[0] no-value',
    ),
    ('is = "10.00"', "is = 10.0", 'parameter "rate": values[1] not-money'),
    ('is = "10.00"', 'is = "100.01"', 'parameter "rate": values[1] out-of-range'),
    ('between = ["5.00", "7.50"]', 'between = ["5.00"]', 'parameter "least" no-value'),
    (
        'between = ["5.00", "7.50"]',
        'between = ["5.00", "7.50"]\nis = "6.00"',
        'parameter "least" no-value',
    ),
    ('between = ["5.00", "7.50"]', 'is = "6.00"\nvalues = []', 'parameter "least" two-ways'),
    (
        'readings = ["person", "plan"]',
        'readings = ["person", "nobody"]',
        'parameter "per" not-a-code',
    ),
    ('by = "departed_on"', 'by = "travelled"', 'parameter "days": by: column 1 not-the-language'),
    ('group = "eu_states"', 'group = "nato"', 'parameter "union": group no-group'),
    ('type = "codes country"', 'type = "bool"', 'parameter "union": group no-group'),
    ('"person.tall"', '"person.height"', "define: person.height name-taken"),
    ('"person.tall"', '"persn.tall"', "define: persn.tall name-taken"),
    ('"person.height > days"', '"person.heigth > days"', "define: person.tall: column"),
    ('heads = "count(p for p in household)"', 'travelled = "True"', "define: travelled name-taken"),
    ('heads = "count(p for p in household)"', "heads = 5", "define: heads no-expression"),
    ('is = "rate * heads"', 'is = "rate * heads"\nwas = "x"', "define: wanted no-expression"),
    ('is = "rate * heads"', 'is = "rate * 3"', "define: wanted: column 8 not-the-language"),
    ("wanted at {rate}", "wanted at {rats}", "define: wanted: says.en no-figure"),
    ("from outside", "from 27 outside", 'criterion "outside": says.en figure-by-hand'),
    ("from outside", "from {outside", 'criterion "outside": says.en bad-template'),
    ("mais de {days}", "mais de muitos", 'criterion "few": says.pt figure-not-named'),
    (
        'says = { en = "from outside", pt = "de fora" }',
        'says = { en = "from outside" }',
        'criterion "outside": says no-text',
    ),
    ('role = "excludes"', 'role = "forbids"', 'criterion "few": role no-role'),
    ('for = ["aid", "travel"]', 'for = ["aids"]', 'criterion "poor": for gates-nothing'),
    ('for = ["aid", "travel"]', "for = []", 'criterion "poor": for gates-nothing'),
    ('test = "lacks_means"', 'test = "travelled"', 'criterion "poor": judgement not-a-finding'),
    (
        'test = "lacks_means"',
        'test = "lacks_mens"',
        'criterion "poor": test: column 1 not-the-language',
    ),
    (
        'undefined_term = { en = "means", pt = "meios" }',
        'undefined_term = { en = "means" }',
        'criterion "poor": undefined_term: says no-text',
    ),
    (
        '{ editions = ["One"], cites = ["law"], status = "inferred" },',
        "",
        'criterion "poor": evidence no-evidence',
    ),
    ('editions = ["Two"]\n', 'editions = ["Tow"]\n', 'criterion "few": editions no-edition'),
    ('id = "poor"', 'id = "outside"', '"outside" id-taken'),
    ('kind = "up-to"', 'kind = "perhaps"', 'entitlement "aid": kind no-kind'),
    ('id = "aid"', 'id = "travelled"', 'entitlement "travelled" name-taken'),
    ("share = [2, 3]", "share = [1, 3]", 'entitlement "aid": instalment shares-not-one'),
    ("share = [2, 3]", "share = [0, 3]", 'entitlement "aid": instalment no-share'),
    ("share = [2, 3]", "share = [2]", 'entitlement "aid": instalment no-share'),
    (
        'opens = "arrived_on"',
        'opens = "travelled"',
        'entitlement "aid": instalment: opens: column 1 not-the-language',
    ),
    (
        "add_months(arrived_on, days, 'down')",
        "add_months(arrived_on, days)",
        'deadline "visit": closes: column 1 not-the-language',
    ),
    ("[[deadline]]", "[[deadlines]]", "small.toml.deadlines unknown-key"),
]


@pytest.mark.parametrize(("old", "new", "fault"), BROKEN, ids=[f"{n}" for _, _, n in BROKEN])
def test_one_fault_is_named_with_its_entry(old: str, new: str, fault: str) -> None:
    assert any(fault in found for found in faults(changed(old, new)))


def test_every_fault_at_once() -> None:
    text = GOOD.replace('role = "excludes"', 'role = "forbids"').replace(
        'kind = "up-to"', 'kind = "x"'
    )
    text = text.replace("from outside", "from 27 outside").replace("[2, 3]", "[1, 3]")
    assert len(faults(text)) == 4


def test_every_misspelt_key_at_once() -> None:
    text = GOOD.replace("host =", "hots =").replace("closes =", "close =")
    assert faults(text) == [
        "small.toml.pack.host missing-key",
        "small.toml.pack.hots unknown-key",
        "small.toml.deadline[0].closes missing-key",
        "small.toml.deadline[0].close unknown-key",
    ]


def test_a_pack_is_text() -> None:
    assert faults("\udcff".encode("utf-8", "surrogateescape").decode("latin-1")) != []
    with pytest.raises(PackError, match="UTF-8"):
        read_policy(b"\xff", "small.toml")
