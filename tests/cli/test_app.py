"""The frame of the command line: options anywhere, two lines for an error, one object for a script."""

import json
from pathlib import Path

import pytest

from autostyle.cli import app
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory, a config folder and a log folder of the test's own."""
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("line", "front", "rest"),
    [
        ("tune a b --offline --device cpu", ["--offline", "--device", "cpu"], ["tune", "a", "b"]),
        ("--home=x tune a -v -p k=1", ["--home=x", "-v"], ["tune", "a", "-p", "k=1"]),
        ("apply r -- --json", [], ["apply", "r", "--", "--json"]),
        ("tune --device", [], ["tune", "--device"]),
    ],
)
def test_global_options_stand_anywhere(line: str, front: list[str], rest: list[str]) -> None:
    assert app.hoist(line.split()) == (front, rest)


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("nothing", 2, "No such command"),
        ("methods nothing", 2, "unknown method"),
        ("methods --sideways", 2, "No such option"),
        ("methods --device abacus", 2, "no device"),
        ("methods --device", 2, "--device"),
    ],
)
def test_a_bad_line_is_two_lines_and_a_code(
    line: str, code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.run(line.split()) == code
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert first.startswith("error: ") and message in first
    assert second.startswith("hint: ")
    assert out == ""


@pytest.mark.parametrize("line", ["nothing --json", "methods nothing --json"])
def test_with_json_an_error_is_an_object_too(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(line.split()) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["exit_code"]) == (1, 2)
    assert told["error"] and told["hint"]


def test_verbose_adds_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    app.run(["methods", "nothing", "-v"])
    assert "Traceback" in capsys.readouterr().err


def test_a_bug_says_where_its_log_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("autostyle.methods.registry.METHODS", None)
    assert app.run(["methods"]) == 1
    err = capsys.readouterr().err
    log = next((tmp_path / "state").rglob("*.log"))
    assert str(log) in err and "Traceback" not in err
    assert "Traceback" in log.read_text()


def test_steering_characters_in_a_name_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    app.run(["methods", "\x1b[31mred\nerror: forged"])
    err = capsys.readouterr().err
    assert "\x1b" not in err and len(err.splitlines()) == 2


def test_methods_tells_what_is_built_and_what_is_planned(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert app.run(["methods", "--json"]) == 0
    methods = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert methods["gatys"].keys() >= {"name", "title", "medium", "rows", "status", "available", "needs", "params"}
    assert (methods["gatys"]["status"], methods["gatys"]["available"]) == ("built", True)
    assert (methods[PLANNED]["status"], methods[PLANNED]["available"]) == ("planned", False)
    assert (methods["ip_adapter"]["status"], methods["ip_adapter"]["available"]) == ("built", False)
    assert "autostyle weights get sdxl ip_adapter_sdxl image_encoder" in methods["ip_adapter"]["missing"]
    parameter = methods["gatys"]["params"]["style_weight"]
    assert parameter.keys() >= {"type", "default", "low", "high", "log", "choices", "help"}


def test_a_file_that_only_a_person_has_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["methods", "style_lora", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["asks"] == ["lora"] and told["aids"]["lora"].items() >= {"required": True, "many": True}.items()
    app.run(["methods", "style_lora"])
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("--with lora "))
    assert "yours to give" in row
