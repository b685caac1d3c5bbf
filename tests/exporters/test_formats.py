import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.facttypes import FactType
from iomcore.domain.money import Money
from iomcore.domain.tables import Field, Table
from iomcore.exporters import Context
from iomcore.exporters import csv as csv_format
from iomcore.exporters import json as json_format
from iomcore.exporters import jsonl as jsonl_format

FIELDS = [
    Field("who", FactType("text")),
    Field("amount", FactType("money")),
    Field("day", FactType("date")),
    Field("done", FactType("bool")),
    Field("count", FactType("int")),
]
ROWS: list[tuple[Any, ...]] = [
    ('São "João", filho', Money.of("1234.50", "EUR"), date(2019, 8, 31), True, 7),
    ("=1+1\nnext", None, None, False, None),
]
TABLE = Table.of("t", FIELDS, ROWS)
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")),
    st.integers(-(10**15), 10**15),
    st.dates(),
)


def written(module: Any, table: Table = TABLE) -> str:
    return "".join(module.render(table, Context()))


def test_csv_is_exact() -> None:
    assert written(csv_format) == (
        "who,amount,day,done,count\r\n"
        '"São ""João"", filho",1234.50 EUR,2019-08-31,true,7\r\n'
        '"=1+1\nnext",,,false,\r\n'
    )


def test_jsonl_is_exact() -> None:
    assert written(jsonl_format) == (
        '{"who": "São \\"João\\", filho", "amount": "1234.50 EUR", '
        '"day": "2019-08-31", "done": true, "count": 7}\n'
        '{"who": "=1+1\\nnext", "amount": null, "day": null, "done": false, "count": null}\n'
    )


def test_json_is_one_document() -> None:
    found = json.loads(written(json_format))
    assert found["table"] == "t"
    assert found["fields"][1] == {"name": "amount", "type": "money"}
    assert found["rows"] == [json.loads(line) for line in written(jsonl_format).splitlines()]
    assert json.loads(written(json_format, Table.of("t", FIELDS, [])))["rows"] == []


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_text_reads_back_from_csv_and_jsonl(rows: list[tuple[Any, ...]]) -> None:
    table = Table.of("t", FIELDS[:2], rows)
    texts = [[Context().text(cell) or "" for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(written(csv_format, table), newline="")))[1:] == texts
    lines = written(jsonl_format, table).split("\n")[:-1]
    assert [
        [Context().text(cell) or "" for cell in json.loads(line).values()] for line in lines
    ] == texts


def test_a_cell_of_another_type_is_an_error() -> None:
    with pytest.raises(TypeError, match="no text for float"):
        written(csv_format, Table.of("t", FIELDS[:1], [(1.5,)]))


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import datetime, hashlib, iomcore, tempfile, pathlib; from iomcore.testing import facts; "
        "arvore = iomcore.policy('pt-arvore'); day = datetime.date(2019, 9, 1); "
        "d = arvore.decide(facts(nationalities=['BR', 'AO']), as_of=day); "
        "p = pathlib.Path(tempfile.mkdtemp()) / 'd.csv'; "
        "print(iomcore.export([d], 'csv', p, recipient='internal').sha256, d.explain('pt'))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1
