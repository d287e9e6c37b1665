"""Pictures and clips: reading, writing, sizes and colour. No torch.

image.py    load_image, save_image, resize, webp_thumbnail
color.py    luminance_only, match_color, recolored, palette
recipe.py   read_recipe, the recipe that travels inside a PNG
clip.py     Clip, ClipFile; clip_reader.py probe, shown, frames, lively, clip; clip_writer.py clip_writer
            they stand on clip_container.py (streams, packets), clip_clock.py (times), clip_color.py, clip_fields.py
            (interlacing), clip_sound.py and clip_gif.py
transparency.py   filled, visible_box: nothing depends on what nobody sees
decode.py, cicp.py, icc.py, png.py   what image.py and recipe.py stand on
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
"""A picture: shape (H, W, 3), sRGB, values 0..1."""
