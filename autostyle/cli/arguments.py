"""Arguments and options that several commands share."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated

import typer

ContentArgument = Annotated[Path, typer.Argument(help="The picture or clip to stylize.", show_default=False)]
StylesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Style pictures; several are blended.", show_default=False)
]
StyleWeightOption = Annotated[
    list[float] | None,
    typer.Option("--style-weight", help="Share of a style picture, once for each in order; default: equal."),
]
AssignOption = Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set a parameter.")]
AidOption = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="NAME=FILE", help="A file that the method works with: lora=brand.safetensors."),
]
PromptOption = Annotated[str | None, typer.Option(help="Words for methods that take a prompt.")]
SizeOption = Annotated[
    str | None,
    typer.Option(
        metavar="PX|own",
        help="Long side in pixels; default the picture's own, as far as it takes minutes; own: however long it takes.",
    ),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(help="What gatys sees with: embedded, vgg16, vgg19; auto (default) is the largest that is here."),
]
SeedOption = Annotated[int, typer.Option(help="Seed of everything random.", min=0)]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite existing outputs.")]
StudyArgument = Annotated[
    str, typer.Argument(metavar="STUDY", help="As `autostyle studies` lists it.", show_default=False)
]
StorageOption = Annotated[
    str | None, typer.Option(help="Optuna storage URL; default HOME/autostyle.db.", show_default=False)
]
ConsentOption = Annotated[
    bool, typer.Option("--consent", help="The person whose voice is imitated has agreed to it, or it is your own.")
]
TrustOption = Annotated[
    bool, typer.Option("--trust", help="Take the study as your own from now on, though it was not made here.")
]
