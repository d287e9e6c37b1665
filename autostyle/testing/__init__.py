"""Checks for methods of one's own: what every method promises, as test classes that pytest runs.

    from autostyle.testing import MethodContract
    from my_package.spec import SPEC

    class TestMine(MethodContract):
        spec = SPEC
        settings = {"steps": 2}  # what keeps a run short

:class:`MethodContract` holds a method of pictures to it, :class:`ClipMethodContract` one of clips,
:class:`AudioMethodContract` one of recordings, :class:`FontMethodContract` one of fonts,
:class:`SceneMethodContract` one of scenes; autostyle's own methods are held to the same classes.
:mod:`autostyle.testing.inputs` makes pictures and clips, :mod:`autostyle.testing.letters` a font,
:mod:`autostyle.testing.scenes` a scene, :mod:`autostyle.testing.tiny` writes diffusion models small enough for a test.
docs/extending.md tells the whole way.

Needs pytest: ``pip install 'autostyle[testing]'``. Nothing else in autostyle imports this package.
"""

from __future__ import annotations

try:
    import pytest
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("autostyle.testing needs pytest: pip install 'autostyle[testing]'") from missing

pytest.register_assert_rewrite("autostyle.testing.contract", "autostyle.testing.pictures", "autostyle.testing.clips")
pytest.register_assert_rewrite("autostyle.testing.scene_methods")
pytest.register_assert_rewrite("autostyle.testing.audio", "autostyle.testing.fonts")

from autostyle.testing.audio import AudioMethodContract  # noqa: E402
from autostyle.testing.clips import ClipMethodContract  # noqa: E402
from autostyle.testing.fonts import FontMethodContract  # noqa: E402
from autostyle.testing.pictures import MethodContract  # noqa: E402
from autostyle.testing.scene_methods import SceneMethodContract  # noqa: E402

__all__ = ["AudioMethodContract", "ClipMethodContract", "FontMethodContract", "MethodContract", "SceneMethodContract"]
