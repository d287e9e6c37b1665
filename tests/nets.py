"""Networks for tests: narrow, of random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.vision.fast_net import FastNet
from autostyle.vision.net_files import described, write_metadata
from autostyle.vision.stylegan.dense import MappingNetwork
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.stylegan.schedule import Design
from autostyle.vision.stylegan.stylegan2 import StackedSynthesis
from autostyle.vision.stylegan.stylegan3 import AliasFreeSynthesis, FilteredLayer


def tiny_net(file: Path, styles: Mapping[str, Pixels], width: int = 4) -> Path:
    """A net in ``file`` that paints each of ``styles`` in another way."""
    generator = torch.Generator().manual_seed(0)
    net = FastNet(len(styles), width=width, blocks=1)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator))
        net.deconv3.conv2d.weight.mul_(0.3)
        net.deconv3.conv2d.bias.fill_(0.5)
    file.parent.mkdir(parents=True, exist_ok=True)
    told = [described(name, pixels) for name, pixels in styles.items()]
    save_file(net.state_dict(), file, write_metadata(told, {}))
    return file


def published(width: int = 4) -> dict[str, Tensor]:
    """The tensors of a net in the layout of pytorch/examples: five blocks, 0..255 in and out."""
    generator = torch.Generator().manual_seed(1)
    state = FastNet(1, own=False, width=width).state_dict()
    random = {name: torch.randn(tensor.shape, generator=generator) * 0.2 for name, tensor in state.items()}
    flat = {
        name: tensor.flatten() + name.endswith("weight") if "in" in name.split(".")[-2] else tensor
        for name, tensor in random.items()
    }
    flat["deconv3.conv2d.weight"] *= 60
    flat["deconv3.conv2d.bias"] += 128
    return flat


def tiny_stylegan(side: int = 32, latent: int = 8) -> Generator:
    """A generator whose every part does something; its pictures are coloured clouds."""
    known = torch.Generator().manual_seed(2)
    blocks = side.bit_length() - 2
    net = (
        Generator(MappingNetwork(latent, latent, 2), StackedSynthesis(latent, (6,) * (blocks - 1) + (4,)))
        .requires_grad_(False)
        .eval()
    )
    for name, tensor in net.state_dict().items():
        if "filter" not in name and "w_avg" not in name:
            usual = 1.0 if "affine.bias" in name else 0.0
            tensor.copy_(usual + torch.randn(tensor.shape, generator=known) * (0.3 if "bias" in name else 1.0))
        if name.endswith("noise_strength"):
            tensor.fill_(0.05)
        if "affine.weight" in name:
            tensor.mul_(0.5)
        if "torgb.weight" in name or "torgb.bias" in name:
            tensor.mul_(0.1)  # colours stay between black and white
    for number in range(2):  # stored over a hundredth of the learning rate
        net.get_parameter(f"mapping.fc{number}.weight").mul_(100)
    net.mapping.w_avg.copy_(net.mapping(torch.randn(512, latent, generator=known)).mean(0))
    return net


def tiny_stylegan3(
    side: int = 32, latent: int = 8, layers: int = 6, *, kernel: int = 3, radial: bool = False
) -> Generator:
    """A generator without aliases whose every part does something, its numbers sines: the same on any machine."""
    latent = 8
    channels = (8,) * (layers - 2) + (6, 4)
    synthesis = AliasFreeSynthesis(latent, channels, Design(side, layers), kernel=kernel, radial=radial)
    net = Generator(MappingNetwork(latent, latent, 2), synthesis).requires_grad_(False).eval()
    for number, (name, tensor) in enumerate(sorted(net.state_dict().items())):
        wave = torch.sin(torch.arange(tensor.numel(), dtype=torch.float64) * 1.7 + number).view(tensor.shape) * 2**0.5
        if name.endswith(("freqs", "phases")):
            tensor.copy_(wave)  # frequencies within the band of 2
        elif name.endswith("bias"):
            tensor.copy_(tensor + 0.3 * wave)
        elif name.endswith("weight"):
            tensor.copy_(wave * (100 if "fc" in name else 0.3 if "input.affine" in name else 1.0))
    whiten(net)
    net.mapping.w_avg.copy_(net.mapping(torch.eye(latent)).mean(0))
    return net


def whiten(net: Generator) -> None:
    """Set what features are divided by to their mean magnitudes, as training does."""

    def seen(layer: FilteredLayer, inputs: tuple[torch.Tensor, torch.Tensor]) -> None:
        layer.magnitude_ema.copy_(inputs[0].square().mean())

    layers = [one for one in net.modules() if isinstance(one, FilteredLayer)]
    hooks = [one.register_forward_pre_hook(seen) for one in layers]
    net(net.mapping(torch.eye(net.mapping.noise)))
    for hook in hooks:
        hook.remove()
