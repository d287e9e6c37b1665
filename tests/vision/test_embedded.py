"""The networks that ship with autostyle: small enough, and good enough on pictures they were not trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from autostyle.codecs.image import load_image, resize
from autostyle.scoring.content import ssim
from autostyle.vision.decoder import DECODER_LAYERS
from autostyle.vision.encoder import Encoder
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights
from training.drawn import STYLES, draw

WEIGHTS = Weights.open(offline=True)
ENCODERS = (WEIGHTS.encoder("embedded"), WEIGHTS.adain_encoder())
PHOTOS = sorted((Path(__file__).parents[2] / "studies/examples/content").glob("*.jpg"))


@pytest.mark.parametrize(
    ("id", "limit"),
    [
        ("encoder", 10_000_000),
        ("adain_encoder", 2_500_000),
        ("adain_decoder", 2_500_000),
        ("style_embedding", 1_000_000),
    ],
)
def test_files_stay_small(id: str, limit: int) -> None:
    assert WEIGHTS.path(id).stat().st_size <= limit


@pytest.mark.parametrize("encoder", ENCODERS, ids=("encoder", "adain_encoder"))
def test_an_encoder_tells_colours_apart_in_its_first_layer(encoder: Encoder) -> None:
    """A slim encoder can be blind to colour: its Gram loss then vanishes while the palette stays the photograph's."""
    colors = torch.tensor([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1.0]])
    flat = torch.cat([color.view(1, 3, 1, 1).expand(1, 3, 32, 32) for color in colors])
    seen = encoder(flat, ["relu1_1"])["relu1_1"][:, :, 16, 16]
    distances = torch.cdist(seen, seen)[~torch.eye(len(colors), dtype=torch.bool)]
    rms = encoder(to_tensor(resize(load_image(PHOTOS[0]).pixels, 256)), ["relu1_1"])["relu1_1"].square().mean().sqrt()
    # Two colours that differ by less would be nearly the same to it.
    assert distances.min() > rms


def test_the_encoder_s_layers_are_as_large_as_vgg_16_s() -> None:
    """What a loss makes of their size (means against covariances) is then the same: VGG-16's RMS on photographs."""
    encoder = WEIGHTS.encoder("embedded", "cpu", "avg")
    image = torch.cat([to_tensor(resize(load_image(photo).pixels, 256))[..., :160, :160] for photo in PHOTOS])
    rms = {layer: float(features.square().mean().sqrt()) for layer, features in encoder(image, encoder.layers).items()}
    published = {"relu1_1": 54, "relu2_1": 249, "relu3_1": 318, "relu4_1": 143, "relu5_1": 13.3}
    for layer, size in published.items():
        assert size / 2 < rms[layer] < size * 2, layer


def test_every_layer_of_adain_s_encoder_is_normalised() -> None:
    encoder = WEIGHTS.adain_encoder()
    found = encoder(to_tensor(resize(load_image(PHOTOS[0]).pixels, 256)), encoder.layers)
    for layer, features in found.items():
        assert 0.3 < float(features.square().mean().sqrt()) < 3, layer


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda path: path.stem)
def test_the_decoder_rebuilds_photographs(photo: Path) -> None:
    image = to_tensor(resize(load_image(photo).pixels, 384))
    features = WEIGHTS.adain_encoder("cpu")(image, DECODER_LAYERS)
    with torch.inference_mode():
        rebuilt = WEIGHTS.decoder("cpu")(features, 1.0).clamp(0, 1)
    assert ssim(rebuilt, image) >= 0.65


@pytest.mark.slow
def test_the_style_embedding_finds_the_other_half_of_a_drawn_picture() -> None:
    """Retrieval among one picture of every drawn style: the halves share their style and not one pixel."""
    model = WEIGHTS.style_model("embedded", "cpu")
    pictures = [draw(name, 99, 2 * model.crop) for name in STYLES]

    def embed(columns: slice) -> torch.Tensor:
        halves = np.stack([picture[:, columns] for picture in pictures]).astype(np.float32) / 255
        crops = torch.from_numpy(halves).permute(0, 3, 1, 2)
        parts = [model(part) for part in crops.split(model.crop, dim=2)]
        return torch.nn.functional.normalize(torch.stack(parts).mean(0), dim=1)

    with torch.inference_mode():
        similarity = embed(slice(None, model.crop)) @ embed(slice(model.crop, None)).T
    found = similarity.argmax(dim=1) == torch.arange(len(pictures))
    assert float(found.float().mean()) >= 0.8
