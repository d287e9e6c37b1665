"""The request corpus is well-formed and agrees with the decision table and the registry."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from autostyle import decision
from autostyle.methods import registry
from tests.agent.requests.corpus import (
    Entry,
    Followup,
    Language,
    Part,
    Prefer,
    SwitchMethod,
    Wished,
    followups,
    requests,
)

LEAST = {"en": 72, "ko": 52}
LEAST_FOLLOWUPS = 30
LANGUAGES: tuple[Language, ...] = ("en", "ko")
HALVES: tuple[Part, ...] = ("frozen", "open")
PARTS: tuple[Part, ...] = (*HALVES, "unseen")
ENTRIES = [entry for language in LANGUAGES for part in PARTS for entry in requests(language, part)]
PLANS = [entry for entry in ENTRIES if not entry.expect.question]
FOLLOWUPS = [followup for part in PARTS for followup in followups(part)]
TABLE = decision.load()


def name(entry: Entry | Followup) -> str:
    return entry.id


def squeezed(text: str) -> str:
    return "".join(text.casefold().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_requests_in_two_equal_halves(language: Language) -> None:
    frozen, open_ = (requests(language, half) for half in HALVES)
    assert len(frozen) + len(open_) >= LEAST[language]
    assert abs(len(frozen) - len(open_)) <= 1
    assert {entry.expect.language for entry in frozen + open_} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_halves_hold_plans_questions_and_refusals_of_every_kind(language: Language) -> None:
    def kinds(half: Part) -> set[str]:
        found = [e.expect for e in requests(language, half) if e.expect.medium == "image" or e.expect.cannot]
        return {"question" if e.question else "cannot" if e.cannot else e.row or "method" for e in found}

    everything = {row.id for row in TABLE.rows if row.when.medium == "image"} | {"question", "cannot", "method"}
    others = {row.id for row in TABLE.rows if row.when.medium not in (None, "image")}
    assert kinds("frozen") - others == everything
    assert kinds("open") >= everything - {"production"}, "one Korean request is for production, and it is frozen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_the_followups_are_frozen(language: Language) -> None:
    frozen, open_ = ([f for f in followups(half) if f.id.startswith(language)] for half in HALVES)
    assert len(frozen) + len(open_) >= LEAST_FOLLOWUPS
    assert len(frozen) == len(open_)


def test_ids_are_unique_and_no_text_appears_twice() -> None:
    everything = [*ENTRIES, *FOLLOWUPS]
    assert not [id_ for id_, n in Counter(entry.id for entry in everything).items() if n > 1]
    assert not [text for text, n in Counter(squeezed(entry.text) for entry in everything).items() if n > 1]


@pytest.mark.parametrize("entry", [e for e in PLANS if not e.expect.method], ids=name)
def test_the_row_is_the_one_the_table_gives_for_these_wishes(entry: Entry) -> None:
    assert entry.expect.row == TABLE.row(entry.expect.situation()).id


@pytest.mark.parametrize("entry", [e for e in PLANS if e.expect.method], ids=name)
def test_a_method_is_expected_only_where_the_person_named_it(entry: Entry) -> None:
    assert entry.expect.row is None
    assert registry.find(entry.expect.method or "").name.replace("_", "") in squeezed(entry.text).replace("-", "")


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.expect.cannot], ids=name)
def test_what_cannot_be_done_is_another_medium_or_a_method_by_name(entry: Entry) -> None:
    assert not entry.expect.question
    assert entry.expect.medium != "image" or entry.expect.method


@pytest.mark.parametrize("entry", [e for e in PLANS if not e.expect.cannot], ids=name)
def test_a_plan_has_all_its_pictures_and_each_of_them_exists(entry: Entry) -> None:
    expect = entry.expect
    assert expect.content and expect.styles
    assert not set(expect.content) & set(expect.styles)
    for path in expect.content + expect.styles:
        assert path in entry.files or any(file.startswith(f"{path}/") for file in entry.files)


@pytest.mark.parametrize("entry", PLANS, ids=name)
def test_files_are_named_in_the_text_or_lie_in_a_folder_that_is(entry: Entry) -> None:
    text = "\n".join((*entry.before, entry.text)).replace("\\", "/")
    for file in entry.files:
        folder, slash, _ = file.rpartition("/")
        assert file in text or (slash and f"{folder}/" in text)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.expect.question], ids=name)
def test_a_question_promises_nothing_else(entry: Entry) -> None:
    assert entry.expect.model_fields_set <= {"language", "question"}


def test_a_wish_is_expected_or_left_open_and_a_prompt_is_in_the_text() -> None:
    for entry in ENTRIES:
        assert set(entry.expect.either) <= set(Wished.model_fields) - entry.expect.wishes.model_fields_set
        assert squeezed(entry.expect.wishes.prompt or "") in squeezed(entry.text)


def test_every_intent_is_said_in_both_languages() -> None:
    def said(language: Language) -> set[str]:
        of = (followup.expect for followup in FOLLOWUPS if followup.id.startswith(language))
        return {intent.intent for intent in itertools.chain.from_iterable(of)}

    assert said("en") == said("ko")


def test_followups_name_known_methods_and_one_way_of_preferring() -> None:
    for intent in itertools.chain.from_iterable(followup.expect for followup in FOLLOWUPS):
        if isinstance(intent, SwitchMethod):
            assert registry.find(intent.method).built
        if isinstance(intent, Prefer):
            assert bool(intent.numbers) != bool(intent.rank)
