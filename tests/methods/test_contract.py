"""Every built method of pictures keeps the contract, as methods of other packages do: autostyle.testing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import save_file

from autostyle.errors import BadInput
from autostyle.fingerprints import stamp
from autostyle.methods import registry
from autostyle.methods.adain.spec import AdaINParams
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, path_nearby, path_towards
from autostyle.methods.fast_net.run import FastStyle, loaded
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.microast.run import MicroAST
from autostyle.methods.params import ParamInfo, Value
from autostyle.methods.photo_wct.run import PhotoWCT
from autostyle.methods.spec import MethodSpec
from autostyle.methods.stylegan import run as stylegan
from autostyle.testing import MethodContract
from autostyle.testing.contract import Load, parameters_of
from autostyle.testing.inputs import scene
from autostyle.testing.pictures import CONTENT, OTHER, STYLE
from autostyle.vision.weights import Weights
from tests.nets import tiny_net, tiny_stylegan

BUILT = [spec for spec in registry.OURS.values() if spec.built and spec.medium == "image"]
DIFFUSION = [spec.name for spec in BUILT if spec.weights]
OF_GATYS = {"deep_photo", "nnst"}
SHORT_TRAINING = "fast_training"
STOOD_FOR = {*DIFFUSION[1:], *OF_GATYS, SHORT_TRAINING}
"""By the first of those that share an engine: diffusion's, that of gatys; tests/train/fast/test_proxy.py trains."""
LORA = "style_lora"


class Small(Weights):
    """The weights of this machine, and tiny diffusion models beside them, of which the smaller family is taken."""

    def base(self, name: str = "auto", sets: object = ()) -> str:
        return super().base("sd15")


def lora_of(method: AnyMethod) -> Path:
    """The tiny LoRA file."""
    folder: Path = method.engine.weights.yours  # type: ignore[attr-defined]
    return folder / "lora_sd15_kohya.safetensors"


class TestContract(MethodContract):
    devices = ("cpu", "cuda")
    net_file: Path
    stylegan_file: Path
    context = {"tv_weight": {"style_weight": 0.05}, "direction": {"amount": 2.0}}
    sizes = {"coarse": 192}  # at which the pyramid of gatys has a second size

    # tests/test_import_hygiene.py holds this against all of them at once.
    test_importing_the_spec_loads_no_torch = None

    @pytest.fixture(scope="class")
    @classmethod
    def weights(cls, tiny_models: Path) -> Weights:
        return Small(offline=True, yours=tiny_models)

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def net(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """A fast net that has learnt the pictures of these tests."""
        learnt = {"content": CONTENT, "style": STYLE, "other": OTHER, "long": scene(40, 400, 6)}
        cls.net_file = tiny_net(tmp_path_factory.mktemp("net") / "net.safetensors", learnt)
        cls.stylegan_file = cls.net_file.with_name("stylegan.safetensors")
        save_file(tiny_stylegan(16).state_dict(), cls.stylegan_file)
        return cls.net_file

    def specs(self) -> Sequence[MethodSpec]:
        return BUILT

    def marks(self, spec: MethodSpec, device: str) -> Sequence[pytest.MarkDecorator]:
        """Of the methods that share one engine, the first stands for all in the quick suite."""
        found = [pytest.mark.cuda] if device == "cuda" else []
        found += [pytest.mark.slow] if spec.name in STOOD_FOR else []
        return [*found, pytest.mark.thorough] if spec.name == SHORT_TRAINING else found

    def parameter_marks(self, spec: MethodSpec) -> Sequence[pytest.MarkDecorator]:
        """A generator's latents are looked for anew with each value."""
        return [pytest.mark.slow] if spec.name == "stylegan" else self.marks(spec, "cpu")

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        usual: dict[str, Value] = {"steps": 2} if method.spec.weights else {}
        if method.spec.name == SHORT_TRAINING:
            return {"steps": 3}
        if method.spec.name == "nnst":
            return {"steps": 4, "polish": 4}
        if method.spec.name == "stylegan":
            return {"inversion_steps": 5, "tuning_steps": 2}
        return {"steps": 4} if isinstance(method, Gatys) else usual

    def aids_of(self, method: AnyMethod) -> Aids:
        if isinstance(method, FastStyle):
            return {"net": (self.net_file,)}
        if isinstance(method, stylegan.StyleGAN):
            return {"network": (self.stylegan_file,)}
        return {"lora": (lora_of(method),)} if method.spec.name == LORA else {}

    def acts(self, spec: MethodSpec, parameter: str) -> bool:
        """What acts only with a mask is tried beside the masks: test_regions.py, gatys/test_objective.py; what others
        have of gatys, there."""
        of_gatys = spec.name in OF_GATYS and parameter in GatysParams.info()
        return not of_gatys and not parameters_of(spec).info()[parameter].aid

    def changed(self, method: AnyMethod, info: ParamInfo) -> Value:
        return "0.3" if info.name == "lora_weights" else super().changed(method, info)

    def network(self, method: AnyMethod) -> Any:
        if method.spec.weights:
            return method.engine.pipeline.unet
        if isinstance(method, PhotoWCT):
            return method.decoder.stage("relu1_1").below
        if isinstance(method, FastStyle):
            return loaded(self.net_file, stamp(self.net_file), "cpu")[0]
        if isinstance(method, stylegan.StyleGAN):
            return stylegan.loaded(self.stylegan_file, stamp(self.stylegan_file), "cpu").synthesis
        if method.spec.table or method.spec.name == SHORT_TRAINING:
            return None  # it is done with its network before it runs
        return method.network.encoders["content"] if isinstance(method, MicroAST) else method.encoder

    test_memory_is_freed_between_runs = pytest.mark.slow(MethodContract.test_memory_is_freed_between_runs)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"style_weight": 1e9}, "out of range"),
            ({"no_such": 1}, "unknown parameter"),
            ({"content_layers": "relu9_1"}, "no layer 'relu9_1'"),
            ({"content_layers": "relu5_4"}, "no layer 'relu5_4'"),
            ({"content_layers": "+"}, "content_layers is empty"),
        ],
    )
    def test_gatys_says_what_is_wrong_with_its_parameters(
        self, changes: dict[str, Value], words: str, load: Load
    ) -> None:
        with pytest.raises(BadInput, match=words) as caught:
            self.run(load(registry.find("gatys"), "cpu"), changes=changes)
        assert caught.value.hint


def test_another_size_needs_of_a_path_only_what_lies_near_its_end() -> None:
    path = (0.001, 0.05, 0.0625, 0.4, 0.5, 0.8, 1.2)
    assert path_nearby(GATYS, GatysParams(style_weight=2.0), path) == (0.0625, 0.4, 0.8)
    assert path_nearby(GATYS, GatysParams(style_weight=0.02), path[:1]) == path[:1]


def test_the_way_of_a_single_run_ends_short_of_its_ratio_and_stays_within_its_range() -> None:
    shares = GATYS.towards
    assert shares and list(shares) == sorted(shares) and shares[-1] < 1
    assert path_towards(GATYS, GatysParams(style_weight=2.0)) == tuple(2 * share for share in shares)
    assert path_towards(GATYS, GatysParams(style_weight=0.001)) == ()
    assert path_towards(registry.find("adain"), AdaINParams()) == ()
