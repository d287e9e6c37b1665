"""A report speaks the language of whoever asked for its study."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import nodes

from autostyle import report
from autostyle.methods import registry
from autostyle.plan import Plan
from autostyle.report import html, markdown
from autostyle.report.languages import LANGUAGES, said, told
from autostyle.report.provenance import commands
from autostyle.report.view import build
from autostyle.tuning import pareto
from tests.report.study import study

ROOM = Path(report.__file__).parent


def templates() -> set[str]:
    """Every sentence that the page says in a language."""
    found: set[str] = set()
    environment = html._environment("en")
    for file in (ROOM / "templates").glob("*.jinja"):
        for put in environment.parse(file.read_text("utf-8")).find_all(nodes.Filter):
            if put.name == "t":
                found |= {one.value for one in constants(put.node) if isinstance(one.value, str)}
    tree = ast.parse((ROOM / "view.py").read_text("utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id == "said":
            found |= {one.value for one in ast.walk(call.args[1]) if isinstance(one, ast.Constant)}
    return {text for text in found if re.search("[A-Za-z]", text)}


def explanations() -> set[str]:
    """What figures mean and what parameters do."""
    found = {
        info.help
        for name, spec in registry.METHODS.items()
        if spec.built
        for info in registry.params(name).info().values()
    }
    for file in (ROOM.parent / "scoring").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Metric", "replace"):
                named = [one.value for one in call.keywords if one.arg in ("how", "zero", "one")]
                positional = [call.args[i] for i in (1, 3) if call.func.id == "Metric" and len(call.args) > i]
                found |= {one.value for one in (*named, *positional) if isinstance(one, ast.Constant) and one.value}
    return found


def constants(node: nodes.Node | None) -> Iterator[nodes.Const]:
    """What a filter may be given."""
    if isinstance(node, nodes.CondExpr):
        yield from constants(node.expr1)
        yield from constants(node.expr2)
    elif isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.Or):
        yield from node.find_all(nodes.Const)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_page_is_there_in_every_language(language: str, tmp_path: Path) -> None:
    there = LANGUAGES[language]
    told = templates() | {what for what, _ in commands(study(tmp_path))} | explanations()
    assert len(told) > 80 and sorted(told - there.keys()) == []
    for english, other in there.items():
        assert set(names(other)) <= set(names(english)), english


def names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_a_page_in_korean_has_no_english_headings(tmp_path: Path) -> None:
    record = study(tmp_path, hostile=False)
    record = replace(
        record,
        plan=record.plan.model_copy(update={"language": "ko"}),
        rule=pareto.rule(record.plan.prefer, [metric.name for metric in record.objectives]),
    )
    page = html.page(build(record))
    assert '<html lang="ko">' in page and "9번을 추천해요." in page and "모든 결과" in page
    headings = re.findall(r"<(?:h1|h2|h3|a|summary|th|dt)\b[^>]*>(.*?)</(?:h1|h2|h3|a|summary|th|dt)>", page, re.DOTALL)
    assert len(headings) > 60
    words = {re.sub(r"<(code|bdi|small|svg|b)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL) for text in headings}
    left = {text for text in words if re.search(r"[A-Za-z]{4,}", text)}
    assert left <= {"autostyle", "plan.yaml"} and "shortfall" not in page

    text = markdown.page(build(record))
    assert text.startswith("# 9번을 추천해요\n") and "스타일의 순서가" in text
    heads = re.findall(r"^#.*|^\|.*(?=\n\n?\| -)", text, re.MULTILINE)
    named = {*registry.METHODS, "harbour", "brush"}
    assert len(heads) > 12 and not {*re.findall("[A-Za-z]{4,}", " ".join(heads))} - named


def test_what_is_not_translated_is_said_in_english() -> None:
    assert said("fr", "trial {number}", number=3) == "trial 3" and said("ko", "trial {number}", number=3) == "3번"


def test_what_a_study_keeps_in_english_is_known_by_its_words() -> None:
    note = "objects of the style picture show: leakage 0.41 is over the limit of 0.3"
    assert (
        told("ko", note) == "스타일 그림 속 사물이 비쳐요: leakage 0.41이 한도 0.3을 넘어요"
        and told("en", note) == note
    )
    assert told("ko", "ochre and slate blue") == "황토색, 청회색" and told("ko", "low contrast") == "약한 명암 대비"
    assert told("ko", "Gaussian process: 0% choices, 2 trials").startswith("가우시안 과정")
    assert told("ko", "somebody's own words") == "somebody's own words"


def test_a_plan_says_its_language(tmp_path: Path) -> None:
    plan = study(tmp_path, hostile=False).plan
    assert plan.language == "en" and Plan.model_validate(plan.model_dump() | {"language": "ko"}).language == "ko"
    with pytest.raises(ValueError, match="language"):
        Plan.model_validate(plan.model_dump() | {"language": "<b>"})
