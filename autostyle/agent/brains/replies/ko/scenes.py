"""What is said of scenes, in Korean."""

from __future__ import annotations

SCENES = {
    "{path} is damaged, or not what its name says": "{path:은/는} 손상됐거나 이름과 다른 파일이에요",
    "a copy may have been cut off": "복사하다가 잘렸을 수 있어요",
    "{path} has {size} MB: at most {most} MB can be read": ("{path:은/는} {size}MB예요. {most}MB까지만 읽을 수 있어요"),
    "save it as binary, with fewer splats or without harmonics (SuperSplat does)": (
        "이진 형식으로, 스플랫을 줄이거나 구면 조화 없이 저장해 주세요 (SuperSplat에서 할 수 있어요)"
    ),
    "so much of the field is fog that a view of {width} x {height} px has no room": (
        "방사 필드에 안개가 너무 많아서 {width} x {height} 픽셀 크기로 볼 수 없어요"
    ),
    "take a smaller size": "크기를 줄여 주세요",
    "the cameras of {path} are so far from the origin, or so near each other, that they cannot be told apart": (
        "{path}의 카메라가 원점에서 너무 멀거나 서로 너무 가까워서 구별할 수 없어요"
    ),
    "move the scene to the origin, and scale it to some units": "장면을 원점으로 옮기고 크기를 몇 단위로 맞춰 주세요",
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
    "{path} names no photographs with their cameras": "{path}에서 카메라를 아는 사진을 찾을 수 없어요",
    "give a transforms.json with frames, each with file_path and transform_matrix": (
        "frames마다 file_path와 transform_matrix가 있는 transforms.json을 주세요"
    ),
    "{path} names {n} photographs": "{path}에는 사진이 {n}장 있어요",
    "a field is fitted to {least} to {most}": "방사 필드는 사진 {least}장에서 {most}장으로 맞춰요",
    "{path} names a picture by what is no name": "{path}에 파일 이름이 아닌 file_path가 있어요",
    "mend its file_path": "file_path를 고쳐 주세요",
    "{path} names {name}, which is not there": "{path}에 적힌 {name:이/가} 없어요",
    "put its pictures where it says": "적힌 자리에 사진을 두세요",
    "{path} tells no camera for {name}": "{path}에서 {name}의 카메라를 알 수 없어요",
    "it wants transform_matrix, a pose of 4 x 4, and camera_angle_x or fl_x": (
        "4 x 4 자세인 transform_matrix와, camera_angle_x나 fl_x가 있어야 해요"
    ),
    "{name} is {width} x {height}, and {path} says {w} x {h}": (
        "{name:은/는} {width} x {height}인데 {path}에는 {w} x {h}로 적혀 있어요"
    ),
    "bring the pictures that the cameras were found in": "카메라를 구한 바로 그 사진을 주세요",
    "the photographs of {path} come to no field": "{path}의 사진에서 방사 필드가 나오지 않아요",
    "the photographs of {path} show nothing together": "{path}의 사진이 함께 보여 주는 것이 없어요",
    "their cameras may be those of other pictures": "카메라가 다른 사진의 것일 수 있어요",
    "the photographs of {path} do not look at one thing from several sides": (
        "{path}의 사진이 한 가지를 여러 쪽에서 보고 있지 않아요"
    ),
    "a field wants photographs around what it shows; a room from inside wants splats, made elsewhere": (
        "방사 필드에는 대상을 둘러싼 사진이 있어야 해요. 안에서 찍은 방은 다른 곳에서 만든 스플랫으로 주세요"
    ),
    "stopped while the photographs were fitted: {done} of {steps} steps are kept": (
        "사진에 맞추다가 멈췄어요. {steps}단계 중 {done}단계까지 남겨 뒀어요"
    ),
    "the same command goes on from there": "같은 명령을 다시 내리면 거기서 이어져요",
    "stopped while the photographs were read: {done} of {n}": "사진을 읽다가 멈췄어요. {n}장 중 {done}장을 읽었어요",
    "the same command reads them again": "같은 명령을 다시 내리면 다시 읽어요",
    "{doing}: {percent} %": "{doing}: {percent}%",
    "reading the photographs": "사진을 읽는 중",
    "fitting the photographs": "사진에 방사 필드를 맞추는 중",
    "stopped: the turntable and the picture of the views were not drawn": (
        "멈췄어요. 한 바퀴 도는 영상과 시점 그림은 그리지 않았어요"
    ),
    "drawing the turntable and the views": "한 바퀴 도는 영상과 시점 그림을 그리는 중",
    "{n} photographs with their cameras": "카메라를 아는 사진 {n}장",
    "a field of {n} points, {side} along each side": "한 변이 {side}인 격자의 점 {n}개로 된 방사 필드",
    "a {ending} carries no field: the points of its grid are splats in it": (
        "{ending}에는 방사 필드를 담을 수 없어서 격자의 점을 스플랫으로 담았어요"
    ),
    "splats cannot be written as a .field": "스플랫은 .field로 쓸 수 없어요",
    "give a .ply, .splat or .spz": ".ply나 .splat, .spz로 적어 주세요",
    "a radiance field": "방사 필드",
    "photographs with their cameras": "카메라를 아는 사진",
    "name one of the photographs": "사진 한 장을 알려 주세요",
    "takes splats, not {what}": "스플랫을 받아요. 이것은 {what:이에요/예요}",
    "takes photographs with their cameras, or a field of such, not splats": (
        "스플랫이 아니라 카메라를 아는 사진이나 그 방사 필드를 받아요"
    ),
    "{name} {why}": "{name:은/는} {why}",
    "splat_style takes splats, and this is a radiance field": "splat_style은 스플랫을 받는데 이것은 방사 필드예요",
    "name nerf_style, or no method": "nerf_style을 적거나 방법을 적지 마세요",
    "nerf_style takes photographs with their cameras, and this is splats": (
        "nerf_style은 카메라를 아는 사진을 받는데 이것은 스플랫이에요"
    ),
    "name splat_style, or no method": "splat_style을 적거나 방법을 적지 마세요",
}
