"""The app's own two looks; Textual's others are there for whoever likes them."""

from __future__ import annotations

from textual.theme import Theme

MUTED = "$foreground 60%"
"""Style of what matters less; ``$text-muted`` means nothing within a line of text."""

DARK = Theme(
    name="autostyle-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#b48ead",
    accent="#e0a458",
    success="#8fbf7f",
    warning="#e5c07b",
    error="#e06c75",
    foreground="#dcdfe4",
    background="#15181d",
    surface="#1b1f26",
    panel="#242a33",
    variables={
        "footer-key-foreground": "#e0a458",
        "block-cursor-background": "#3a4350",
        "block-cursor-foreground": "#ffffff",
    },
)
LIGHT = Theme(
    name="autostyle-light",
    dark=False,
    primary="#2f6690",
    secondary="#7b4b8a",
    accent="#a85a00",
    success="#2e7d32",
    warning="#8a6100",
    error="#b3261e",
    foreground="#20242a",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e6e3da",
    variables={
        "footer-key-foreground": "#a85a00",
        "block-cursor-background": "#cfd8e3",
        "block-cursor-foreground": "#000000",
    },
)
THEMES = (DARK, LIGHT)
