"""diffusers, peft and transformers, imported once and in the right way; everything in this room takes them from here.

torchvision, which they import, is made importable first, and none writes bars or advice to the terminal.
"""

from __future__ import annotations

from typing import Any

from autostyle.vision import torchvision_cpu

torchvision_cpu.prepare()

import diffusers as _diffusers  # noqa: E402
import peft as _peft  # noqa: E402
import transformers as _transformers  # noqa: E402

# None is typed well enough to be checked against.
diffusers: Any = _diffusers
peft: Any = _peft
transformers: Any = _transformers

for _logging in (diffusers.utils.logging, transformers.utils.logging):
    _logging.set_verbosity_error()
    _logging.disable_progress_bar()

__all__ = ["diffusers", "peft", "transformers"]
