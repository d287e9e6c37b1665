"""Views of splats: linear in the colours, and what alpha compositing says pixel by pixel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.special import sph_harm_y

from autostyle.codecs.scene import Camera, Scene, orbit
from autostyle.errors import BadInput
from autostyle.testing.scenes import room
from autostyle.vision import splats as module
from autostyle.vision.scene_view import SceneView
from autostyle.vision.splats import Splats, view


def seen(scene: Scene, turn: float = 0.1, size: int = 48) -> SceneView:
    return view(Splats.of(scene), orbit(scene, [turn], [25])[0].at(size))


def composited(scene: Scene, camera: Camera) -> np.ndarray:
    """The same, splat by splat over the whole picture, as the paper has it."""
    x, y = np.meshgrid(np.arange(camera.width) + 0.5, np.arange(camera.height) + 0.5)
    light, made = np.ones_like(x), np.zeros((*x.shape, 3))
    spreads = Splats.of(scene).covariances.numpy()
    places = (scene.positions - camera.place) @ camera.turn.T
    for n in np.argsort(places[:, 2], kind="stable"):
        (a, b, z), (fx, fy) = places[n], camera.focal
        across = np.array([[fx / z, 0, -fx * a / z**2], [0, fy / z, -fy * b / z**2]]) @ camera.turn
        spread = across @ spreads[n] @ across.T + 0.3 * np.eye(2)
        away = np.stack([x - fx * a / z - camera.principal[0], y - fy * b / z - camera.principal[1]], axis=-1)
        power = np.einsum("hwi,ij,hwj->hw", away, np.linalg.inv(spread), away)
        alpha = np.minimum(0.99, scene.opacities[n] * np.exp(-power / 2))
        alpha[alpha < 1 / 255] = 0
        made += (light * alpha)[..., None] * scene.colors[n]
        light *= 1 - alpha
    return made + light[..., None]


def test_a_view_is_what_the_paper_composites() -> None:
    scene = replace(room(150), opacities=np.linspace(0.2, 0.99, 150, dtype=np.float32)[: len(room(150))])
    one = seen(scene, size=32)
    picture = one.picture(torch.from_numpy(scene.colors))[0].permute(1, 2, 0).numpy()
    assert np.abs(picture - composited(scene, one.camera)).max() < 0.02


def test_it_is_linear_and_its_gradient_the_transpose() -> None:
    one = seen(room(300))
    colors = torch.rand(300, 3, requires_grad=True)
    picture = one.picture(colors, 0.0)
    picture.sum().backward()
    assert colors.grad is not None
    assert torch.allclose(colors.grad, one.back @ torch.ones(48 * 48, 3), atol=1e-5)
    assert torch.allclose(one.picture(2 * colors.detach(), 0.0), 2 * picture.detach(), atol=1e-5)


def test_in_parts_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = seen(room(300))
    monkeypatch.setattr(module, "AT_ONCE", 500)
    parts = seen(room(300))
    colors = torch.rand(300, 3)
    assert torch.allclose(whole.picture(colors), parts.picture(colors), atol=2e-3)


def test_what_is_too_far_aside_for_any_pixel_is_not_seen() -> None:
    scene = room(100)
    camera = orbit(scene, [0.0], [0.0])[0].at(32)
    aside = scene.positions.copy()
    aside[:50] += np.float32(1e30) * camera.turn[0]
    one = view(Splats.of(replace(scene, positions=aside)), camera)
    assert one.weights._nnz() > 0 and (one.back @ torch.ones(32 * 32, 1))[:50].max() == 0


def test_faint_splats_over_the_whole_picture_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WEIGHTS", 60_000)
    seen(room(300))
    fog = replace(room(300), scales=np.full((300, 3), 5, np.float32), opacities=np.full(300, 0.02, np.float32))
    with pytest.raises(BadInput, match="48 x 48 px"):
        seen(fog)


def test_what_is_behind_the_camera_or_too_near_is_not_seen() -> None:
    scene = room(100)
    camera = orbit(scene, [0.0], [0.0])[0].at(32)
    away = replace(scene, positions=scene.positions - 20 * camera.ahead)
    one = view(Splats.of(away), camera)
    assert one.weights._nnz() == 0 and float(one.covered.max()) == 0
    assert np.allclose(one.picture(torch.zeros(100, 3)).numpy(), 1)


def test_what_is_seen_from_a_side_are_the_real_spherical_harmonics() -> None:
    """Up to sign and order those of scipy: a constant, and each degree's squares sum to what they do everywhere."""
    random = np.random.default_rng(0)
    scene = replace(room(40), harmonics=random.standard_normal((40, 15, 3)).astype(np.float32))
    for degree, (first, last) in enumerate(((0, 3), (3, 8), (8, 15)), 1):
        total = np.zeros(40)
        for number in range(first, last):
            one = np.zeros_like(scene.harmonics)
            one[:, number] = 1
            shown = seen(replace(scene, harmonics=one)).beside
            assert shown is not None
            total += shown[:, 0].numpy() ** 2
        want = sum(abs(sph_harm_y(degree, m, 0.7, 0.3)) ** 2 for m in range(-degree, degree + 1))
        assert np.allclose(total, want, rtol=1e-4)


def test_depth_is_where_the_surface_is() -> None:
    scene = room(800)
    one = seen(scene)
    depth, loose = one.depth()
    points = depth[one.covered > 0.9]
    assert float(loose.median()) < 0.1
    away = np.linalg.norm(scene.positions - one.camera.place, axis=1)
    assert away.min() * 0.95 < float(points.min()) and float(points.max()) < away.max() * 1.05
