"""A LoRA is named by a path or a repository, with a weight, and several together."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.diffusion.lora_files import parse, weights
from autostyle.errors import BadInput


def test_a_list_of_files_has_weights(tmp_path: Path) -> None:
    for name in ("one", "two@work"):
        (tmp_path / f"{name}.safetensors").touch()

    text = f"{tmp_path}/one.safetensors@0.8, {tmp_path}/two@work.safetensors@1"
    assert parse(text) == [(tmp_path / "one.safetensors", 0.8), (tmp_path / "two@work.safetensors", 1.0)]


def test_weights_are_one_for_each_file_or_none_said() -> None:
    assert weights("", 2) == (1, 1) and weights(" 0.8, -1 ", 2) == (0.8, -1)
    for text in ("0.8", "0.8,1,1", "0.8,", "nan,1", "inf,1", "a,b"):
        with pytest.raises(BadInput, match="weight"):
            weights(text, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "no LoRA is named"), ("gone.safetensors", "no LoRA file"), ("a@b", "no weight")]
    + [(name, "no LoRA") for name in ("../x", "a/..", "a/b--c", "-/-", "a" * 300, "x\0y", "a" * 300 + "/b")],
)
def test_what_names_no_file_is_bad_input(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        parse(text)


def test_what_the_hubs_cache_holds_is_named_by_owner_and_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--brand--style"
    snapshot = repository / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("0" * 40)
    (snapshot / "one.safetensors").touch()

    assert parse("brand/style@0.5") == [(snapshot / "one.safetensors", 0.5)]
    (snapshot / "two.safetensors").touch()
    assert parse("brand/style/two.safetensors") == [(snapshot / "two.safetensors", 1.0)]
    with pytest.raises(BadInput, match="does not name one") as caught:
        parse("brand/style")
    assert "one.safetensors, two.safetensors" in caught.value.hint
    with pytest.raises(BadInput) as caught:
        parse("brand/other")
    assert "autostyle weights get brand/other" in caught.value.hint
