"""The examples of the docstrings, of the README and of docs/python.md, run as they stand, on smaller pictures; only
figures may differ."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import save_image

ROOT = Path(__file__).parents[2]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.REPORT_ONLY_FIRST_FAILURE


class Shapes(doctest.OutputChecker):
    """Scores, and the digits that tell pictures apart, depend on the pictures and the machine."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        def shape(text: str) -> str:
            return re.sub(r"-[0-9a-f]{8}\b|-?\d+\.\d+|(?<=trial )\d+", "#", text)

        return super().check_output(shape(want), shape(got), optionflags)


def failures(tests: list[doctest.DocTest]) -> str:
    """What is not as it stands there."""
    said: list[str] = []
    for test in tests:
        doctest.DocTestRunner(Shapes(), verbose=False, optionflags=OPTIONS).run(test, out=said.append)
    return "".join(said)


@pytest.mark.slow
def test_the_examples_of_the_docstrings(fake: Callable[..., None]) -> None:
    modules = [import_module(f"autostyle.api.{name}") for name in ("listing", "runs", "studies")]
    found = [test for module in modules for test in doctest.DocTestFinder().find(module) if test.examples]
    tests = {test.name.rpartition(".")[2]: test for test in found}
    first = ["stylize", "apply", "tune", "load_study"]  # later ones go on from earlier ones
    assert failures([tests.pop(name) for name in first] + list(tests.values())) == ""


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_examples_of_a_page(fake: Callable[..., None], alone: Path, page: str) -> None:
    for name in ("beach.jpg", "castle.jpg"):
        save_image(alone / name, np.random.default_rng(len(name)).random((64, 64, 3), np.float32))
    text = "\n".join(
        re.findall(r"^```python\n(>>>.*?)^```$", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )
    text = text.replace("size=256", "size=96")
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    assert len(test.examples) >= 8
    assert failures([test]) == ""
