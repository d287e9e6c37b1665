"""Low-pass filters, and features brought to another rate by them."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


def low_pass(taps: int, cutoff: float, half_width: float, rate: float, *, radial: bool = False) -> Tensor | None:
    """A filter that lets frequencies below ``cutoff`` pass, (taps,), or (taps, taps) where it is the same in all
    directions; None for one tap. Its sum is 1.

    Args:
        half_width: how far above the cutoff what passes is small.
        rate: of samples, in the unit of the frequencies.

    Source: Karras et al., Alias-Free Generative Adversarial Networks, NeurIPS 2021, appendix C.1: sinc and jinc under
    windows of Kaiser.
    """
    if taps == 1:
        return None
    window = np.kaiser(taps, _kaiser_shape(taps, 4 * half_width / rate))
    along = (np.arange(taps) - (taps - 1) / 2) / rate
    if radial:
        radius = np.hypot(along[:, None], along[None, :]).clip(1e-9 / rate)  # one tap may be in the middle
        jinc = torch.special.bessel_j1(torch.from_numpy(2 * np.pi * cutoff * radius)).numpy() / (np.pi * radius)
        found = jinc * window[:, None] * window[None, :]
    else:
        found = np.sinc(2 * cutoff * along) * window
    return torch.tensor(found / found.sum(), dtype=torch.float32)


def _kaiser_shape(taps: int, width: float) -> float:
    """Of Kaiser's window, for a transition of ``width`` times half the rate (Kaiser 1974; as scipy.signal has it, which
    takes two seconds to import)."""
    attenuation = 2.285 * (taps - 1) * math.pi * width + 7.95
    if attenuation > 50:
        return 0.1102 * (attenuation - 8.7)
    return 0.5842 * (attenuation - 21) ** 0.4 + 0.07886 * (attenuation - 21) if attenuation > 21 else 0.0


def upsampled(x: Tensor, kernel: Tensor | None, times: int, before: int, after: int) -> Tensor:
    """Features (N, C, H, W) at ``times`` their rate, their strength kept.

    Args:
        kernel: (taps,); None with ``times`` 1.
        before, after: samples of zeros at the new rate put to the begin and end of each side before the filter, whose
            taps - 1 are lost; below 0: cut off.
    """
    if kernel is None:
        return F.pad(x, (before, after, before, after))
    channels, taps = x.shape[1], len(kernel)
    lanes = (kernel * times).to(x.dtype).expand(channels, 1, taps)
    # One axis after the other, each channel by itself.
    x = F.conv_transpose2d(x, lanes[..., None], stride=(times, 1), groups=channels)
    x = F.conv_transpose2d(x, lanes[:, :, None], stride=(1, times), groups=channels)
    low, high = before + 1 - taps, after + times - taps
    return F.pad(x, (low, high, low, high))


def downsampled(x: Tensor, kernel: Tensor | None, times: int) -> Tensor:
    """Features (N, C, H, W), every ``times``-th sample of them after the filter, (taps,) or (taps, taps)."""
    if kernel is None:
        return x
    channels = x.shape[1]
    lanes = kernel.flip(list(range(kernel.dim()))).to(x.dtype).expand(channels, 1, *kernel.shape)
    if kernel.dim() == 2:
        return F.conv2d(x, lanes, stride=times, groups=channels)
    x = F.conv2d(x, lanes[..., None], stride=(times, 1), groups=channels)
    return F.conv2d(x, lanes[:, :, None], stride=(1, times), groups=channels)
