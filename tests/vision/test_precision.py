"""Whether bfloat16 pays is measured once for each kind of processor."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.vision import precision


def test_what_one_processor_does_is_not_believed_of_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    measured: list[str] = []
    processor = "one with instructions for it"

    def pays() -> bool:
        precision.pays.cache_clear()  # as another process
        return precision.pays("cpu")

    def measure(device: str) -> bool:
        measured.append(processor)
        return processor.startswith("one with ")

    monkeypatch.setattr(precision, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.setattr(precision, "_processor", lambda: processor)
    monkeypatch.setattr(precision, "_measured", measure)
    try:
        assert [pays(), pays()] == [True, True]
        processor = "an older one"
        assert [pays(), pays()] == [False, False]
        assert measured == ["one with instructions for it", "an older one"]
    finally:
        precision.pays.cache_clear()
