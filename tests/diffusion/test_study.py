"""A tuned study over two diffusion methods, with real worker processes, and its report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from autostyle.codecs.clip_reader import probe
from autostyle.report import recipe as recipes
from autostyle.tuning.load import load_record

EXAMPLES = Path(__file__).parents[2] / "studies" / "examples"
QUICK = {"steps": 2, "guidance": 4.0}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_methods_are_searched_and_reported(
    tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tiny_models))
    plan = {
        "study": "both",
        "content": str(EXAMPLES / "content" / "astronaut.jpg"),
        "styles": [str(EXAMPLES / "styles" / "swirling-night-12.jpg")],
        "prompt": "an astronaut",
        "keywords": ["thick paint", "night blue"],
        "methods": [{"name": name, "fixed": QUICK} for name in ("ip_adapter", "instant_style")],
        "choice": {"method": "ip_adapter"},
        "budget": {"trials": 12},
        "size": 64,
        "final_size": 64,
        "encoder": "sd15",
    }
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(plan), "utf-8")
    command = [sys.executable, "-m", "autostyle", "tune", "--plan", str(tmp_path / "plan.yaml"), "--offline", "--json"]
    done = subprocess.run([*command, "--home", str(tmp_path)], capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)

    assert found["trials"] == {"total": 12, "pictures": 12, "complete": 12, "pruned": 0, "failed": 0}
    trials = load_record(tmp_path, "both").trials
    searched = {"ip_adapter": "adapter_scale", "instant_style": "style_scale"}
    for method, scale in searched.items():
        tried = {trial.params[scale] for trial in trials if trial.method == method}
        assert len(tried) > 2, f"the search did not move {scale}"
    assert all(float(trial.params.get("adapter_scale", 0)) < 1 for trial in trials)
    assert all(0 < trial.seconds_by["denoise"] < trial.seconds_by["run"] for trial in trials)

    named = {name.split(" (yours, ")[0] for name in found["weights"].values()}
    assert {"sd15", "image_encoder", "ip_adapter_sd15"} <= named
    page = Path(found["report"]).read_text("utf-8")
    assert "an astronaut" in page and "CreativeML Open RAIL-M" in page
    shares = dict(re.findall(r"<bdi>(\w+)</bdi>: <bdi>denoise</bdi> [^(]+\((\d+)&nbsp;%\)", page))
    assert shares.keys() == searched.keys() and all(0 < int(share) < 100 for share in shares.values())

    recipe = recipes.load(tmp_path / "both" / "recipe.json")
    assert recipe.prompt == "an astronaut, thick paint, night blue"
    again = [sys.executable, "-m", "autostyle", "reproduce", str(tmp_path / "both" / "recipe.json"), "--offline"]
    repeated = subprocess.run([*again, "--json"], capture_output=True, text=True, timeout=60)
    assert repeated.returncode == 0, repeated.stderr
    differences = json.loads(repeated.stdout)["difference"]
    assert differences == pytest.approx(dict.fromkeys(differences, 0), abs=1e-5)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.thorough
def test_a_picture_is_tuned_into_a_clip_and_words_alone_make_one(
    tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tiny_models))
    photo, style = EXAMPLES / "content" / "astronaut.jpg", EXAMPLES / "styles" / "swirling-night-12.jpg"
    asked = ["-m", "animatediff", "--prompt", "an astronaut", "-p", "frames=4", "-p", "fps=6", "-p", "steps=1"]
    asked += ["--size", "64", "--offline", "--json"]

    def autostyle(*words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "autostyle", *words, *(asked if words[0] != "apply" else asked[-4:])]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=200)
        assert done.returncode == 0, done.stderr
        made: dict[str, Any] = json.loads(done.stdout)
        return made

    found = autostyle("tune", str(photo), str(style), "--study", "moving", "--trials", "2", "--final-size", "64")
    best = probe(tmp_path / found["best"]["image"])
    assert (found["trials"]["complete"], best.path.name, best.frames, best.fps) == (2, "best.mp4", 4, 6)
    assert found["best"]["raw"]["temporal"] < 1, "how steady it is, is measured"

    made = probe(tmp_path / autostyle("stylize", str(style), "-o", "words.mp4")["image"])
    assert (made.frames, made.fps) == (4, 6)

    applied = autostyle("apply", "studies/moving/recipe.json", str(photo.parent / "coffee.jpg"), "-o", "others")
    assert [probe(tmp_path / made["image"]).frames for made in applied["images"]] == [4]
