"""The registry: built methods are complete, planned ones answer with a plain "cannot yet"."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from autostyle.errors import BadInput, NotBuilt
from autostyle.mediums.registry import MEDIUMS
from autostyle.methods import registry
from autostyle.methods.installed import _unfit
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec
from autostyle.tuning.result import TrialResult
from autostyle.tuning.trial import excess
from tests.planned import SPEC

BUILT = [spec for spec in registry.OURS.values() if spec.built]


def name(spec: MethodSpec) -> str:
    return spec.name


def test_every_method_that_has_a_folder_is_registered() -> None:
    bases = {"diffusion", "one_pass"}
    folders = {file.parent.name for file in Path(registry.__file__).parent.glob("*/spec.py")} - bases

    assert {spec.name for spec in BUILT} == folders
    assert next(iter(registry.OURS)) == "gatys"


def test_names_are_keys_and_media_are_known() -> None:
    assert all(key == spec.name for key, spec in registry.OURS.items())
    assert {spec.medium for spec in registry.OURS.values()} <= set(MEDIUMS)


@pytest.mark.parametrize("spec", BUILT, ids=name)
def test_ours_declare_what_is_asked_of_other_packages(spec: MethodSpec) -> None:
    assert _unfit(spec, spec.name) == ""


def test_no_two_methods_are_called_the_same() -> None:
    called = [way for spec in registry.OURS.values() for way in {spec.name, *spec.aliases}]

    assert len(called) == len(set(called))


@pytest.mark.parametrize("spec", BUILT, ids=name)
def test_a_built_method_is_complete(spec: MethodSpec) -> None:
    assert spec.params is not None
    assert spec.run is not None
    assert find_spec(spec.run.partition(":")[0]) is not None
    assert spec.source


LIMITED = [
    spec
    for spec in BUILT
    if spec.medium == "image" and not spec.table and str(spec.run).startswith("autostyle.methods")
]
"""Those that paint pictures for people: a training's proxy is no such one."""


@pytest.mark.parametrize("spec", LIMITED, ids=name)
def test_a_picture_that_shows_things_of_the_style_picture_is_over_the_limit_of_its_method(spec: MethodSpec) -> None:
    leaking = TrialResult(state="complete", scores={"style": 0.9, "content": 0.5}, raw={"leakage": MOST_LEAKAGE + 0.1})
    assert excess(spec.name, leaking) == pytest.approx({"leakage": 0.1})
    proper = leaking.model_copy(update={"raw": {"leakage": MOST_LEAKAGE}})
    assert excess(spec.name, proper) == {}


@pytest.mark.parametrize("spec", BUILT, ids=name)
def test_every_parameter_says_what_it_does_and_its_default_is_allowed(spec: MethodSpec) -> None:
    model = registry.params(spec.name)

    for info in model.info().values():
        assert len(info.help) > 12, info.name
        if info.choices is None:
            assert info.low is not None
            assert info.high is not None
            assert info.low <= info.default <= info.high
            assert info.low > 0 or not info.log
        else:
            assert info.default in info.choices


@pytest.mark.parametrize("spec", BUILT, ids=name)
def test_a_built_method_has_three_different_presets_that_parse(spec: MethodSpec) -> None:
    presets = [registry.params(spec.name).parse(dict(preset)) for preset in spec.presets]

    assert len(presets) >= 3
    assert len({preset.model_dump_json() for preset in presets}) == len(presets)


@pytest.mark.parametrize("spec", BUILT, ids=name)
def test_something_is_tuned(spec: MethodSpec) -> None:
    assert sum(info.tune for info in registry.params(spec.name).info().values()) >= 2


@pytest.mark.parametrize("spec", [spec for spec in BUILT if spec.asks], ids=name)
def test_what_only_a_person_can_fill_in_is_asked_for(spec: MethodSpec) -> None:
    files = {name: (Path("mine"),) for name in spec.asks}

    registry.complete(spec.name, {}, files)
    for aid in spec.aids:
        with pytest.raises(BadInput, match=f"0 files for {aid.name}"):
            registry.complete(spec.name, {}, {**files, aid.name: ()})
        if aid.required:
            with pytest.raises(BadInput, match=f"{spec.name} needs --with {aid.name}=") as caught:
                registry.complete(spec.name, {}, {name: files[name] for name in spec.asks if name != aid.name})
            assert caught.value.hint == aid.help


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("spec", [SPEC, *(spec for spec in registry.OURS.values() if not spec.built)], ids=name)
def test_naming_a_planned_method_is_a_plain_cannot_yet(spec: MethodSpec) -> None:
    for ask in (registry.find_built, registry.params, registry.create):
        with pytest.raises(NotBuilt, match=r"^cannot yet: ") as caught:
            ask(spec.name)

    assert caught.value.exit_code == 3
    assert bool(re.search(r"\bgatys\b", caught.value.hint)) == (spec.medium == "image")
    absent = [other.name for other in BUILT if not registry.runs_here(other)]
    assert absent and not {*re.findall(r"\w+", caught.value.hint)} & {*absent}, "only what runs on this machine"


def test_an_unknown_name_lists_what_runs() -> None:
    with pytest.raises(BadInput, match="unknown method 'gatsy'") as caught:
        registry.find("gatsy")

    assert ", ".join(spec.name for spec in BUILT) in caught.value.hint
    assert caught.value.hint.startswith("did you mean gatys?")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("gatsy", "gatys"),
        ("Gatys", "gatys"),
        ("adian", "adain"),
        ("contolnet", "controlnet"),
        ("oils", None),
        ("x", None),
    ],
)
def test_a_misspelt_name_is_near_the_one_that_is_meant(misspelt: str, meant: str | None) -> None:
    assert registry.nearest(misspelt) == meant
