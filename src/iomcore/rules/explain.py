"""A decision in words: outcome, findings with sources, amounts, deadlines, what is missing."""

from collections.abc import Iterator
from datetime import date
from html import escape

from iomcore.domain.citations import Evidence, Source
from iomcore.domain.facttypes import FactType
from iomcore.domain.money import Money
from iomcore.rules.decided import Decided
from iomcore.rules.pack import ELIGIBILITY
from iomcore.rules.results import Amount, DeadlineStatus, Due, Figure, Finding, Outcome, Verdict
from iomcore.rules.words import figure, language, word

__all__ = ["explain", "to_html"]

_MONEY = FactType("money")


def explain(decision: Decided, lang: str) -> str:
    """The decision as text of several lines.

    Raises:
        UnknownNameError: there are no words in that language.
    """
    return "\n".join(_lines(decision, language(lang))) + "\n"


def to_html(decision: Decided, lang: str) -> str:
    """The decision as an HTML table: what was asked, how it stands, on what it rests.

    Raises:
        UnknownNameError: there are no words in that language.
    """
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _rows(decision, language(lang))
    )
    return f"<table><caption>{escape(_title(decision, lang))}</caption>{rows}</table>"


def _rows(decision: Decided, lang: str) -> Iterator[tuple[str, str, str]]:
    for question, answer in decision.answers.items():
        yield _name(decision, question, lang), word(answer.outcome.value, lang), ""
        for found in answer.findings:
            yield (
                found.text[lang],
                word(_verdict(found), lang),
                _source(found.evidence, lang).strip(),
            )
    for amount in decision.amounts.values():
        yield amount.text[lang], _how_much(amount, lang), _source(amount.evidence, lang).strip()
    for due in decision.deadlines.values():
        yield due.text[lang], _when(due, lang), _source(due.evidence, lang).strip()
    if decision.missing:
        yield word("missing", lang), ", ".join(decision.missing), ""


def _lines(decision: Decided, lang: str) -> Iterator[str]:
    yield _title(decision, lang)
    yield from _edition(decision, lang)
    for question, answer in decision.answers.items():
        name = _name(decision, question, lang)
        yes = question != ELIGIBILITY and answer.outcome is Outcome.ELIGIBLE
        yield f"{name}: {word('yes' if yes else answer.outcome.value, lang)}"
        for finding in answer.findings:
            yield _finding(finding, lang)
    for amount in decision.amounts.values():
        yield from _amount(amount, decision, lang)
    for due in decision.deadlines.values():
        yield _due(due, lang)
        yield from (_figure(found, lang) for found in due.figures)
    if decision.missing:
        yield f"{word('missing', lang)}:"
        yield from (f"  - {_ask(name, decision, lang)}" for name in decision.missing)
    yield f"{word('sources', lang)}:"
    yield from (f"  {source.id}: {_cited(source)}" for source in _sources(decision))


def _title(decision: Decided, lang: str) -> str:
    pack = decision.pack
    subject = f" · {decision.subject}" if decision.subject else ""
    day = word("as-of", lang, day=decision.as_of.isoformat())
    return f"{pack.title[lang]} · {pack.id} {pack.version}{subject} · {day}"


def _edition(decision: Decided, lang: str) -> Iterator[str]:
    if decision.edition:
        text = word("edition", lang, edition=decision.edition)
        began = decision.views[0].edition.operational_from
        figures = {"first": _day(began[0], lang), "last": _day(began[1], lang)} if began else {}
        yield f"{text}; {word('operational', lang, **figures)}" if began else text
    elif decision.views:
        names = ", ".join(view.edition.id for view in decision.views)
        yield word("edition-unknown", lang, editions=names)
    else:
        names = ", ".join(f"{e.id} ({e.starts[0]} – {e.ends[1]})" for e in decision.pack.editions)
        yield word("no-edition", lang, day=_day(decision.governing_day, lang), editions=names)


def _figure(found: Figure, lang: str) -> str:
    return f"  {found.name}: {found.text[lang]}{_source(found.evidence, lang)}"


def _name(decision: Decided, question: str, lang: str) -> str:
    if question == ELIGIBILITY:
        return word(ELIGIBILITY, lang)
    return decision.pack.question_says[question][lang]


def _finding(finding: Finding, lang: str) -> str:
    term = finding.undefined_term
    undefined = f"; {word('undefined-term', lang, term=term[lang])}" if term else ""
    verdict = word(_verdict(finding), lang)
    return f"  {verdict:<11} {finding.text[lang]}{_source(finding.evidence, lang)}{undefined}"


def _verdict(finding: Finding) -> str:
    """A requirement is met or not; of anything else the sentence itself is true or not."""
    if finding.role == "requires" or finding.verdict in (Verdict.UNKNOWN, Verdict.WARNS):
        return finding.verdict.value
    return "so" if finding.verdict is Verdict.FAILS else "not-so"


def _source(evidence: Evidence, lang: str) -> str:
    words = [", ".join(map(str, evidence.cites))] if evidence.cites else []
    words += [word(evidence.status.value, lang)] if evidence.status else []
    return f"  [{'; '.join(words)}]" if words else ""


def _sources(decision: Decided) -> Iterator[Source]:
    """What the decision cites, in the order of the pack."""
    results: list[Amount | Due] = [*decision.amounts.values(), *decision.deadlines.values()]
    found = [finding.evidence for finding in decision.findings]
    found += [result.evidence for result in results]
    found += [one.evidence for result in results for one in result.figures]
    cited = {cite.source for evidence in found for cite in evidence.cites}
    return (source for id_, source in decision.pack.sources.items() if id_ in cited)


def _cited(source: Source) -> str:
    return source.title if source.url is None else f"{source.title}, {source.url}"


def _amount(amount: Amount, decision: Decided, lang: str) -> Iterator[str]:
    yield f"{amount.text[lang]}: {_how_much(amount, lang)}{_source(amount.evidence, lang)}"
    for finding in decision.findings_for(amount.id):
        if finding.role != "warns" or finding.verdict is Verdict.WARNS:
            yield _finding(finding, lang)
    yield from (_figure(found, lang) for found in amount.figures)
    for _, says, value in amount.lines:
        yield f"  {says[lang]}: {_money(value, lang)}"
    for (parameter, reading), value in amount.readings.items():
        label = decision.pack.reading(parameter, reading, lang)
        yield "  " + word("reading", lang, reading=label, value=_money(value, lang))
    for number, part in enumerate(amount.instalments, 1):
        figures = {
            "number": str(number),
            "value": _money(part.amount, lang),
            "day": _day(part.opens, lang),
        }
        yield "  " + word("instalment", lang, **figures)


def _how_much(amount: Amount, lang: str) -> str:
    if amount.value is not None:
        kind = "up-to" if amount.kind == "up-to" else "amount"
        return word(kind, lang, value=_money(amount.value, lang))
    limits = [
        word(key, lang, value=_money(end, lang))
        for key, end in (("at-least", amount.at_least), ("at-most", amount.at_most))
        if end is not None and (key == "at-most" or end.minor)
    ]
    return "; ".join([word(amount.status.value, lang), *limits])


def _money(value: Money | None, lang: str) -> str:
    return figure(value, _MONEY, lang)


def _day(day: date | None, lang: str) -> str:
    return day.isoformat() if day else word("day-unknown", lang)


def _due(due: Due, lang: str) -> str:
    return f"{due.text[lang]}: {_when(due, lang)}{_source(due.evidence, lang)}"


def _when(due: Due, lang: str) -> str:
    if due.status is not DeadlineStatus.SETTLED:
        return word(due.status.value, lang)
    if due.first_day is None:
        return word("due", lang, last=_day(due.last_day, lang))
    return word("window", lang, first=due.first_day.isoformat(), last=_day(due.last_day, lang))


def _ask(name: str, decision: Decided, lang: str) -> str:
    if name.startswith("parameter "):
        return name.replace("parameter", word("parameter", lang), 1).replace(
            " of ", f" {word('of', lang)} ", 1
        )
    place, dot, field = name.rpartition(".")
    level = decision.pack.level_of(place) if dot else "case"
    return f"{decision.pack.vocabulary.fact(field, level).says[lang]} ({name})"
