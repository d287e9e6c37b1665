"""The job process as its parent sees it: results, errors, progress, a stop, a death."""

from __future__ import annotations

import ast
import os
import signal
import threading
from pathlib import Path
from typing import get_args

import pytest

from autostyle.errors import BadInput, Missing
from autostyle.jobs import child, requests
from autostyle.jobs.parent import JobFailed, run
from autostyle.processes.process import Child
from autostyle.processes.protocol import ProtocolMessage


def logs(own_settings: Path) -> list[Path]:
    return list((own_settings / "state").rglob("job-*.log"))


def asked(folder: Path, **fields: object) -> requests.StylizeRequest:
    data = {"content": folder / "photo.png", "styles": [folder / "paint.png"], "method": "gatys", "size": 64}
    return requests.StylizeRequest.model_validate({**data, "out": folder / "out.png", "offline": True, **fields})


def test_every_request_has_a_function_that_carries_it_out() -> None:
    assert set(get_args(get_args(requests.AnyRequest)[0])) == child.WORK.keys()
    for request, target in child.WORK.items():
        module, _, name = target.partition(":")
        tree = ast.parse(Path(child.__file__).with_name(f"{module}.py").read_text("utf-8"))
        [found] = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
        assert ast.unparse(found.args.args[0].annotation or found) == request.__name__


def test_an_error_arrives_as_itself_and_leaves_no_log(folder: Path, own_settings: Path) -> None:
    (folder / "photo.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match="no picture") as error:
        run(asked(folder))
    assert error.value.hint
    assert logs(own_settings) == []


def test_a_job_at_work_has_no_log_to_leave_behind(
    folder: Path, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "photo.png").write_bytes(b"no picture")
    send, seen = Child.send, []

    def look(self: Child, type: str, /, **fields: object) -> None:
        seen.append(logs(own_settings))
        send(self, type, **fields)

    monkeypatch.setattr(Child, "send", look)
    with pytest.raises(BadInput):
        run(asked(folder))
    assert seen and not any(seen)


def test_a_job_that_dies_leaves_its_log(folder: Path, own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Child.send

    def kill_instead(self: Child, type: str, /, **fields: object) -> None:
        if type == "job":
            os.kill(self.pid, signal.SIGKILL)
        send(self, type, **fields)

    monkeypatch.setattr(Child, "send", kill_instead)
    with pytest.raises(JobFailed, match="-9") as error:
        run(asked(folder))
    assert [str(log) in error.value.hint for log in logs(own_settings)] == [True]


@pytest.mark.slow
def test_describe_tells_torch_and_device() -> None:
    found = run(requests.DescribeRequest(device="cpu"))
    assert found["device"] == "cpu" and found["torch"]


@pytest.mark.slow
def test_a_device_that_is_not_here_is_told(folder: Path) -> None:
    assert "cuda:99" in run(requests.DescribeRequest(device="cuda:99"))["missing"]["what"]
    with pytest.raises(Missing, match="cuda:99"):
        run(asked(folder, device="cuda:99"))


@pytest.mark.slow
def test_a_stop_ends_a_long_run_with_the_best_so_far(folder: Path) -> None:
    stop = threading.Event()
    seen: list[ProtocolMessage] = []

    def on_message(message: ProtocolMessage) -> None:
        seen.append(message)
        if message["type"] == "progress":
            stop.set()

    done = run(asked(folder, params={"steps": 500}), on_message, stop)
    assert done["stopped"]
    assert Path(done["image"]).is_file()
    assert all(message["step"] < message["steps"] for message in seen if message["type"] == "progress")
