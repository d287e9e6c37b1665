"""A feed-forward network that paints its own styles, one pass a picture.

Sources: Johnson, Alahi & Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution", ECCV 2016, in
the layout of pytorch/examples (nearest upsampling, reflection, instance normalisation); Dumoulin, Shlens & Kudlur, "A
Learned Representation for Artistic Style", ICLR 2017: each style has a scale and a shift of its own for every channel
that is normalised, a row. Departure: one more row, of no style, is the content as it is; on the way to it a style
fades, in the rows and in the picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from autostyle.errors import BadInput
from autostyle.losses.adain import OwnMoments, calmed, channel_moments
from autostyle.losses.visible import over_places
from autostyle.vision.net_files import NetHead, head

WIDTH, BLOCKS = 16, 5
"""Channels of the first convolution, and residual blocks, of a net of ours; pytorch/examples has 32 and 5."""
EPS = 1e-5


class Conv(nn.Module):
    """A convolution over a reflected border, after nearest upsampling."""

    def __init__(self, inside: int, outside: int, kernel: int, stride: int = 1, up: int = 1) -> None:
        super().__init__()
        self.up = up
        self.conv2d = nn.Conv2d(inside, outside, kernel, stride, kernel // 2, padding_mode="reflect")

    def forward(self, x: Tensor) -> Tensor:
        if self.up == 2 and x.device.type == "cpu" and _only_painted():
            return _doubled(self, x)
        if self.up > 1:
            x = F.interpolate(x, scale_factor=float(self.up), mode="nearest")
        out: Tensor = self.conv2d(x)
        return out


class ConditionalNorm(nn.Module):
    """Instance normalisation with a scale and a shift a row, (rows, C) each."""

    def __init__(self, rows: int, channels: int) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(rows, channels)), nn.Parameter(torch.zeros(rows, channels))

    def forward(self, x: Tensor, mix: Tensor) -> Tensor:
        """Features (N, C, H, W) by the rows that ``mix``, (N, rows), takes.

        Written as means, which export with any height and width; of one picture that is only painted, batch
        normalisation is the same, in a quarter of the time.
        """
        if len(x) == 1 and _only_painted():
            scale, shift = (each.flatten() for each in self.taken(mix))
            return F.batch_norm(x, None, None, scale, shift, training=True, eps=EPS)
        centred = x - x.mean((2, 3), keepdim=True, dtype=torch.float32).to(x.dtype)
        variance = (centred * centred).mean((2, 3), keepdim=True, dtype=torch.float32)
        scale, shift = self.taken(mix)
        return centred * (scale * torch.rsqrt(variance + EPS)).to(x.dtype) + shift.to(x.dtype)

    def by(self, x: Tensor, mix: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
        """The same where the features' own mean and deviation, (N, C, 1, 1), are told."""
        scale, shift = self.taken(mix)
        scale = scale / deviation
        return x * scale.to(x.dtype) + (shift - mean * scale).to(x.dtype)

    def taken(self, mix: Tensor) -> tuple[Tensor, Tensor]:
        """Scale and shift, each (N, C, 1, 1)."""
        # No matrix product: autocast would round it.
        each = mix[..., None]
        return (each * self.weight).sum(1)[..., None, None], (each * self.bias).sum(1)[..., None, None]


class Residual(nn.Module):
    """Two convolutions beside which the features pass."""

    def __init__(self, rows: int, channels: int) -> None:
        super().__init__()
        self.conv1, self.in1 = Conv(channels, channels, 3), ConditionalNorm(rows, channels)
        self.conv2, self.in2 = Conv(channels, channels, 3), ConditionalNorm(rows, channels)


Normalise = Callable[[ConditionalNorm, Tensor], Tensor]


@dataclass(frozen=True)
class MixedPart:
    """A part of a content, and the rows that it takes.

    Args:
        mix: (1, rows), sum 1.
        places: how far each place belongs to it, (1, 1, H, W), 0..1; None: all of the content.
        visible: the same of the places that are to be seen, whose statistics count; None: all alike.
    """

    mix: Tensor
    places: Tensor | None = None
    visible: Tensor | None = None


class FastNet(nn.Module):
    """See the module's docstring.

    Args:
        styles: that it paints.
        own: whether the last row is that of no style.
        width: channels of the first convolution; the deepest have four times as many.
        blocks: residual blocks.
    """

    def __init__(self, styles: int, *, own: bool = True, width: int = WIDTH, blocks: int = BLOCKS) -> None:
        super().__init__()
        self.styles, self.own, self.rows, self.blocks = styles, own, styles + own, blocks
        half, deep = 2 * width, 4 * width
        self.conv1, self.in1 = Conv(3, width, 9), ConditionalNorm(self.rows, width)
        self.conv2, self.in2 = Conv(width, half, 3, stride=2), ConditionalNorm(self.rows, half)
        self.conv3, self.in3 = Conv(half, deep, 3, stride=2), ConditionalNorm(self.rows, deep)
        for number in range(1, blocks + 1):
            self.add_module(f"res{number}", Residual(self.rows, deep))
        self.deconv1, self.in4 = Conv(deep, half, 3, up=2), ConditionalNorm(self.rows, half)
        self.deconv2, self.in5 = Conv(half, width, 3, up=2), ConditionalNorm(self.rows, width)
        self.deconv3 = Conv(width, 3, 9)

    def forward(self, image: Tensor, mix: Tensor) -> Tensor:
        """A painted picture.

        Args:
            image: RGB (N, 3, H, W), values 0..1.
            mix: how much of each row, (N, rows) or (1, rows), 0..1, sum 1.

        Returns:
            RGB (N, 3, H, W), about 0..1, not clipped.
        """
        return self.faded(self.through(image, lambda norm, x: norm(x, mix)), image, mix)

    def faded(self, painted: Tensor, image: Tensor, mix: Tensor) -> Tensor:
        """A painted picture on its way to the image, by the share of the row of no style in ``mix``, (N, rows)."""
        return torch.lerp(painted, image, mix[:, -1, None, None, None]) if self.own else painted

    def paint(self, image: Tensor, parts: Sequence[MixedPart], own: OwnMoments | None = None) -> Tensor:
        """As :meth:`forward`, each part by rows of its own; what is in no part is nobody's work. ``own``, where the
        image is a part of a picture, tells the statistics of features of the whole."""
        places = [part.places for part in parts]
        if own is None and places[0] is None and parts[0].visible is None:
            whole: Tensor = self(image, parts[0].mix)
            return whole
        told = own or channel_moments
        moments = told if places[0] is None else calmed(told)

        def normalise(norm: ConditionalNorm, x: Tensor) -> Tensor:
            each = [norm.by(x, part.mix, *moments(x, part.visible)) for part in parts]
            return over_places(each, places, x)

        painted = self.through(image, normalise)
        return over_places([self.faded(painted, image, part.mix) for part in parts], places, painted)

    def mix(self, shares: Mapping[int, float], strength: float) -> Tensor:
        """(1, rows) for ``shares`` of styles by their number, sum 1, faded to ``strength``, 0..1."""
        found = torch.zeros(1, self.rows)
        for style, share in shares.items():
            found[0, style] += share * strength if self.own else share
        if self.own:
            found[0, -1] = 1 - strength
        return found

    def through(self, image: Tensor, normalise: Normalise) -> Tensor:
        """What the convolutions make of an image, features normalised by ``normalise``; it does not fade."""
        x = image.to(self.conv1.conv2d.weight.dtype)
        x = F.relu(normalise(self.in1, self.conv1(x)))
        x = F.relu(normalise(self.in2, self.conv2(x)))
        x = F.relu(normalise(self.in3, self.conv3(x)))
        for number in range(1, self.blocks + 1):
            block = self.get_submodule(f"res{number}")
            assert isinstance(block, Residual)
            inner = F.relu(normalise(block.in1, block.conv1(x)))
            x = x + normalise(block.in2, block.conv2(inner))
        x = F.relu(normalise(self.in4, self.deconv1(x)))
        x = F.relu(normalise(self.in5, self.deconv2(x)))
        painted: Tensor = _by_blocks(self.deconv3, x) if x.device.type == "cpu" and _only_painted() else self.deconv3(x)
        return painted[..., : image.shape[-2], : image.shape[-1]].float()


def _only_painted() -> bool:
    """Whether nothing is learnt or exported."""
    return torch.is_inference_mode_enabled() and not torch.compiler.is_exporting()


BLOCK = 4
"""Pixels of a side of what :func:`_by_blocks` takes for one place."""


def _by_blocks(conv: Conv, x: Tensor) -> Tensor:
    """What ``conv`` makes of features whose sides are multiples of :data:`BLOCK`, 9 by 9 to few channels, the same
    numbers up to rounding in a third of the time: on a CPU three channels take as long as sixteen, so blocks of
    places become channels (Shi et al., CVPR 2016, do so for other ends)."""
    weight, bias = conv.conv2d.weight, conv.conv2d.bias
    outside, inside, kernel, _ = weight.shape
    height, width = x.shape[-2:]
    across = -(-(kernel + BLOCK - 1) // BLOCK)
    spread = weight.new_zeros(BLOCK, BLOCK, outside, inside, across * BLOCK, across * BLOCK)
    for down in range(BLOCK):
        for right in range(BLOCK):
            spread[down, right, :, :, down : down + kernel, right : right + kernel] = weight
    spread = spread.view(BLOCK, BLOCK, outside, inside, across, BLOCK, across, BLOCK)
    spread = spread.permute(0, 1, 2, 5, 7, 3, 4, 6).reshape(BLOCK**2 * outside, BLOCK**2 * inside, across, across)
    padded = F.pad(x, (kernel // 2,) * 4, mode="reflect").permute(0, 2, 3, 1)
    rows, columns = padded.shape[1] // BLOCK, padded.shape[2] // BLOCK
    blocks = padded.reshape(-1, rows, BLOCK, columns, BLOCK, inside).permute(0, 1, 3, 2, 4, 5)
    blocks = blocks.reshape(-1, rows, columns, BLOCK**2 * inside).permute(0, 3, 1, 2)
    made = F.conv2d(blocks, spread, None if bias is None else bias.repeat(BLOCK**2)).permute(0, 2, 3, 1)
    made = made.reshape(-1, height // BLOCK, width // BLOCK, BLOCK, BLOCK, outside).permute(0, 5, 1, 3, 2, 4)
    return made.reshape(-1, outside, height, width)


def _doubled(conv: Conv, x: Tensor) -> Tensor:
    """What ``conv``, 3 by 3, makes of features at twice their size, the same numbers up to rounding in half of the
    time: where neighbours are alike, each of the four places that one becomes sees two by two of these (Shi et
    al., "Is the deconvolution layer the same as a convolutional layer?", 2016)."""
    weight, bias = conv.conv2d.weight.float(), conv.conv2d.bias
    assert bias is not None
    rows = (
        torch.stack([weight[:, :, 0], weight[:, :, 1] + weight[:, :, 2]], 2),
        torch.stack([weight[:, :, 0] + weight[:, :, 1], weight[:, :, 2]], 2),
    )
    each = [
        torch.stack(columns, 3)
        for row in rows
        for columns in ([row[..., 0], row[..., 1] + row[..., 2]], [row[..., 0] + row[..., 1], row[..., 2]])
    ]
    kernels = torch.cat(each).to(x.dtype)
    found = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), kernels, bias.repeat(4)).permute(0, 2, 3, 1)
    count, _, height, width = x.shape
    outside = len(weight)
    made = x.new_empty(count, height, 2, width, 2, outside)
    for place in range(4):
        down, right = divmod(place, 2)
        part = found[..., place * outside : (place + 1) * outside]
        made[:, :, down, :, right] = part[:, down : down + height, right : right + width]
    return made.view(count, 2 * height, 2 * width, outside).permute(0, 3, 1, 2)


def load_net(path: Path) -> tuple[FastNet, NetHead]:
    """The net in a file: ours, or one in the layout of pytorch/examples, safetensors or a checkpoint of torch.

    Published ones take and give 0..255; that is folded into their first and last convolutions.

    Raises:
        BadInput: it is none.
    """
    known = head(path)
    try:
        state = _tensors(path)
        if not known.published:
            net = FastNet(len(known.styles), width=len(state["conv1.conv2d.weight"]), blocks=_blocks(state))
            net.load_state_dict(state)
        else:
            net = FastNet(1, own=False, width=len(state["conv1.conv2d.weight"]), blocks=_blocks(state))
            state = {name: x[None] if re.search(r"\bin\d\.", name) else x for name, x in state.items()}
            state["conv1.conv2d.weight"] *= 255
            for part in ("weight", "bias"):
                state[f"deconv3.conv2d.{part}"] /= 255
            net.load_state_dict(state)
        if not all(bool(parameter.isfinite().all()) for parameter in net.parameters()):
            raise ValueError
    except (OSError, RuntimeError, KeyError, TypeError, ValueError, AttributeError, EOFError, SafetensorError) as error:
        raise _none(path) from error
    except Exception as error:  # pickle's own kinds
        if type(error).__module__ in ("pickle", "_pickle"):
            raise _none(path) from error
        raise
    net.requires_grad_(False).eval()
    return net, known


def _none(path: Path) -> BadInput:
    return BadInput(
        "{path} is no fast net",
        "known are those that `autostyle train fast` makes, and the layout of pytorch/examples",
        path=path.name,
    )


def _blocks(state: Mapping[str, Tensor]) -> int:
    return sum(1 for name in state if re.fullmatch(r"res\d+\.conv1\.conv2d\.weight", name))


def _tensors(path: Path) -> dict[str, Tensor]:
    """By the names of pytorch/examples, float32; old files have running statistics, which nothing reads."""
    if path.suffix == ".safetensors":
        found = load_file(path)
    else:
        found = torch.load(path, map_location="cpu", weights_only=True)
        found = found.get("state_dict", found)
    return {
        name.removeprefix("module."): tensor.float().clone()
        for name, tensor in found.items()
        if not re.search(r"\.(running_mean|running_var|num_batches_tracked)$", name)
    }
