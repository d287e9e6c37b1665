"""Keys and passwords are not written down; everything else is."""

from __future__ import annotations

import pytest

from autostyle.agent.redaction import redact_secrets


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefghijklmnop0123456789",
        "gsk_abcdefghijklmnopqrstuvwxyz",
        "hf_abcdefghijklmnopqrstuvwxyz",
        "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
        "Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
        "postgresql://me:geheim-geheim@db/studies",
    ],
)
def test_what_looks_like_a_secret_goes(text: str) -> None:
    assert redact_secrets(f"so {text} it is") != f"so {text} it is"
    assert "geheim" not in redact_secrets(text) and "abcdefghij" not in redact_secrets(text)


def test_the_keys_of_this_process_go_whatever_they_look_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", 'my "own" 열쇠')
    assert redact_secrets({"a": ['it is my "own" 열쇠!'], "b": 1}) == {"a": ["it is [key]!"], "b": 1}


def test_a_switch_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USE_API_KEY", "true")
    assert redact_secrets("true colours") == "true colours"


@pytest.mark.parametrize(
    "text", ["skateboarding-picture-of-the-year.jpg", "pk_holiday_photo_2024_final_final.jpg", "ask-me"]
)
def test_names_of_files_stay(text: str) -> None:
    assert redact_secrets(text) == text
