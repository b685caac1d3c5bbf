"""Times iomcore against hand-written plain Python in one run; prints ratios of medians.

python benchmarks/run.py [--quick]
"""

import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import plain

import iomcore
from iomcore.rules.policy import Policy
from iomcore.testing import facts, line

HERE = Path(__file__).parent
AS_OF = date(2019, 12, 31)
QUICK = "--quick" in sys.argv
RUNS = 3 if QUICK else 9
DECISIONS = 300 if QUICK else 10_000

Job = Callable[[], object]


def cases(number: int) -> list[dict[str, object]]:
    """Complete, invented cases that differ in nationality, plan and day of arrival."""
    countries = ["BR", "AO", "UA", "FR", "GB"]
    return [
        facts(
            nationalities=[countries[i % 5]],
            plan_lines=[line(amount=f"{500 + i % 1000}.{i % 100:02d}"), line("housing", "250.00")],
            arrived_on=date(2019, 1 + i % 12, 1 + i % 28),
        )
        for i in range(number)
    ]


def seconds(job: Job) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start


def paired(ours: Job, theirs: Job, runs: int = RUNS) -> tuple[float, float, float]:
    """Medians of both, taken in turn after a warm-up, and the median of the ratios pair by pair."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio


def show(name: str, ours: Job, theirs: Job, each: int = 1, runs: int = RUNS) -> None:
    a, b, ratio = paired(ours, theirs, runs)
    unit, scale = ("us", 1e6 / each) if each > 1 else ("ms", 1e3)
    print(f"| {name} | {a * scale:.1f} {unit} | {b * scale:.1f} {unit} | {ratio:.1f} |")


def check(policy: Policy, rows: list[dict[str, object]]) -> None:
    """Both sides give the same answers, or the comparison means nothing."""
    for row in rows[:200]:
        ours, theirs = policy.decide(row, as_of=AS_OF), plain.decide(row)
        grant = ours.amounts["grant"].value
        ends = ours.deadlines["monitoring"].last_day
        mine = (ours.outcome.value, grant and grant.minor, ends)
        if mine != (theirs["outcome"], theirs["grant"], theirs["monitoring_ends"]):
            raise SystemExit(f"the peer disagrees: {mine} and {theirs}")


def process(*words: str) -> Job:
    def run() -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=HERE)

    return run


def in_process(policy: Policy) -> None:
    rows = cases(DECISIONS)
    check(policy, rows)
    few = rows[: max(1, DECISIONS // 20)]
    show(
        "one decision, outcome",
        lambda: [policy.decide(row, as_of=AS_OF).outcome for row in few],
        lambda: [plain.outcome(row) for row in few],
        len(few),
    )

    def whole() -> None:
        for row in few:
            decision = policy.decide(row, as_of=AS_OF)
            decision.outcome, decision.amounts, decision.deadlines, decision.missing  # noqa: B018

    peer = [plain.decide, few]
    show("one decision, amounts, days, missing", whole, lambda: list(map(*peer)), len(few))
    show(
        "one decision with explanation",
        lambda: [policy.decide(row, as_of=AS_OF).explain() for row in few],
        lambda: list(map(*peer)),
        len(few),
    )
    show(
        f"{DECISIONS} decisions, outcome",
        lambda: [policy.decide(row, as_of=AS_OF).outcome for row in rows],
        lambda: [plain.outcome(row) for row in rows],
        1,
    )


def processes() -> None:
    first = (
        "import iomcore, datetime as d; arvore = iomcore.policy('pt-arvore'); "
        "arvore.decide({'edition': 'ARVoRe VII'}, as_of=d.date(2019, 9, 1)).outcome"
    )
    runs = 3 if QUICK else 7
    show(
        "fresh process to first decision",
        process("-c", first),
        process("-c", "import plain"),
        1,
        runs,
    )
    show("import iomcore", process("-c", "import iomcore"), process("-c", "pass"), 1, runs)
    data = str(HERE.parent / "examples" / "portugal_2019")
    main = "import sys; from iomcore.cli import main; main()"
    with tempfile.TemporaryDirectory() as out:
        ours = process("-c", main, "report", data, "--out", f"{out}/a")
        show("the main job", ours, process("plain.py", data, f"{out}/b"), 1, runs)


def run() -> None:
    """The table, for `RESULTS.md`."""
    names = ("attrs", "cattrs", "pluggy", "python-dateutil")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {platform.machine()}, {versions}")
    print(f"median of {RUNS} paired runs\n")
    print("| job | iomcore | plain Python | ratio |\n|---|---|---|---|")
    in_process(iomcore.policy("pt-arvore"))
    processes()


if __name__ == "__main__":
    run()
