"""What is said of scenes, in Korean."""

from __future__ import annotations

SCENES = {
    "{path} is damaged, or not what its name says": "{path:은/는} 손상됐거나 이름과 다른 파일이에요",
    "a copy may have been cut off": "복사하다가 잘렸을 수 있어요",
    "{path} has {size} MB: at most {most} MB can be read": ("{path:은/는} {size}MB예요. {most}MB까지만 읽을 수 있어요"),
    "save it as binary, with fewer splats or without harmonics (SuperSplat does)": (
        "이진 형식으로, 스플랫을 줄이거나 구면 조화 없이 저장해 주세요 (SuperSplat에서 할 수 있어요)"
    ),
    "so many of the scene's splats are faint and large that a view of {width} x {height} px has no room": (
        "장면에 흐리고 큰 스플랫이 너무 많아서 {width} x {height} 픽셀 크기로 볼 수 없어요"
    ),
    "take a smaller size, or remove them (SuperSplat does)": (
        "더 작은 크기로 하거나 그 스플랫을 지워 주세요 (SuperSplat에서 할 수 있어요)"
    ),
    "{path} has no Gaussian splats: its points lack {names}": (
        "{path}에는 가우시안 스플랫이 없어요. 점에 {names} 값이 없어요"
    ),
    "it may be a mesh, a point cloud or a compressed file: export it as a 3DGS .ply (SuperSplat does)": (
        "메시나 점 구름, 압축된 파일일 수 있어요. 3DGS .ply로 내보내 주세요 (SuperSplat에서 할 수 있어요)"
    ),
    "{path} has no Gaussian splats that can be read": "{path}에는 읽을 수 있는 가우시안 스플랫이 없어요",
    "{path} has something before its splats: {name}": "{path}에는 스플랫 앞에 다른 것이 있어요: {name}",
    "export it as a 3DGS .ply (SuperSplat does)": "3DGS .ply로 내보내 주세요 (SuperSplat에서 할 수 있어요)",
    "{path} is a PLY in plain text with more than points": "{path:은/는} 점 말고 다른 것도 든 텍스트 PLY예요",
    "{path} is an .spz of version {version}: 1 to 3 can be read": (
        "{path:은/는} {version}판 .spz예요. 1판에서 3판까지 읽을 수 있어요"
    ),
    "{names} tell no cameras": "{names}에서 카메라를 찾을 수 없어요",
    "give a transforms.json or cameras.json, or both cameras and images of COLMAP, as .txt or .bin": (
        "transforms.json이나 cameras.json, 아니면 COLMAP의 cameras와 images를 .txt나 .bin으로 둘 다 주세요"
    ),
    "{n} cameras are too few": "카메라 {n}대로는 모자라요",
    "a scene wants {least}, or none at all": "장면에는 {least}대가 있어야 해요. 아예 주지 않아도 돼요",
    "It paints views of the scene, and the splats take the colours nearest to all.": (
        "장면을 여러 시점에서 칠하고, 스플랫은 그 모두에 가장 가까운 색을 가져요."
    ),
    "{splats} splats, SH {degree}": "스플랫 {splats}개, 구면 조화 {degree}차",
    "save it as binary": "이진 형식으로 저장해 주세요",
    "{path} has {n} splats": "{path}에는 스플랫이 {n}개뿐이에요",
    "a scene has at least {least}": "장면에는 적어도 {least}개가 있어야 해요",
    "{path} holds values that are no numbers": "{path}에 숫자가 아닌 값이 있어요",
    "export it again": "다시 내보내 주세요",
    "cannot write {ending}": "{ending} 형식으로는 쓸 수 없어요",
    "a .splat carries no highlights: they are left out": (
        ".splat에는 보는 쪽에 따라 달라지는 빛을 담을 수 없어서 뺐어요"
    ),
    "export it as Gaussian splats in a .ply; SuperSplat does": (
        "가우시안 스플랫 .ply로 내보내 주세요. SuperSplat에서 할 수 있어요"
    ),
}
