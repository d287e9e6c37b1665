"""torchvision beside a torch its binary was not built for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from autostyle.vision import torchvision_cpu

LOADABLE = Path(torch.__file__).parent / "lib" / "libc10.so"


def test_a_binary_that_is_no_library_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "_C.so").write_bytes(b"built for another machine")
    assert not torchvision_cpu.loads(tmp_path)


def test_a_missing_binary_does_not_load(tmp_path: Path) -> None:
    assert not torchvision_cpu.loads(tmp_path)


@pytest.mark.skipif(not LOADABLE.exists(), reason="no libc10.so in this torch")
def test_a_sound_binary_loads(tmp_path: Path) -> None:
    (tmp_path / "_C.so").symlink_to(LOADABLE)
    assert torchvision_cpu.loads(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("sound", [True, False])
def test_schemas_are_defined_only_where_the_binary_failed(tmp_path: Path, sound: bool) -> None:
    """In a process of its own: schemas are global and can be defined only once."""
    package = tmp_path / "torchvision"
    package.mkdir()
    (package / "__init__.py").touch()
    if sound and not LOADABLE.exists():
        pytest.skip("no libc10.so in this torch")
    if sound:
        (package / "_C.so").symlink_to(LOADABLE)
    else:
        (package / "_C.so").write_bytes(b"built for another machine")
    code = (
        "import torch; from autostyle.vision import torchvision_cpu as cure; cure.prepare(); cure.prepare();"
        "print([hasattr(torch.ops.torchvision, name) for name in ('nms', 'qnms')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(tmp_path)}
    )
    assert found.stdout.strip() == str([not sound] * 2)


@pytest.mark.slow
def test_torchvision_imports_on_this_machine_whichever_torch_it_has() -> None:
    code = "from autostyle.vision import torchvision_cpu; torchvision_cpu.prepare(); import torchvision.models"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
