"""A request that cannot be carried out: an exit code, two lines, an object with --json, and nothing on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

LINES = [
    ("stylize photo.png paint.png -o out.xyz", 2, "ending"),
    ("stylize photo.png paint.png -o photo.png", 2, "one of the inputs"),
    ("stylize photo.png paint.png -o photo.png --force", 2, "one of the inputs"),
    ("stylize photo.png paint.png -o kept.png", 2, "exists"),
    ("stylize photo.png paint.png", 2, "--out"),
    ("stylize photo.png -o out.png", 2, "style picture is missing"),
    ("stylize gone.png paint.png -o out.png", 2, "no file gone.png"),
    ("stylize photo.png paint.png -o out.png -m oils", 2, "unknown method"),
    (f"stylize photo.png paint.png -o out.png -m {PLANNED}", 3, "cannot yet"),
    ("stylize photo.png paint.png -o out.png -p colour=1", 2, "unknown parameter"),
    ("stylize photo.png paint.png -o out.png -p style_weight=1e9", 2, "out of range"),
    ("stylize photo.png paint.png -o out.png -p style_weight", 2, "name=value"),
    ("stylize photo.png paint.png -o out.png --style-weight 1 --style-weight 2", 2, "2 style weights for 1"),
    ("stylize photo.png paint.png -o out.png --size 7", 2, "size 7 is out of range"),
    ("stylize clip.mp4 paint.png -o out.png", 2, "no ending of a clip we write"),
    ("stylize clip.mp4 paint.png -o out.mp4", 2, "clip.mp4 is no clip"),
    ("stylize photo.png clip.mp4 -o out.png", 3, "clip.mp4 is video"),
    ("tune clip.mp4 paint.png", 2, "clip.mp4 is no clip"),
    ("stylize letters.ttf paint.png -o out.ttf", 2, "letters.ttf is no font that can be read"),
    ("stylize voice.wav paint.png -o out.png", 3, "takes only recordings"),
    ("stylize room.ply paint.png -o out.ply", 2, "room.ply is damaged"),
    ("apply gone.json photo.png -o styled", 2, "no recipe gone.json"),
    ("apply photo.png gone.png -o styled", 2, "photo.png holds no recipe"),
    ("apply photo.png photo.png -o styled", 2, "photo.png holds no recipe"),
    ("reproduce gone.json", 2, "no recipe gone.json"),
    ("tune", 2, "content picture is missing"),
    ("tune photo.png", 2, "style picture is missing"),
    ("tune gone.png paint.png", 2, "no file gone.png"),
    ("tune photo.png clip.mp4", 3, "cannot yet"),
    ("tune photo.png paint.png --trials 0", 2, "--trials"),
    ("tune photo.png paint.png --prefer loud", 2, "no preference"),
    ("tune photo.png paint.png --prefer 1.5", 2, "prefer"),
    ("tune photo.png paint.png --study Ab/..", 2, "study"),
    ("tune photo.png paint.png -p colour=1", 2, "unknown parameter"),
    ("tune photo.png paint.png -m stylegan", 2, "network"),
    ("tune --study nothing", 2, "no study 'nothing'"),
    ("tune --plan gone.yaml", 2, "gone.yaml"),
    ("tune --plan kept.png", 2, "kept.png"),
    ("report nothing", 2, "no study 'nothing'"),
    ("report ../nothing", 2, "no name for a study"),
    ("studies rm nothing", 2, "no study 'nothing'"),
    ("studies rm ..", 2, "no name for a study"),
    ("studies --storage nosuchdb://ann:secret@host/x", 2, "no database URL"),
    ("studies rm nothing --storage sqlite:///x.db", 2, "no study 'nothing'"),
    ("studies --storage sqlite:///x.db rm nothing", 2, "no study 'nothing'"),
    ("report nothing --storage sqlite:///x.db", 2, "no study 'nothing'"),
    ("worker --study nothing", 2, "no study 'nothing'"),
    ("worker --study nothing --storage sqlite:///x.db", 2, "no study 'nothing'"),
    ("dashboard", 2, "no studies"),
    ("dashboard --storage sqlite:///x.db", 2, "no studies"),
    ("dashboard --offline", 4, "--offline"),
    ("stylize photo.png paint.png -o out.png --encoder eye", 2, "no model is called 'eye'"),
    ("stylize photo.png paint.png -o out.png --encoder vgg16", 3, "'vgg16' are not on this machine"),
    ("stylize photo.png paint.png -o out.png -m adain --encoder embedded", 2, "adain would not see with embedded"),
    ("tune photo.png paint.png -m adain --encoder embedded", 2, "adain would not see with embedded"),
    ("tune photo.png paint.png --encoder vgg16", 3, "'vgg16' are not on this machine"),
    ("weights get nothing", 2, "no weights"),
    ("weights get vgg19 --offline", 3, "--offline forbids"),
    ("methods nothing", 2, "unknown method"),
    ("styles nothing", 2, "nothing"),
    ("save nothing", 2, "no study 'nothing'"),
    ("watch nowhere --recipe photo.png -o styled", 2, "no folder"),
    ("watch models --recipe photo.png -o styled", 2, "photo.png holds no recipe"),
    ("tune photo.png paint.png --queue --storage sqlite:///x.db", 2, "keeps no --storage"),
    ("queue rm nothing", 2, "no 'nothing' in the queue"),
    ("queue rm nothing --all", 2, "which request"),
    ("queue move nothing 1", 2, "no 'nothing' in the queue"),
    ("serve --offline", 4, "--offline"),
    ("mcp --allow nowhere", 2, "no folder"),
    ("tune photo.png paint.png -m style_lora", 2, "style_lora needs --with lora="),
    ("tune photo.png paint.png -m style_lora -p lora=", 2, "no LoRA is named"),
    ("tune photo.png paint.png -m style_lora -p lora=gone.safetensors", 2, "no LoRA file gone.safetensors"),
    ("stylize photo.png paint.png -m style_lora -o out.png", 2, "style_lora needs --with lora="),
]


@pytest.fixture
def files(alone: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[Path]]:
    """The files here, among them one of every other medium and one that must stay as it is."""
    monkeypatch.setenv("TORCH_HOME", str(alone / "no-weights"))
    (alone / "models" / "sd15").mkdir(parents=True)  # as far as a glance tells, a base model
    (alone / "models" / "sd15" / "model_index.json").touch()
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(alone / "models"))
    for name in ("clip.mp4", "letters.ttf", "voice.wav", "room.ply"):
        (alone / name).write_bytes(b"\0")
    (alone / "kept.png").write_bytes(b"\xff\0kept")
    return lambda: set(alone.rglob("*"))


@pytest.mark.parametrize(("line", "code", "message"), LINES, ids=[line for line, _, _ in LINES])
def test_is_told_in_two_lines_and_changes_nothing(line, code, message, autostyle, files) -> None:  # type: ignore[no-untyped-def]
    before = files()
    done = autostyle(line)
    assert (done.code, done.out) == (code, "")
    *narrated, error, hint = done.err.splitlines()
    assert not any("fetching" in said for said in narrated)
    assert error.startswith("error: ") and message in error
    assert hint.startswith("hint: ")
    assert "Traceback" not in done.err
    assert files() == before


@pytest.mark.parametrize(
    ("line", "code"), [("stylize gone.png -o x.png", 2), ("tune photo.png clip.mp4", 3), ("dashboard --offline", 4)]
)
def test_is_an_object_with_json(line, code, autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle(f"{line} --json")
    assert done.code == code
    assert done.data["schema"] == 1 and done.data["error"] and done.data["hint"]
    assert done.data["templates"]["error"].format_map(done.data["values"]) == done.data["error"]
