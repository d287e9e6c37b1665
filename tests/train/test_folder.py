"""The folder of a training may come from somebody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.train.folder import TrainingFolder


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["checkpoint.safetensors", ".lock", "previews", "README.md"])
def test_a_training_goes_on_in_no_folder_that_leads_elsewhere(name: str, force: bool, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "lora").mkdir()
    (tmp_path / "lora" / name).symlink_to(tmp_path / "mine")
    with pytest.raises(BadInput, match="leads out of"):
        TrainingFolder(tmp_path / "lora", "model.safetensors").begun({}, force)
    (tmp_path / "lora" / name).unlink()
    os.mkfifo(tmp_path / "lora" / name)
    with pytest.raises(BadInput, match="is a pipe"):
        TrainingFolder(tmp_path / "lora", "model.safetensors").begun({}, force)
