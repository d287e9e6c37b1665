"""Diffusion models small enough for a test, on disk as the real ones: ``python -m autostyle.testing.tiny DIR``.

Layouts are those of the published models; only the networks are narrow, and their numbers random. At the true widths
they serve to measure time and memory. The folder they are written to is one that ``AUTOSTYLE_WEIGHTS`` can name, or
``Weights(yours=folder)``.

    models.py   write_all, write_base: base models whole
    parts.py    what goes with them: adapters, ControlNets, encoders
    ldm.py      the same tensors under the names of single files and LoRA files
    sizes.py    how wide everything is
"""
