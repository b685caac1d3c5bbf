"""The INVENTED persons: households that left and households that stayed."""

import random
from datetime import date, timedelta
from typing import Any

LEAVING, WOMEN, ELSEWHERE, STAYING = 161, 93, 10, 549
COUNTRIES = ["AO", "AO", "CV", "CV", "ST", "UA", "IN", "PE", "CN", "MZ"]
MIX = ["BR"] * 85 + ["AO", "CV", "UA", "IN", "ST", "GW", "VE", "PE", "NP", "BD", "MA", "CO"]
Person = dict[str, Any]


class Household:
    """One dossier.

    Attributes:
        people: the applicant first.
        story: whether it is the mother and her son of the source document's story.
        last_day: whether it leaves on the last day of the year.
    """

    def __init__(self, case: str, people: list[Person], country: str) -> None:
        self.case, self.people, self.country = case, people, country
        self.story = case == "C-0001"
        self.last_day = case == "C-0002"


class Numbers:
    """The next pseudonyms."""

    def __init__(self) -> None:
        self.persons = self.cases = 0

    def case(self) -> str:
        self.cases += 1
        return f"C-{self.cases:04d}"

    def person(self) -> str:
        self.persons += 1
        return f"P-{self.persons:04d}"


def households(chance: random.Random) -> tuple[list[Household], list[Household]]:
    """Those who left, 161 persons, and those who stayed, 549."""
    numbers = Numbers()
    return leaving(numbers, chance), staying(numbers, chance)


def leaving(numbers: Numbers, chance: random.Random) -> list[Household]:
    sizes = [2, 1, *([1] * ELSEWHERE), *split(LEAVING - 3 - ELSEWHERE, chance)]
    sexes = ["female"] * (WOMEN - 1) + ["male"] * (LEAVING - WOMEN - 1)
    chance.shuffle(sexes)
    homes = [story(numbers)]
    for number, size in enumerate(sizes[1:], 1):
        country = COUNTRIES[number - 2] if 2 <= number < 2 + ELSEWHERE else "BR"
        case = numbers.case()
        people = [member(numbers, chance, place, sexes.pop(), [country]) for place in range(size)]
        homes.append(Household(case, people, country))
    chance.shuffle(homes)
    return sorted(homes, key=lambda home: not home.story)


def split(total: int, chance: random.Random) -> list[int]:
    """Sizes of households that add up to the total."""
    sizes: list[int] = []
    while sum(sizes) < total:
        size = chance.choice([1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5])
        sizes.append(min(size, total - sum(sizes)))
    return sizes


def story(numbers: Numbers) -> Household:
    """A mother of 33 and her son of one year."""
    case = numbers.case()
    mother = record(numbers, "applicant", "female", date(1986, 3, 2), ["BR"])
    son = record(numbers, "family", "male", date(2018, 7, 1), ["BR"])
    people = [
        {"record": mother, "role": "applicant", "age": 33, "story": True},
        {"record": son, "role": "family", "age": 1, "story": True},
    ]
    return Household(case, people, "BR")


def record(
    numbers: Numbers, role: str, sex: str | None, born: date | None, nationalities: list[str | None]
) -> Person:
    known = {"person": numbers.person(), "role": role, "sex": sex, "nationalities": nationalities}
    return known if born is None else {**known, "born_on": born.isoformat()}


def member(
    numbers: Numbers,
    chance: random.Random,
    place: int,
    sex: str | None,
    nationalities: list[str | None],
) -> Person:
    role = "applicant" if place == 0 else "family"
    age = chance.randint(20, 64) if place == 0 else chance.choice([1, 3, 6, 9, 13, 16, 24, 38])
    born = date(2019 - age, 1, 1) - timedelta(days=chance.randint(1, 364))
    person = record(numbers, role, sex, born, nationalities)
    return {"record": person, "role": role, "age": age, "story": False}


def staying(numbers: Numbers, chance: random.Random) -> list[Household]:
    homes = []
    for size in split(STAYING, chance):
        case, country = numbers.case(), chance.choice(MIX)
        people = [
            blurred(
                member(numbers, chance, place, chance.choice(["female", "male"]), [country]), chance
            )
            for place in range(size)
        ]
        homes.append(Household(case, people, country))
    return homes


def blurred(person: Person, chance: random.Random) -> Person:
    """The same person, now and then with less on record, or with another nationality."""
    known = person["record"]
    dice = chance.random()
    if dice < 0.03:
        known["sex"] = None
    elif dice < 0.07:
        year = known.pop("born_on")[:4]
        known |= {"born_earliest": f"{year}-01-01", "born_latest": f"{year}-12-31"}
    elif dice < 0.09:
        known.pop("born_on")
    elif dice < 0.12:
        known["nationalities"] = chance.choice([[None], None, ["BR", None]])
    elif dice < 0.145:
        known["nationalities"] = chance.choice([["IT", "BR"], ["FR"], ["GB"], ["RO"], ["XXA"]])
    elif dice < 0.16 and person["role"] == "applicant":
        person["age"], known["born_on"] = 16, "2002-11-05"
    return person
