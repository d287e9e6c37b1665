"""What a spec says of its method is known everywhere: one that a package brings is called, steered, estimated and timed
by its declaration alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autostyle.agent import estimate
from autostyle.agent.understanding import methods, settings
from autostyle.agent.understanding.model import Understood
from autostyle.agent.understanding.read import understand
from autostyle.agent.workspace import Workspace
from autostyle.brief import Budget, Wishes
from autostyle.config import Config
from autostyle.errors import Missing
from autostyle.methods import registry
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.pace import Pace
from autostyle.use_cases import plans
from autostyle.use_cases.aspects import leaning

INK = """
from typing import Annotated, Literal
from autostyle.methods.spec import MethodSpec, TrialTime
from autostyle.methods.params import Choices, Params, Range

class InkParams(Params):
    ink: Annotated[float, Range(0.0, 1.0, moves={"structure": 0}, aliases=("먹의 양",))] = 0.5
    "Share of the paper that the ink covers."
    brush: Annotated[float, Range(1.0, 9.0, moves={"marks": 1}, everyday=True)] = 3.0
    "Width of the brush."
    paper: Annotated[Literal["plain", "tinted"], Choices(tune=False, holds={"color": ("plain", "tinted")})] = "tinted"
    "What is painted on."
    layers: Annotated[int, Range(1, 40, tune=False, timed=True)] = 10
    "Layers of ink."

SPEC = MethodSpec("ink_wash", "Ink wash", "image", params=InkParams, run="ink:Ink", ratio="ink",
                  embedded=("adain_decoder",), aliases=("sumi e", "수묵화풍", "flux"), time=TrialTime(0.5, 1e-6))
"""


@pytest.fixture
def ink(install: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pictures, where a package has brought the method ``ink_wash``."""
    monkeypatch.chdir(tmp_path)
    for name in ("photo.png", "paint.png"):
        (tmp_path / name).touch()
    install("ink-wash", {"ink_wash": "ink:SPEC"}, {"ink.py": INK})
    return tmp_path


def plan(trials: int = 4) -> Plan:
    return Plan(
        study="s",
        content=Path("photo.png"),
        styles=(Path("paint.png"),),
        methods=(MethodPlan(name="ink_wash"),),
        choice=Choice(method="ink_wash"),
        budget=Budget(trials=trials),
        final_size=1000,
    )


def heard(folder: Path, text: str) -> Understood:
    understood = understand(text, folder)
    assert understood.problems == ()
    return understood


@pytest.mark.parametrize(
    "text",
    [
        "make photo.png look like paint.png with ink wash",
        "make photo.png look like paint.png using sumi-e",
        "photo.png를 paint.png처럼 수묵화풍으로 해줘",
        "make photo.png look like paint.png with flux",  # elsewhere that is a tool that nobody has here
    ],
)
def test_it_is_named_as_it_says(ink: Path, text: str) -> None:
    assert heard(ink, text).method == "ink_wash"


def test_without_it_nobody_is_called_so() -> None:
    assert methods.find("with sumi-e").wanted == () and methods.find("use flux").unknown == ("flux",)
    assert settings.find("먹의 양 0.3") == {}


def test_its_parameters_are_set_in_words(ink: Path) -> None:
    assert settings.find("ink about 0.5, 먹의 양 0.3") == {"ink": pytest.approx((0.3, 0.3))}
    assert settings.find("ink around 0.5") == {"ink": pytest.approx((0.4, 0.6))}
    assert settings.find("a brush of 4") == {} and settings.find("brush = 4") == {"brush": (4, 4)}


def test_wishes_move_its_ranges(ink: Path) -> None:
    def bounds(**directions: float) -> dict[str, tuple[float, float]]:
        return leaning(plan(), directions, None).methods[0].bounds  # type: ignore[arg-type]

    assert bounds(style=1) == {"ink": (0.5, 1.0)}  # the ratio, as of every method
    assert bounds(marks=-1) == {"brush": (1.0, 5.0)}
    assert bounds(structure=1) == {}  # its declaration says that it has no part in that


def test_kept_colours_are_held_by_what_keeps_them(ink: Path) -> None:
    assert plans.apply_wishes(plan(), Wishes(keep_color=True)).methods[0].fixed == {"paper": "plain"}
    assert leaning(plan(), {"color": 1}, None).methods[0].fixed == {"paper": "tinted"}


def test_its_time_is_known_before_it_has_run(ink: Path) -> None:
    workspace = Workspace(Config(offline=True, device="cpu"))
    assert estimate.trials(plan().model_copy(update={"size": 1000}), 4, workspace) == pytest.approx(4 * 1.5)
    pace = Pace(plan())
    pace.started(0, "ink_wash", {"layers": 5}, 0.0)
    pace.finished(0, "ink_wash", 1.0)
    pace.revise(plan().model_copy(update={"methods": (MethodPlan(name="ink_wash", fixed={"layers": 20}),)}))
    assert pace.left(1.0) == pytest.approx(3 * 4.0)


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ('{"marks": 1}', '{"taste": 1}', "brush moves or holds other things than color, content, marks"),
        ('("plain", "tinted")})]', '("plain", "torn")})]', "paper='torn' is unknown"),
        ('"수묵화풍"', '"Sumi"', "the alias 'Sumi' is not in lower case"),
        ("adain_decoder", "dust", "no weights are called dust"),
    ],
)
def test_what_cannot_be_is_said(install: Callable[..., Path], good: str, bad: str, why: str) -> None:
    assert INK.count(good) == 1
    install("ink-wash", {"ink_wash": "ink:SPEC"}, {"ink.py": INK.replace(good, bad)})
    with pytest.raises(Missing, match=why):
        registry.find("ink_wash")
