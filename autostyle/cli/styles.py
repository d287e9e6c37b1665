"""``styles``: the style pictures that come with autostyle."""

from __future__ import annotations

import typer

from autostyle.cli.console import listing
from autostyle.cli.context import EVERYWHERE, Context

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def styles(ctx: Context) -> None:
    """List the ten style pictures that come with autostyle. A name may stand wherever a style picture may.

    Example: autostyle stylize photo.jpg stained-glass -o out.png
    """
    from autostyle.named_styles import FOLDER, NAMED_STYLES

    table = listing("style", "how it looks")
    for style in NAMED_STYLES:
        table.add_row(style.name, style.about)
    table.caption = f"their pictures: {FOLDER}"
    found = [
        {"name": style.name, "title": style.title, "about": style.about, "path": str(style.path)}
        for style in NAMED_STYLES
    ]
    ctx.obj.console.answer(found, table)
