"""Methods of other packages: the example of docs/extending.md, installed for real, and packages that go wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.cli import app
from autostyle.errors import BadInput, Missing
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, ImageResult
from autostyle.testing import MethodContract
from autostyle.testing.inputs import scene

GUIDE = Path(__file__).parents[2] / "docs" / "extending.md"
BLOCK = re.compile(r"^```\w+\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
Install = Callable[..., Path]


@pytest.fixture
def tint(install: Install) -> Path:
    """The package of the guide, as the guide has it."""
    files = dict(BLOCK.findall(GUIDE.read_text("utf-8")))
    point = re.search(r'^tint = "(\S+)"$', files.pop("pyproject.toml"), re.MULTILINE)
    assert point is not None
    return install("tint-style", {"tint": point[1]}, files | {"tint_style/__init__.py": ""})


def wrong(install: Install, text: str, name: str = "wrong") -> None:
    install("wrong-style", {name: "wrong:SPEC"}, {"wrong.py": text})


def test_it_is_one_of_the_methods(tint: Path) -> None:
    assert registry.find("tint").title.startswith("Tint")
    assert list(registry.METHODS)[-1] == "tint" and "tint" in registry.METHODS
    assert len(registry.METHODS) == len(registry.OURS) + 1
    assert registry.complete("tint", {"amount": 0.5}).model_dump() == {"amount": 0.5, "contrast": 1.0}
    assert registry.notes() == ()


def test_nothing_of_it_is_imported_until_it_is_asked_for(tint: Path) -> None:
    script = (
        "import sys\nfrom autostyle.methods import registry\nfrom autostyle.methods.installed import INSTALLED\n"
        "registry.complete('gatys', {})\n"
        "assert not INSTALLED._points.cache_info().currsize\nassert INSTALLED.names() == ('tint',)\n"
        "assert 'tint_style' not in sys.modules\nassert 'tint' in registry.METHODS\n"
        "assert 'tint_style.spec' in sys.modules and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_it_is_listed_with_its_parameters(tint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["methods", "tint", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)[0]
    assert told["available"] and told["rows"] == [] and told["params"]["amount"]["default"] == 0.7
    assert told["aliases"] == ["colour tint", "틴트"]


@pytest.mark.slow
def test_the_guides_own_check_passes(tint: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tint}", str(tint / "tests")]
    done = subprocess.run(command, cwd=tint, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout
    assert re.search(r"1[5-9] passed, 3 skipped", done.stdout), done.stdout  # it has no network to fail, no path


@pytest.mark.slow
def test_a_picture_is_painted_with_it(tint: Path, pair: tuple[Path, Path]) -> None:
    from autostyle.codecs.image import load_image

    content, style = pair
    out = content.parent / "out.png"
    command = ["stylize", str(content), str(style), "--method", "tint", "-o", str(out), "--size", "64", "--offline"]
    subprocess.run([sys.executable, "-m", "autostyle", *command], check=True, timeout=100)
    assert load_image(out).pixels.shape == (48, 64, 3)


@pytest.mark.slow
def test_a_study_searches_it(tint: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    line = f"tune {pair[0]} {pair[1]} --method tint --trials 4 --size 64 --final-size 96 --offline --json"
    assert app.run([*line.split(), "--study", "tinted"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["best"]["method"] == "tint" and 0 <= told["best"]["params"]["amount"] <= 1
    assert told["trials"]["complete"] == 4
    report = Path(told["report"]).read_text("utf-8")
    assert "tint" in report and "contrast" in report


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A photograph and a style picture, in the working directory."""
    from autostyle.codecs.image import save_image

    monkeypatch.chdir(tmp_path)
    for name, seed in (("photo.png", 0), ("paint.png", 1)):
        save_image(tmp_path / name, scene(96, 128, seed))
    return tmp_path / "photo.png", tmp_path / "paint.png"


SPEC = """
from autostyle.methods.spec import MethodSpec
from typing import Annotated
from autostyle.methods.params import Params, Range
class Nothing(Params):
    a: Annotated[float, Range(0, 1)] = 1.0
    "Nothing at all, in words."
SPEC = MethodSpec("{name}", "Wrong", "{medium}", params=Nothing, run="{run}"{more})
"""


RATIO = ", ratio='a'"


def spec(name: str = "wrong", medium: str = "image", run: str = "wrong:Method", more: str = "") -> str:
    return SPEC.format(name=name, medium=medium, run=run, more=more)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
        ("raise SystemExit('out')", "SystemExit: out"),
        ("SPEC = 3", "a int is no MethodSpec"),
        ("OTHER = 3", "AttributeError"),
        (spec(name="other"), "its spec is called 'other'"),
        (spec(medium="a smell"), "medium='a smell' is no name of a medium"),
        (spec(run="wrong"), "run='wrong' is not module:Class"),
        (spec(more=", weights=(('dust',),)"), "no weights are called dust"),
        (spec(more=", ratio='dust'"), "ratio='dust' names no parameter"),
        (spec(more=f"{RATIO}, presets=({{'a': 2}},)"), "a=2 is out of range"),
    ],
)
def test_one_that_does_not_load_is_a_line_and_disturbs_nothing(
    install: Install, text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong(install, text)
    with pytest.raises(Missing, match=re.escape(f"the method 'wrong' of wrong-style does not load: {why}")) as caught:
        registry.find("wrong")
    assert "wrong-style" in caught.value.hint
    assert "wrong" not in registry.METHODS and [*registry.METHODS] == [*registry.OURS]
    assert app.run(["methods", "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == len(registry.OURS)
    assert err.count("\n") == 1 and why in err


def test_one_that_does_not_load_is_tried_once(install: Install, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    wrong(install, f"with open({str(tried)!r}, 'a') as file:\n    file.write('x')\nraise ValueError('broken')")
    for _ in range(2):
        assert "wrong" not in registry.METHODS
        with pytest.raises(Missing, match="ValueError: broken") as caught:
            registry.find("wrong")
        assert isinstance(caught.value.__cause__, ValueError)
    assert tried.read_text() == "x"


def test_one_that_does_not_load_is_still_understood_when_it_is_named_and_the_doctor_tells_it(install: Install) -> None:
    from autostyle import doctor
    from autostyle.agent.understanding import methods

    wrong(install, "SPEC = 3")
    assert methods.find("use wrong on this").wanted == ("wrong",)
    assert ["does not load: a int" in problem.what for problem in doctor.methods()] == [True]


def test_a_name_of_ours_is_refused(install: Install) -> None:
    wrong(install, spec(name="gatys"), name="gatys")
    assert registry.find("gatys") is registry.OURS["gatys"]
    assert registry.notes() == ("the method 'gatys' of wrong-style is not taken: autostyle has one of this name",)


def test_of_two_packages_with_one_name_the_first_has_it(tint: Path, install: Install) -> None:
    install("a-tint", {"tint": "wrong:SPEC"}, {"wrong.py": spec(name="tint", more=RATIO)})
    assert registry.find("tint").title == "Wrong"
    assert registry.notes() == ("the method 'tint' of tint-style is not taken: a-tint has one of this name",)


def test_one_whose_implementation_fails_to_import_says_whose_it_is(install: Install) -> None:
    wrong(install, spec(run="wrong_inside:Method", more=RATIO))
    with pytest.raises(Missing, match="'wrong' of wrong-style does not load: ModuleNotFoundError"):
        registry.create("wrong")


def test_an_unknown_name_is_still_unknown(tint: Path) -> None:
    with pytest.raises(BadInput, match="unknown method 'tinted'") as caught:
        registry.find("tinted")
    assert "tint" in caught.value.hint


@pytest.mark.parametrize(
    ("test", "spoil"),
    [
        ("test_the_same_seed_gives_the_same_picture", lambda image: image + np.random.default_rng().random() / 9),
        ("test_result_has_the_asked_long_side_and_the_contents_aspect", lambda image: image.repeat(2, axis=0)),
        ("test_result_has_the_asked_long_side_and_the_contents_aspect", lambda image: image * 255),
        ("test_stop_is_honoured_within_one_step", lambda image: image * np.nan),
        ("test_the_result_is_neither_the_content_nor_the_style", lambda image: image * 0 + 0.5),
    ],
)
def test_the_contract_finds_a_method_that_breaks_it(
    test: str, spoil: Callable[[Any], Any], tint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    method = registry.create("tint")
    paint = method.run

    def run(*args: Any, **given: Any) -> ImageResult:
        result: ImageResult = paint(*args, **given)
        return ImageResult(spoil(result.image), result.steps, result.stopped)

    class Mine(MethodContract):
        spec = method.spec

    def hold_to_it() -> None:
        contract = Mine()
        given = (
            {"painted": contract.painting_once()} if "painted" in signature(getattr(contract, test)).parameters else {}
        )
        getattr(contract, test)(method, **given)

    hold_to_it()
    monkeypatch.setattr(method, "run", run)
    with pytest.raises(AssertionError):
        hold_to_it()


def test_the_contract_finds_inputs_that_are_changed(tint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    method = registry.create("tint")
    prepare = method.prepare

    def spoiling(inputs: ImageInputs, size: int) -> Any:
        inputs.content[0, 0] = 1 - inputs.content[0, 0]
        return prepare(inputs, size)

    class Mine(MethodContract):
        spec = method.spec

    monkeypatch.setattr(method, "prepare", spoiling)
    with pytest.raises(AssertionError):
        Mine().test_inputs_are_never_changed(method)
