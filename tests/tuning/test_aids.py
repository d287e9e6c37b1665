"""A method's own files go with a study: copied, told by their bytes, the same at every resume, named in the recipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.cli import app
from autostyle.codecs.image import load_image, save_image
from autostyle.errors import BadInput
from autostyle.fingerprints import sha256
from autostyle.jobs import requests, studio
from autostyle.jobs.apply import apply
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.reproduce import reproduce
from autostyle.jobs.stylize import stylize
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.report import recipe as recipes
from autostyle.report.export import export
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.study import hold_study
from tests.jobs.line import Line

MASKED = """
from typing import Annotated

import numpy as np

from autostyle.errors import BadInput
from autostyle.codecs.image import load_image
from autostyle.methods.aids import AidSpec
from autostyle.methods.contract import ImageResult, Method, ignore
from autostyle.methods.spec import MethodSpec
from autostyle.methods.params import Params, Range


class MaskedParams(Params):
    amount: Annotated[float, Range(0.0, 1.0)] = 0.7
    "How much red where the mask is white."

    floor: Annotated[float, Range(0.0, 1.0)] = 0.0
    "How much red elsewhere."


def check(file):
    if load_image(file).pixels.std() == 0:
        raise BadInput(f"{file.name} is of one colour", "a mask has black and white")


SPEC = MethodSpec(
    name="masked",
    title="Masked: red where a mask is white",
    medium="image",
    params=MaskedParams,
    run="masked:Masked",
    aids=(AidSpec("mask", "A picture, white where the style goes.", endings=(".png",), required=True, check=check),),
    presets=({"amount": 0.2},),
    ratio="amount",
)


class Masked(Method):
    spec = SPEC

    def load(self, weights, device):
        pass

    def weights_used(self):
        return {"encoder": "none"}

    def prepare(self, inputs, size):
        (mask,) = inputs.aids["mask"]
        return load_image(mask).pixels[..., 0] > 0.5

    def run(self, prepared, params, *, seed, on_iterate=ignore):
        image = np.zeros((*prepared.shape, 3), np.float32)
        image[..., 0] = np.where(prepared, params.amount, params.floor)
        return ImageResult(image, 1)


class Runtime:
    def method(self, name, medium):
        return medium.adapt(Masked())

    def scorer(self, inputs, medium, model, profile):
        from fake_runtime import FakeScorer

        return FakeScorer()


def make(**options):
    return Runtime()
"""


@pytest.fixture(autouse=True)
def masked(install: Callable[..., Path], fake_runtime: Callable[..., None]) -> None:
    """A method that cannot do without a mask of its own, as another package brings it."""
    install("masked-style", {"masked": "masked:SPEC"}, {"masked.py": MASKED})


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    """A mask whose left half is white."""
    white = np.zeros((48, 64, 3), np.float32)
    white[:, :32] = 1
    save_image(tmp_path / "Left half.png", white)
    return tmp_path / "Left half.png"


@pytest.fixture
def asked(plan: Callable[..., Plan], mask: Path) -> Callable[..., Plan]:
    """A plan for the method with the mask."""

    def make(**fields: Any) -> Plan:
        method = {"methods": (MethodPlan(name="masked"),), "choice": Choice(method="masked")}
        return plan(**{**method, "aids": {"mask": (mask,)}, "final_size": 64, **fields})

    return make


def test_the_file_is_copied_and_a_resume_brings_the_same(asked: Callable[..., Plan], mask: Path, home: Path) -> None:
    with hold_study(asked(), home) as (handle, resumed):
        assert not resumed and handle.plan.aids == {"mask": (Path("inputs/aid-mask-1.png"),)}
    assert (home / "s/inputs/aid-mask-1.png").read_bytes() == mask.read_bytes()
    assert Plan.from_yaml((home / "s/plan.yaml").read_text()) == load_record(home, "s").plan
    kept = mask.rename(mask.with_name("elsewhere.png"))
    for again in (asked(), asked(aids={"mask": (kept,)}), Plan.from_yaml((home / "s/plan.yaml").read_text())):
        with hold_study(again, home) as (_, resumed):
            assert resumed

    picture = load_image(kept).pixels
    save_image(kept, 1 - picture, overwrite=True)
    with (
        pytest.raises(BadInput, match="study s cannot be resumed: the files given with --with differ: mask"),
        hold_study(asked(aids={"mask": (kept,)}), home),
    ):
        pass


def test_what_cannot_be_used_is_refused_before_anything_is_written(
    asked: Callable[..., Plan], mask: Path, home: Path, tmp_path: Path
) -> None:
    save_image(tmp_path / "plain.png", np.ones((48, 64, 3), np.float32))
    (tmp_path / "mask.txt").touch()
    for aids, why in (
        ({}, "masked needs --with mask=FILE"),
        ({"mask": (mask, mask)}, "2 files for mask"),
        ({"mask": (tmp_path / "gone.png",)}, "there is no file .*gone.png"),
        ({"mask": (tmp_path / "mask.txt",)}, "mask.txt cannot be used for mask"),
        ({"mask": (tmp_path / "plain.png",)}, "plain.png is of one colour"),
        ({"maks": (mask,)}, "unknown aid 'maks'"),
    ):
        with pytest.raises(BadInput, match=why), hold_study(asked(aids=aids), home):
            pass
    assert not home.exists()


def test_a_search_uses_it_and_its_recipe_and_report_name_it(
    asked: Callable[..., Plan], mask: Path, home: Path, tmp_path: Path, pictures: tuple[Path, Path]
) -> None:
    from autostyle.tuning.runner import tune

    record: StudyRecord = tune(asked(trials=3), home, offline=True, device="cpu", runtime="masked:make")
    best = load_image(home / "s/best.png").pixels[..., 0]
    amounts = record.trial(record.best or 0).params
    assert best[0, 0] == pytest.approx(amounts["amount"], abs=0.01)
    assert best[0, -1] == pytest.approx(amounts["floor"], abs=0.01)

    export(record)
    recipe = recipes.load(home / "s/recipe.json")
    assert [(one.name, one.sha256) for one in recipe.aids["mask"]] == [("aid-mask-1.png", sha256(mask))]
    assert "mask" not in recipe.params
    told = json.loads((home / "s/report.json").read_text())["aids"]
    assert told == {"mask": [{"file": "inputs/aid-mask-1.png", "name": "Left half.png", "sha256": sha256(mask)}]}
    assert "With mask: Left half.png" in (home / "s/report.md").read_text()
    page = (home / "s/report.html").read_text()
    assert "Left half.png" in page and 'alt="With mask"' in page

    assert recipes.aids(recipe, home / "s/recipe.json") == {"mask": (home / "s/inputs/aid-mask-1.png",)}
    alone = (home / "s/recipe.json").rename(tmp_path / "recipe.json")
    with pytest.raises(BadInput, match=r"mask \(aid-mask-1.png\) is not beside this recipe") as caught:
        recipes.aids(recipe, alone)
    assert caught.value.hint == "name the file: --with mask=FILE"


def test_one_run_has_it_in_its_recipe_and_the_recipe_runs_with_it_or_with_another(
    mask: Path, pictures: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import masked  # type: ignore[import-not-found]

    monkeypatch.setattr(studio, "real", masked.make)
    monkeypatch.syspath_prepend(Path(__file__).parent)
    line, out = Line(), tmp_path / "made/out.png"  # not beside the mask
    reporter = Reporter(line)  # type: ignore[arg-type]
    request = {"content": pictures[0], "styles": [pictures[1]], "method": "masked", "out": out, "size": 64}
    with pytest.raises(BadInput, match="masked needs --with mask=FILE"):
        stylize(requests.StylizeRequest.model_validate(request), reporter)
    stylize(requests.StylizeRequest.model_validate({**request, "aids": {"mask": [mask]}}), reporter)
    first = load_image(out).pixels
    assert first[0, 0, 0] > 0.6 and first[0, -1, 0] == 0

    other = tmp_path / "right.png"
    save_image(other, 1 - load_image(mask).pixels)

    def applied(**fields: Any) -> dict[str, Any]:
        asked = {"recipe": out, "inputs": [pictures[0]], "outputs": [tmp_path / "again/photo.png"], **fields}
        return apply(requests.ApplyRequest.model_validate(asked), reporter)

    with pytest.raises(BadInput, match=r"mask \(Left half.png\) is not beside this recipe"):
        applied()
    applied(aids={"mask": [mask]})
    assert (load_image(tmp_path / "again/photo.png").pixels == first).all()
    assert applied(aids={"mask": [mask]})["images"][0]["kept"]
    assert "exists" in applied(aids={"mask": [other]})["failed"][0]["error"], "another mask makes another picture"
    applied(aids={"mask": [other]}, force=True)
    assert load_image(tmp_path / "again/photo.png").pixels[0, 0, 0] == 0
    assert {"type": "note", "text": "mask is another file than this recipe was made with"} in line.sent

    again = requests.ReproduceRequest(recipe=out, pictures=pictures, aids={"mask": (mask,)})
    assert reproduce(again, reporter)["difference"] == {"style": 0, "content": 0}
    with pytest.raises(BadInput, match="mask is another file than this recipe was made with"):
        reproduce(again.model_copy(update={"aids": {"mask": (other,)}}), reporter)
    beside = out.with_name(mask.name)
    beside.write_bytes(mask.read_bytes())
    assert recipes.aids(recipes.load(out), out) == {"mask": (beside,)}


def test_the_command_line_names_it(mask: Path, pictures: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["methods", "masked", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["aids"]["mask"] == {
        "help": "A picture, white where the style goes.", "endings": [".png"], "required": True, "many": False
    }  # fmt: skip
    for words, why in (
        (["--with", "mask"], "--with 'mask' is no NAME=FILE"),
        (["--with", f"cameras={mask}"], "unknown aid 'cameras'"),
        (["--with", "mask=gone.png"], "there is no file"),
        (["-p", "mask=gone.png"], "there is no file"),
    ):
        assert app.run(["tune", *map(str, pictures), "-m", "masked", *words]) == 2
        assert why in capsys.readouterr().err


def test_no_file_outside_its_folder_is_an_aid_of_a_study(asked: Callable[..., Plan], home: Path, mask: Path) -> None:
    from autostyle.tuning.handle import PLAN

    with hold_study(asked(), home) as (handle, _):
        plan = {**handle.revisions()[-1]["plan"], "aids": {"mask": [str(mask)]}}
        handle.append(PLAN, {"when": "now", "what": ["aids"], "why": "", "plan": plan})
        with pytest.raises(BadInput, match="names a file outside of its folder"):
            _ = handle.plan


def test_a_recipe_cannot_make_a_method_take_what_it_does_not_know(asked: Callable[..., Plan], tmp_path: Path) -> None:
    data = {
        "schema": 1, "method": "adain", "params": {}, "size": 64, "content": {"name": "a.png"},
        "styles": [{"name": "b.png"}], "aids": {"mask": [{"name": "m.png", "sha256": "0" * 64}]},
    }  # fmt: skip
    with pytest.raises(BadInput, match="unknown aid 'mask'"):
        recipes.aids(recipes.parse(data), tmp_path / "recipe.json")
    with pytest.raises(BadInput, match="plain file name"):
        recipes.parse({**data, "aids": {"mask": [{"name": "../m.png"}]}})
