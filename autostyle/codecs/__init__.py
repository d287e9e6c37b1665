"""Pictures, clips and recordings: reading, writing, sizes and colour. No torch.

image.py    load_image, save_image, resize, webp_thumbnail
color.py    luminance_only, match_color, recolor, palette
recipe.py   read_recipe, the recipe that travels inside a PNG
clip.py     Clip, ClipFile; clip_reader.py probe, read_frames, frames, lively, clip; clip_writer.py clip_writer
            they stand on clip_container.py (streams, packets), clip_clock.py (times), clip_color.py, clip_fields.py
            (interlacing), clip_transparency.py, clip_sound.py and clip_gif.py
recording.py      Recording: sound in memory; recording_file.py read_recording, write_recording
transparency.py   fill_hidden, visibility, resize_visible, mostly_visible, visible_box: what nobody sees counts nowhere
preview.py   preview: small, quick, to look at only
decode.py   decode: the reader for each format and what they share; plain.py, tiff.py, heif.py, jxl.py and rare.py read,
            boxes.py, png.py, png_colors.py and yuv.py help them, samples.py and levels.py say what they hand over
color_space.py as_srgb: what a file's colours mean; cicp.py and icc.py convert
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
"""A picture: shape (H, W, 3), sRGB, values 0..1."""
ColorTable = NDArray[np.float32]
"""What becomes of each colour, shape (side, side, side, 3), by blue, green and red: see lut_files.py."""
Visibility = NDArray[np.float32]
"""How far each place of a picture is to be seen: shape (H, W), 0 (hidden: a fill stands there) to 1. Where all of a
picture is to be seen, None stands for it."""
