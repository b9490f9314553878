"""The catalogues say everything, in both languages, and nothing that is not asked for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import screens
from drivers.device import Guidance, PageGuidance, Sex
from drivers.device.status import TO_RESIDENTS
from kiosk.core.answers import Problem
from kiosk.core.cases import CaseState, Grade, Light, Reason, Way
from kiosk.core.catalogue import Category, Delivery, Language
from kiosk.core.identity import Authority, Means
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import Doing, NotedKind, Signs
from kiosk.core.visit import Purpose
from screens import texts
from screens.words import CATALOGUES, DOMAIN, LOCALE, MissingWordsError, words
from tools.faults import declared

KEYWORDS = {"say": None, "N_": None, "many": (1, 2)}


def catalogue(language: Language) -> Catalog:
    """The catalogue as translators edit it."""
    path = LOCALE / CATALOGUES[language] / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=CATALOGUES[language], abort_invalid=True)


def said() -> set[str]:
    """Every sentence the screens ask for, and what the faults of devices say to residents."""
    folder = Path(screens.__file__).parent
    found = extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS)
    asked = {keys if isinstance(keys, str) else keys[0] for _, _, keys, _, _ in found}
    return asked | set(TO_RESIDENTS.values()) | {fault.for_resident for fault in declared()}


def key(message: Message) -> str:
    """What a message is asked for by."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    """The translation, once for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


@pytest.mark.parametrize("language", Language)
def test_catalogues_are_complete_and_hold_nothing_else(language: Language) -> None:
    """What the screens say is what the catalogue translates; nothing is fuzzy or empty."""
    messages = [message for message in catalogue(language) if message.id]
    assert {key(message) for message in messages} == said()
    for message in messages:
        assert not message.fuzzy
        assert all(forms(message))


def test_chinese_is_chinese_and_keeps_the_places() -> None:
    """Each Chinese sentence has Chinese characters and the same {places} as the English one."""
    for message in catalogue(Language.CHINESE):
        if not message.id:
            continue
        text = forms(message)[0]
        assert re.search(r"[\u4e00-\u9fff]", text), key(message)
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", key(message)))


def test_english_is_said_as_it_is_written() -> None:
    """The English catalogue changes nothing: its sentences are the keys."""
    for message in catalogue(Language.ENGLISH):
        if message.id:
            assert message.string == message.id


@pytest.mark.parametrize("language", Language)
def test_every_case_has_its_words(language: Language) -> None:
    """Each trouble says what it is, what to do and what becomes of the request; so do the rest."""
    say = words(language)
    for trouble in Trouble:
        text = texts.TROUBLES[trouble]
        for sentence in (text.title, text.action, text.fate):
            spoken = say(sentence, hotline="12345")
            assert spoken
            assert "{" not in spoken
            assert trouble.value not in spoken
    assert all(say(texts.STEPS[step].name) for step in Step)
    assert all(say(texts.CATEGORIES[category].about) for category in Category)
    assert all(say(texts.SERVICES[purpose].about) for purpose in set(Purpose) - {Purpose.APPLY})
    assert all(say(texts.DELIVERIES[way]) for way in Delivery)
    assert all(say(texts.MEANS[means].reading) for means in Means)
    assert all(say(texts.GUIDANCE[guidance]) for guidance in Guidance)
    assert all(say(texts.PROBLEMS[problem]) for problem in Problem)
    assert all(say(texts.GRADES[grade]) for grade in Grade)
    assert all(say(texts.SEXES[sex]) for sex in Sex)
    assert all(say(texts.REASONS[reason]) for reason in Reason)
    assert all(say(texts.AUTHORITIES[authority]) for authority in Authority)
    assert all(say(texts.STATES[state].name) for state in CaseState)
    assert all(say(texts.LIGHTS[light]) for light in Light if light is not Light.NONE)
    assert all(say(texts.DOINGS[doing].title) for doing in Doing)
    assert all(say(texts.NOTED[kind].title) for kind in NotedKind)
    assert all(say(texts.WAYS[way].done) for way in Way)
    assert all(say(texts.PAGE_GUIDANCE[guidance]) for guidance in PageGuidance)
    assert all(say(texts.SIGNS[one]) for one in Signs)


def test_a_day_is_said_as_people_say_it() -> None:
    """The date in the order and with the words of the language."""
    new_year = date(2026, 1, 1)
    assert texts.day(new_year, words(Language.CHINESE)) == "1月1日  星期四"
    assert texts.day(new_year, words(Language.ENGLISH)) == "Thursday, 1 January"


def test_a_day_of_another_year_names_it() -> None:
    """Only where the year is not the one everybody thinks of; a birthday always has its own."""
    new_year = date(2027, 1, 1)
    english, chinese = words(Language.ENGLISH), words(Language.CHINESE)
    assert texts.day(new_year, chinese, 2026) == "2027年1月1日  星期五"
    assert texts.day(new_year, english, 2026) == "Friday, 1 January 2027"
    assert texts.day(new_year, chinese, 2027) == "1月1日  星期五"
    assert texts.birthday(date(1946, 5, 1), chinese) == "1946年5月1日"
    assert texts.birthday(date(1946, 5, 1), english) == "1 May 1946"


@pytest.mark.parametrize("told", ["2020-12-31T16:05:00Z", "2021-01-01T00:05:00+08:00"])
def test_a_moment_is_told_by_the_countrys_time(told: str) -> None:
    """Whichever offset the platform writes it in, and whatever zone the terminal is set to."""
    assert texts.told_moment(told, words(Language.CHINESE)) == "2021年1月1日  星期五  00:05"


def test_one_day_and_two_days() -> None:
    """English counts; Chinese does not."""
    english, chinese = words(Language.ENGLISH), words(Language.CHINESE)
    counted = ("{n} working day", "{n} working days")
    assert [english.many(*counted, n) for n in (1, 2)] == ["1 working day", "2 working days"]
    assert chinese.many(*counted, 2) == "2 个工作日"


def test_missing_words_say_how_to_make_them(tmp_path: Path) -> None:
    """Without its compiled catalogue a terminal names the file and the command."""
    with pytest.raises(MissingWordsError, match=r"doorstep\.mo is missing; \./run setup"):
        words(Language.CHINESE, tmp_path)
