"""`weights` and `doctor`: what is here, what is missing, how to get it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from autostyle import doctor
from autostyle.config import Config, ModelConfig
from autostyle.errors import Missing
from autostyle.vision.registry import REGISTER

FOUND = {"torch": "2.13.0", "device": "cpu"}


@pytest.fixture
def server() -> Iterator[str]:
    """A model's server that wants a key."""

    class WantsKey(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(401)

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), WantsKey) as httpd:
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/v1"
        httpd.shutdown()


def examined(**settings: object) -> doctor.Health:
    return doctor.examine(Config(**settings), lambda: FOUND)  # type: ignore[arg-type]


def test_good_health_has_no_problems() -> None:
    health = examined().as_json()
    assert health["problems"] == []
    assert health.keys() >= {"device", "torch", "offline", "weights", "llm"}
    assert health["weights"]["encoder"] == "embedded"
    assert health["llm"] == {"model": None, "reachable": None}


def test_a_server_that_wants_a_key_is_reachable(server: str) -> None:
    assert examined(model=ModelConfig(name="openai/x", api_base=server)).reachable is True


def test_a_server_that_does_not_answer_is_a_problem() -> None:
    health = examined(model=ModelConfig(name="openai/x", api_base="http://127.0.0.1:9"))
    assert health.reachable is False and "127.0.0.1:9" in health.problems[-1].what


def test_offline_asks_nobody(server: str) -> None:
    assert examined(offline=True, model=ModelConfig(name="openai/x", api_base=server)).reachable is None


@pytest.mark.parametrize("address", ["file:///etc/passwd", "nonsense"])
def test_only_web_addresses_are_asked(address: str) -> None:
    assert doctor.answers(ModelConfig(api_base=address)) is False


def test_a_torch_that_does_not_load_is_a_problem() -> None:
    def broken() -> dict[str, str]:
        raise Missing("torch does not load", "install it")

    health = doctor.examine(Config(), broken)
    assert health.torch is None and health.problems[-1] == doctor.Problem("torch does not load", "install it")


def test_a_home_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written" in examined(home=tmp_path / "file" / "studies").problems[0].what


def test_a_package_of_the_wrong_version_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.metadata, "requires", lambda _: ["numpy<1", "no-such-package>=2", "x; extra == 'dev'"])
    wrong, absent = doctor.packages()
    assert wrong.what.startswith("numpy ") and wrong.fix == "pip install 'numpy<1'"
    assert absent.what == "no-such-package is not installed"


@pytest.mark.slow
def test_doctor_leaves_with_3_if_there_are_problems(autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle("doctor --json --device cuda:99")
    assert done.code == 3
    assert "cuda:99" in done.data["problems"][-1]["what"]


def test_weights_are_listed_with_licence_and_presence(autostyle) -> None:  # type: ignore[no-untyped-def]
    listed = {entry["id"]: entry for entry in autostyle("weights --json").data}
    assert listed["encoder"]["status"] == "embedded"
    assert listed["vgg19"]["licence"] and listed["vgg19"]["stand_in"] == "encoder"


def test_in_a_narrow_terminal_the_ids_stay_whole(autostyle, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COLUMNS", "60")
    first_words = {line.split()[0] for line in autostyle("weights").out.splitlines()}
    assert first_words >= REGISTER.keys()


def test_weights_that_are_here_are_not_fetched_again(autostyle) -> None:  # type: ignore[no-untyped-def]
    assert autostyle("weights get encoder --offline").out.strip().endswith("encoder.safetensors")
