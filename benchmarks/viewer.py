"""Scenes that we wrote, opened in another program: Spark, a viewer of splats for browsers, in headless Chromium.

    npm install --prefix /tmp/viewer @sparkjsdev/spark three
    python -m benchmarks.viewer --modules /tmp/viewer/node_modules

The viewer (MIT) is not part of autostyle: it is installed wherever one likes. The procedural scene, to degree 3, is
written in each format and shown by it from the judged cameras, by WebGL in software; its pictures are held against
ours (and lie below them under ``benchmarks/out``). How much two sides differ is told, too: so far off is a wrong one.
``--field FILE`` shows a .ply that nerf_style wrote, too: what the viewer makes of its splats is held against ours of
these splats, and both against the field itself, which only we show.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autostyle.codecs import Pixels
from autostyle.codecs.image import save_image
from autostyle.codecs.radiance_field_file import FIELD
from autostyle.codecs.scene import Camera, Scene
from autostyle.codecs.scene_file import READABLE, read_scene, write_scene
from autostyle.methods.viewpoints import judged
from autostyle.testing.scenes import room
from autostyle.vision.rendering import pictures
from autostyle.vision.splats import Splats, view
from autostyle.vision.tensors import to_pixels
from benchmarks.common import OUT, report

SIDE = 192
SECONDS = 240
"""Most of a format: a picture takes seconds without a GPU."""
PAGE = """<!doctype html><meta charset="utf-8"><script type="importmap">{"imports": {
"three": "/modules/three/build/three.module.js", "three/addons/": "/modules/three/examples/jsm/",
"@sparkjsdev/spark": "/modules/@sparkjsdev/spark/dist/spark.module.js"}}</script>
<script type="module">
const post = (path, body) => fetch(path, {method: "POST", body});
try {
  const THREE = await import("three");
  const {SparkRenderer, SplatMesh} = await import("@sparkjsdev/spark");
  const {file, side, turned, cameras} = await (await fetch("/asked.json")).json();
  const renderer = new THREE.WebGLRenderer({antialias: false, preserveDrawingBuffer: true});
  renderer.setPixelRatio(1);
  renderer.setSize(side, side);
  renderer.setClearColor(0xffffff, 1);
  const scene = new THREE.Scene();
  // The blur of the paper, in place of the viewer's own, which makes small splats fainter.
  const spark = new SparkRenderer({renderer, preBlurAmount: 0.3, blurAmount: 0.0, maxStdDev: 3.0, sortRadial: false});
  scene.add(spark);
  const mesh = new SplatMesh({url: "/scenes/" + file});
  await mesh.initialized;
  if (turned) mesh.quaternion.set(1, 0, 0, 0);
  scene.add(mesh);
  for (const [number, {rows, angle, near}] of cameras.entries()) {
    const camera = new THREE.PerspectiveCamera(angle, 1, near, 1000);
    camera.matrixAutoUpdate = false;
    camera.matrix.set(...rows);
    camera.matrixWorldNeedsUpdate = true;
    const place = new THREE.Vector3(rows[3], rows[7], rows[11]);
    do {  // a worker sorts the splats anew
      renderer.render(scene, camera);
      await new Promise(done => setTimeout(done, 200));
    } while (spark.sorting || spark.sortDirty || spark.sortedCenter.distanceTo(place) > 1e-3);
    renderer.render(scene, camera);
    const gl = renderer.getContext(), pixels = new Uint8Array(4 * side * side);
    gl.readPixels(0, 0, side, side, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    await post("/picture/" + number, pixels);
  }
  await post("/end", "");
} catch (error) { await post("/error", String(error.stack || error)); }
</script>"""


class Desk:
    """What the viewer is asked, and what it answers."""

    def __init__(self, modules: Path, scenes: Path) -> None:
        self.folders = {"modules": modules, "scenes": scenes}
        self.asked: dict[str, Any] = {}
        self.pictures: dict[int, Pixels] = {}
        self.error, self.done = "", threading.Event()

    def server(self) -> ThreadingHTTPServer:
        desk = self

        class Handler(SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                folder, _, rest = path.lstrip("/").partition("/")
                return str(desk.folders[folder] / rest) if folder in desk.folders and ".." not in rest else "/nowhere"

            def do_GET(self) -> None:
                said = {"/": ("text/html", PAGE), "/asked.json": ("application/json", json.dumps(desk.asked))}
                if self.path not in said:
                    return super().do_GET()
                kind, text = said[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"] or 0))
                if self.path.startswith("/picture/"):
                    whole = np.frombuffer(data, np.uint8).reshape(SIDE, SIDE, 4)[::-1, :, :3]
                    desk.pictures[int(self.path.split("/")[-1])] = np.asarray(whole / 255, np.float32)
                elif self.path == "/error":
                    desk.error = data.decode()
                if self.path in ("/error", "/end"):
                    desk.done.set()
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is said."""

        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def shown(chromium: str, modules: Path, path: Path, cameras: list[Camera]) -> list[Pixels]:
    """What the viewer shows of the scene in ``path`` from ``cameras``."""
    desk = Desk(modules, path.parent)
    desk.asked = {
        "file": path.name,
        "side": SIDE,
        # An .spz has its axes right, up and back; the others, as they are, right, down and forward.
        "turned": path.suffix == ".spz",
        "cameras": [_of(one) for one in cameras],
    }
    server = desk.server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = (
            "--headless --no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --no-first-run"
        )
        flags += " --disable-dev-shm-usage --disable-background-networking --disable-component-update --disable-sync"
        address = f"http://127.0.0.1:{server.server_port}/"
        command = [chromium, *flags.split(), f"--user-data-dir={profile}", address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                ended = desk.done.wait(SECONDS)
            finally:
                process.terminate()
    server.shutdown()
    if desk.error or not ended:
        raise SystemExit(desk.error or f"the viewer did not end within {SECONDS} s")
    return [desk.pictures[number] for number in range(len(cameras))]


def _of(camera: Camera) -> dict[str, Any]:
    """A camera as three.js has it: x to the right, y up, z back."""
    whole = np.eye(4)
    whole[:3, :3] = (camera.turn * np.array([[1], [-1], [-1]])).T
    whole[:3, 3] = camera.place
    angle = float(np.rad2deg(2 * np.arctan(camera.height / 2 / camera.focal[1])))
    return {"rows": whole.ravel().tolist(), "angle": angle, "near": camera.near}


def difference(one: Pixels, other: Pixels) -> float:
    """Mean absolute, of 0..1."""
    return round(float(np.abs(one - other).mean()), 5)


def compared(chromium: str, modules: Path, scene: Scene, folder: Path) -> dict[str, Any]:
    """How far the viewer's pictures are from ours, mean absolute of 0..1, format by format."""
    cameras = [each[0].at(SIDE) for each in judged(scene, {})]
    found: dict[str, Any] = {}
    for ending in (one for one in READABLE if one != FIELD):
        path = folder / f"room{ending}"
        write_scene(path, scene, overwrite=True)
        ours = list(pictures(read_scene(path).scene, cameras))
        theirs = shown(chromium, modules, path, cameras)
        found[ending] = {
            "difference": [difference(a, b) for a, b in zip(ours, theirs, strict=True)],
            "of another side": difference(ours[0], ours[1]),
        }
        OUT.mkdir(exist_ok=True)
        rows = [np.concatenate(row, axis=1) for row in (ours, theirs)]
        save_image(OUT / f"viewer{ending}.png", np.concatenate(rows), overwrite=True)
    return found


def of_field(chromium: str, modules: Path, path: Path) -> dict[str, Any]:
    """How far the viewer's pictures of a field's splats are from ours of them, and both from the field's."""
    field = read_scene(path).scene
    cameras = [each[0].at(SIDE) for each in judged(field, {})]
    as_splats, colors = Splats.of(field), torch.from_numpy(field.colors)
    fields = list(pictures(field, cameras))
    splats = [to_pixels(view(as_splats, camera).picture(colors)) for camera in cameras]
    theirs = shown(chromium, modules, path, cameras)
    OUT.mkdir(exist_ok=True)
    rows = [np.concatenate(row, axis=1) for row in (fields, splats, theirs)]
    save_image(OUT / "viewer-field.png", np.concatenate(rows), overwrite=True)

    def apart(ones: list[Pixels], others: list[Pixels]) -> list[float]:
        return [difference(one, other) for one, other in zip(ones, others, strict=True)]

    return {
        "points": len(field),
        "difference of the splats": apart(theirs, splats),
        "from the field": {"theirs": apart(theirs, fields), "ours": apart(splats, fields)},
        "of another side": difference(fields[0], fields[1]),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--modules", type=Path, required=True, help="node_modules with @sparkjsdev/spark and three")
    parser.add_argument("--splats", type=int, default=4000)
    parser.add_argument("--field", type=Path, help="a .ply that nerf_style wrote")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or not (given.modules / "@sparkjsdev" / "spark").is_dir():
        raise SystemExit("it wants Chromium, and a folder of node modules with @sparkjsdev/spark and three")
    versions = {
        name: json.loads((given.modules / name / "package.json").read_text())["version"]
        for name in ("@sparkjsdev/spark", "three")
    }
    with tempfile.TemporaryDirectory() as folder:
        found = compared(chromium, given.modules, room(given.splats, harmonics=15), Path(folder))
    if given.field is not None:
        found["field"] = of_field(chromium, given.modules, given.field)
    report("viewer", {"viewer": versions, "splats": given.splats, "side": SIDE, "formats": found})


if __name__ == "__main__":
    main()
