"""What tools say went wrong and what helps, in Korean: the English sentence of the source, and its translation.

``{name}`` stands for whatever the source puts there; where that is a sentence or word of these tables itself, it is
translated, too. An empty translation leaves out a hint that is meant for a language model.
"""

from __future__ import annotations

from autostyle.agent.brains.replies.ko_app import APP
from autostyle.agent.brains.replies.ko_model import MODEL
from autostyle.agent.brains.replies.ko_notes import NOTES

FILES = {
    "there is no file {path}": "{path} 파일이 없어요",
    "PNG, JPEG, WebP and TIFF can be written: .png .jpg .webp .tif": (
        "PNG, JPEG, WebP, TIFF로 저장할 수 있어요: .png .jpg .webp .tif"
    ),
    "MP4 and GIF can be written: .mp4 .gif": "MP4나 GIF로 저장할 수 있어요: .mp4 .gif",
    "{name}: no picture format has the suffix {suffix!r}": "{name}: {suffix:은/는} 저장할 수 있는 그림 형식이 아니에요",
    "{name}: no clip we write has the suffix {suffix!r}": "{name}: {suffix:은/는} 저장할 수 있는 영상 형식이 아니에요",
    "{path} cannot be shown": "{path:을/를} 보여 드릴 수 없어요",
    "there is no recipe {path}": "{path} 레시피가 없어요",
    "{path} holds no recipe: {why}": "{path}에 레시피가 없어요: {why}",
    "{path} holds no recipe": "{path}에 레시피가 없어요",
    "give a recipe.json, or a PNG that autostyle wrote and no other program saved again": (
        "recipe.json이나, autostyle이 저장하고 다른 프로그램이 다시 저장하지 않은 PNG를 알려 주세요"
    ),
    "this recipe is too large for a PNG": "레시피가 PNG에 넣기에는 너무 커요",
    "recipes are at most {most} KiB": "레시피는 {most} KiB까지예요",
    "{name} is a Photoshop file of a kind that is not read": "{name:은/는} 읽지 못하는 종류의 Photoshop 파일이에요",
    "export it as a PNG or TIFF": "PNG나 TIFF로 내보내 주세요",
    "{path} is a link, and a folder's place": "{path:은/는} 폴더가 있을 자리에 놓인 링크예요",
    "take it away": "치워 주세요",
    "{method} takes {many}, and {name} is {kind}": "{method:은/는} {many}에 쓰는 방법이고, {name}의 종류는 {kind}예요",
    "cannot yet: nothing makes {many} of {contents}": "아직 {contents}로 {many:을/를} 만들 수 없어요",
    "cannot yet: nothing is built for {many}": "아직 할 수 없어요. {many}에 쓸 방법이 없어요",
    "unknown medium {name!r}": "{name:이라는/라는} 매체는 없어요",
    "media: {names}": "매체: {names}",
    "It makes a {one} of the {other}.": "{other:으로/로} {one:을/를} 만들어요.",
    "`autostyle methods` says what each takes": "무엇을 받는지는 `autostyle methods`에 있어요",
    "check the path": "경로를 확인해 주세요",
    "{path} is a folder": "{path:은/는} 폴더예요",
    "give a file": "파일을 알려 주세요",
    "name a file": "파일 이름을 알려 주세요",
    "name a picture file": "그림 파일을 알려 주세요",
    "name a picture file inside it": "그 안의 그림 파일을 알려 주세요",
    "name a file inside it": "그 안의 파일을 알려 주세요",
    "{path} is no file": "{path:은/는} 파일이 아니에요",
    "{folder} is a file": "{folder:은/는} 파일이에요",
    "-o names a folder here": "폴더 이름을 알려 주세요",
    "{path} is no picture, or too damaged to be one": "{path:은/는} 그림이 아니거나 너무 많이 손상됐어요",
    "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC, JPEG XL, JPEG 2000, PSD, EXR, HDR, PPM and QOI can be read": (
        "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC, JPEG XL, JPEG 2000, PSD, EXR, HDR, PPM, QOI를 읽을 수 있어요"
    ),
    "{name} is {kind}, which is not read": "{name:은/는} {kind} 형식이라 읽지 못해요",
    "a camera's raw file": "카메라 RAW 파일",
    "a PDF": "PDF",
    "a clip": "영상",
    "an SVG drawing": "SVG 그림",
    "a web page": "웹 페이지",
    "a ZIP archive, or a document in one": "ZIP 압축 파일",
    "a GIMP file": "GIMP 파일",
    "a Windows icon": "Windows 아이콘",
    "a macOS icon": "macOS 아이콘",
    "a DDS texture": "DDS 텍스처",
    "a Windows metafile": "Windows 메타파일",
    "a Git LFS pointer": "Git LFS 포인터",
    "open it in the program it comes from and export a PNG or JPEG": (
        "만든 프로그램에서 열어 PNG나 JPEG로 내보내 주세요"
    ),
    "open it in a drawing program, for example Inkscape, and export a PNG": (
        "Inkscape 같은 그리기 프로그램에서 열어 PNG로 내보내 주세요"
    ),
    "open it in a program for raw photographs and export a JPEG or TIFF": (
        "RAW 사진 프로그램에서 열어 JPEG나 TIFF로 내보내 주세요"
    ),
    "export the page you mean as a PNG": "쓸 쪽을 PNG로 내보내 주세요",
    "download the picture itself": "그림 파일 자체를 내려받아 주세요",
    "unpack or export it, and name a picture": "풀거나 내보낸 다음 그림 파일을 알려 주세요",
    "fetch the picture itself: git lfs pull": "그림 자체를 받아 주세요: `git lfs pull`",
    "to take its look, save one frame of it as a PNG; to stylize it, name it where the picture is named": (
        "그 모습을 따르려면 한 장면을 PNG로 저장하고, 바꾸려면 사진 자리에 알려 주세요"
    ),
    "{name} shows nothing: its first frame is wholly transparent": (
        "{name}의 첫 프레임이 온통 투명해서 보이는 것이 없어요"
    ),
    "save a later frame of it": "뒤의 프레임을 저장해서 쓰세요",
    "{name} shows nothing: it is wholly transparent": "{name:은/는} 온통 투명해서 보이는 것이 없어요",
    "name a picture that shows something": "보이는 것이 있는 그림을 알려 주세요",
    "{name} holds more than a picture's colours": "{name}에는 그림의 색보다 많은 것이 들어 있어요",
    "save it with 3 channels a pixel": "채널 3개로 저장해 주세요",
    "{name} holds colours of a kind that is not read ({what}, {count})": (
        "{name}의 색 형식({what}, {count})은 읽지 못해요"
    ),
    "save it as RGB": "RGB로 저장해 주세요",
    "{name} is compressed in a way that is not read ({kind})": "{name}의 압축 방식({kind})은 읽지 못해요",
    "save it with LZW or ZIP": "LZW나 ZIP으로 저장해 주세요",
    "{name} is a HEIC file of a kind that is not read ({what})": "{name:은/는} 읽지 못하는 HEIC 형식({what})이에요",
    "export it as a JPEG or PNG": "JPEG나 PNG로 내보내 주세요",
    "{path} is damaged or cut short": "{path:이/가} 손상됐거나 중간에 잘렸어요",
    "open it in a picture editor and save it again": "그림 편집기에서 열어 다시 저장해 보세요",
    "open it in a video editor and save it again": "영상 편집기에서 열어 다시 저장해 보세요",
    "{name} holds samples of a kind that is not read ({mode})": "{name}의 화소 형식({mode})은 읽지 못해요",
    "save it with 8 or 16 bits": "8비트나 16비트로 저장해 주세요",
    "{name} is too large: {width} x {height} pixels": "{name:이/가} 너무 커요: {width} x {height} 화소",
    "{path} is too large": "{path:이/가} 너무 커요",
    "at most {most:g} million pixels are read": "{most}백만 화소까지 읽어요",
    "scale it down first; at most {most:g} million pixels are read": "먼저 줄여 주세요. {most}백만 화소까지 읽어요",
    "at most {most} MiB are read": "{most} MiB까지 읽어요",
    "{name} is too small: {width} x {height} pixels": "{name:이/가} 너무 작아요: {width} x {height} 화소",
    "{path} is too small: {width} x {height}": "{path:이/가} 너무 작아요: {width} x {height} 화소",
    "the short side must be at least {least} pixels": "짧은 변이 적어도 {least} 화소여야 해요",
    "{path} is empty": "{path:이/가} 비어 있어요",
    "{path} holds no frame": "{path}에 프레임이 하나도 없어요",
    "a copy or download may have been cut off": "복사하거나 내려받다가 끊겼을 수 있어요",
    "{path} is too long": "{path:이/가} 너무 길어요",
    "at most {most} frames are read: cut it first": "{most} 프레임까지 읽어요. 먼저 잘라 주세요",
    "{path} has no picture, only sound": "{path}에는 화면 없이 소리만 있어요",
    "give a clip": "영상을 알려 주세요",
    "{path} is no clip that can be read": "{path:은/는} 읽을 수 있는 영상이 아니에요",
    "{path} is damaged or cut short: nothing can be read of it": (
        "{path:이/가} 손상됐거나 중간에 잘려서 아무것도 읽을 수 없어요"
    ),
    "copy or download it again; a video editor can sometimes save what is left": (
        "다시 복사하거나 내려받아 주세요. 영상 편집기로 남은 부분을 살릴 수도 있어요"
    ),
    "{path} is encrypted": "{path:은/는} 암호로 보호돼 있어요",
    "give a copy without protection": "보호가 걸리지 않은 사본을 알려 주세요",
    "no frame of {path} can be decoded": "{path}의 프레임을 하나도 풀 수 없어요",
    "play it: if a player can show it, save it as MP4 (H.264)": "재생해 보고, 재생되면 MP4(H.264)로 저장해 주세요",
    "the picture of {path} is in a format that cannot be decoded here": (
        "{path}의 화면은 여기서 풀 수 없는 형식이에요"
    ),
    "save it as MP4 (H.264) and give that": "MP4(H.264)로 저장해서 알려 주세요",
    "MP4, MOV, 3GP, MKV, WebM, AVI, MPEG (TS, PS), WMV, FLV, OGV and MXF can be read": (
        "MP4, MOV, 3GP, MKV, WebM, AVI, MPEG(TS, PS), WMV, FLV, OGV, MXF를 읽을 수 있어요"
    ),
    "{path} may not be read": "{path:을/를} 읽을 권한이 없어요",
    "check the file's permissions": "파일 권한을 확인해 주세요",
    "{path} cannot be read: {why}": "{path:을/를} 읽지 못했어요: {why}",
    "check the path and the disk": "경로와 디스크를 확인해 주세요",
    "there are no {many} in {folder}": "{folder}에 {many:이/가} 없어요",
    "endings looked for: {endings}": "찾아본 확장자: {endings}",
    "cannot yet: {name} is {kind}, and this takes only {wanted}": (
        "아직 할 수 없어요. {name:은/는} {wanted:이/가} 아니에요"
    ),
    "give a {one}": "{one:을/를} 알려 주세요",
    "cannot yet: {name} is {kind}": "아직 할 수 없어요. {name:은/는} 아직 다룰 수 없는 {kind} 파일이에요",
    "{many} can be stylized": "지금 바꿀 수 있는 것: {many}",
    "{content} and {style} are the same picture": "{content:과/와} {style:은/는} 같은 그림이에요",
    "name another picture for the style": "스타일 그림으로 다른 것을 알려 주세요",
    "{path} exists": "{path:이/가} 이미 있어요",
    "--force overwrites it": "다른 이름을 알려 주세요",
    "{folder} exists and is not empty": "{folder} 폴더가 이미 있고 비어 있지 않아요",
    "--force writes into it": "다른 폴더를 알려 주세요",
    "{folder} cannot be written: {why}": "{folder}에 쓰지 못했어요: {why}",
    "choose another folder": "다른 폴더를 알려 주세요",
    "{path} is one of the inputs": "{path:은/는} 입력 그림이에요",
    "name another output": "다른 이름을 알려 주세요",
    "{source} and {other} would both become {place}": "{source:과/와} {other:이/가} 모두 {place:이/가} 돼요",
    "give it another -o": "다른 폴더에 따로 해 주세요",
    "{name} is passed over: of a folder only the {many} are taken; name the {one} itself": (
        "{name:은/는} 건너뛰었어요: 폴더에서는 {many}만 가져오니, {one:은/는} 이름을 직접 알려 주세요"
    ),
    "{path} is a folder inside of a folder": "{path:은/는} 폴더 안에 든 폴더예요",
    "name it too, with another -o": "그 폴더를 따로 알려 주세요",
    "{name} is a {one} of a format that is not read ({kind})": (
        "{name:은/는} 읽지 못하는 형식({kind})의 {one:이에요/예요}"
    ),
    "save it as JPEG, PNG or TIFF": "JPEG나 PNG나 TIFF로 저장해 주세요",
    "the style picture inside this recipe is damaged": "이 레시피 안의 스타일 그림이 손상됐어요",
    "use the study's recipe.json": "스터디의 레시피 파일을 써 주세요",
    "its {side} px copy is used": "작은 사본({side} 화소)을 써요",
    "the person has not named {name}": "{name:은/는} 말씀하신 적이 없는 파일이에요",
    "use the paths of the conversation, or ask for one": "어떤 파일인지 알려 주세요",
}
METHODS = {
    "unknown method {name!r}": "{name:이라는/라는} 방법은 몰라요",
    "built methods: {names}; `autostyle methods` lists all": "있는 방법: {names}. `autostyle methods`에 모두 있어요",
    "the {what} {name!r} of {package} does not load: {lines}": (
        "{package}의 {name} {what:을/를} 불러올 수 없어요. {lines}"
    ),
    "its spec is called {name!r}; both names are the same, of a-z, 0-9 and _": (
        "스펙의 이름이 {name:이에요/예요}. 두 이름은 같아야 하고 영어 소문자와 숫자, 밑줄만 쓸 수 있어요"
    ),
    "it lacks scale, writable, best, kept or run": "매체에 꼭 있어야 할 것이 빠졌어요",
    "run={target!r} is not module:Class": "{target:은/는} 모듈과 클래스의 이름이 아니에요",
    "{ending} is an ending of {many}": "{ending:은/는} {many}의 확장자예요",
    "{name} is another medium's": "{name:은/는} 다른 매체의 이름이에요",
    "method": "방법",
    "medium": "매체",
    "install a version of {package} that goes with this autostyle, or uninstall it": (
        "지금 쓰시는 autostyle에 맞는 {package:을/를} 설치하거나 지워 주세요"
    ),
    "cannot yet: {title} is planned and not built": "아직 할 수 없어요. {title:은/는} 계획만 있고 만들어지지 않았어요",
    "for {medium}s these run today: {names}": "지금 {medium}에 쓸 수 있는 방법: {names}",
    "no method for this medium is built yet": "여기에 쓸 방법은 아직 하나도 만들어지지 않았어요",
    "cannot yet: no method for {wish} runs here: {blocked}": (
        "아직 할 수 없어요. 여기에 쓸 방법이 이 컴퓨터에 없어요: {blocked}"
    ),
    "for pictures these run here: {names}": "지금 그림에 쓸 수 있는 방법: {names}",
    "{name} is for {medium}s, not for {other}": "{name:은/는} {medium}에 쓰는 방법이라 {other}에는 쓸 수 없어요",
    "name another method, or none": "다른 방법을 말씀하시거나, 방법은 저에게 맡겨 주세요",
    "{name} cannot run here: {missing}": "{name:은/는} 여기서 쓸 수 없어요. {missing}",
    "get what it needs, or name another method, or none": (
        "필요한 것을 받거나, 다른 방법을 말씀하시거나, 방법은 저에게 맡겨 주세요"
    ),
    "needs `autostyle weights get {ids}`, {size} MB": "`autostyle weights get {ids}`로 {size} MB를 받아야 해요",
    "{name} needs --with {aid}=FILE": "{name:은/는} {aid}에 쓸 파일이 필요해요",
    "{n} files for {aid}": "{aid}에 쓸 파일이 {n}개예요",
    "{path} cannot be used for {aid}": "{path:은/는} {aid}에 쓸 수 없는 파일이에요",
    "unknown aid {name!r}": "{name:이라는/라는} 파일을 쓰는 방법은 없어요",
    "aids of {names}": "파일: {names}",
    "{aid} ({name}) is not beside this recipe": "{aid}에 쓴 {name} 파일이 레시피 옆에 없어요",
    "name the file: --with {aid}=FILE": "그 파일도 알려 주세요",
    "{aid} is another file than this recipe was made with": "{aid}에 쓴 파일이 이 레시피를 만들 때와 달라요",
    "name the very file that the recipe was made with": "레시피를 만들 때 쓴 바로 그 파일을 알려 주세요",
    "{n} weights for {count} LoRA files": "LoRA 파일 {count}개에 무게가 {n}개예요",
    "one for each, in order: 0.8,0.5": "파일마다 하나씩 차례로 알려 주세요",
    "unknown parameter {name!r}": "{name:이라는/라는} 설정은 없어요",
    "parameters: {names}": "설정: {names}",
    "parameters of {names}": "설정: {names}",
    "{name}={value} is out of range": "{name}={value:은/는} 범위를 벗어나요",
    "range: {low:g} to {high:g}": "범위: {low}부터 {high}까지",
    "size {size} is out of range: {low} to {high} {unit}": (
        "크기 {size:은/는} 범위를 벗어나요: {low}부터 {high} {unit}까지"
    ),
    "give another size": "다른 크기를 말씀해 주세요",
    "{name}={value!r} is unknown": "{name}={value:은/는} 없는 값이에요",
    "choices: {names}": "고를 수 있는 값: {names}",
    "{method} blends at most {most} style pictures, not {count}": (
        "{method:은/는} 스타일 그림을 {most}장까지만 섞어요. {count}장은 너무 많아요"
    ),
    "leave some out": "몇 장을 빼 주세요",
    "content and style are too alike to score {what}": "두 그림이 너무 비슷해서 점수를 매길 수 없어요",
    "choose a style picture that looks unlike the content": "사진과 다르게 생긴 스타일 그림을 골라 주세요",
    "no LoRA is named: -p lora=FILE": "LoRA 파일을 알려 주지 않으셨어요",
    "a .safetensors file, in kohya's format or that of diffusers": "kohya나 diffusers 형식의 .safetensors 파일",
    "there is no LoRA file {path}": "{path:이라는/라는} LoRA 파일이 없어요",
    "image": "그림",
    "video": "영상",
    "font": "글꼴",
    "audio": "소리",
    "scene": "3D 장면",
    "picture": "그림",
    "pictures": "그림",
    "clip": "영상",
    "clips": "영상",
}
STUDIES = {
    "no study has been started yet": "아직 시작한 스터디가 없어요",
    "plan_study and start_study begin one, list_studies finds old ones": "바꿀 사진과 스타일 그림을 알려 주세요",
    "there is no study {name!r} in {home}": "{home}에 {name:이라는/라는} 스터디가 없어요",
    "to begin it, name its pictures too": "새로 시작하려면 그림도 함께 알려 주세요",
    "there is no trial {number}": "{number}번 시도는 없어요",
    "there are no trials yet": "아직 시도가 없어요",
    "there is trial 0 alone": "0번만 있어요",
    "there are trials 0 to {last}": "0번부터 {last}번까지 있어요",
    "trial {number} is not complete": "{number}번은 끝난 시도가 아니에요",
    "answers are about complete trials": "끝난 시도 가운데 골라 주세요",
    "trial {number} is not on the front, and only those are kept whole": (
        "{number}번은 프론트에 없어요. 프론트의 그림만 온전히 남겨 둬요"
    ),
    "the front: {numbers}": "프론트: {numbers}",
    "of a clip's trials only the recommended one can be applied": "영상은 추천된 시도만 적용할 수 있어요",
    "leave the trial out": "번호 없이 말씀해 주세요",
    "{study} has no complete trial yet": "{study}에 아직 끝난 시도가 없어요",
    "wait for one": "하나가 끝날 때까지 기다려 주세요",
    "there is no pair left to ask about": "더 여쭤볼 두 개가 없어요",
    "the front has one trial, or every answer is given": "프론트에 하나뿐이거나, 이미 모두 답하셨어요",
    "no search is running": "지금 도는 탐색이 없어요",
    "nothing needs to be stopped": "멈출 것이 없어요",
    "there is no change to take back": "되돌릴 것이 없어요",
    "changes of this conversation only can be taken back": "이 대화에서 바꾼 것만 되돌릴 수 있어요",
    "there is no plan yet": "아직 계획이 없어요",
    "plan_study makes one": "바꿀 사진과 스타일 그림을 알려 주세요",
    "study {study} was not made here: it is only looked at": "{study:은/는} 여기서 만든 스터디가 아니라서 보기만 해요",
    "if it is yours, or you trust who made it: autostyle studies trust {study}, or --trust, once": (
        "직접 만드셨거나 만든 사람을 믿으시면 한 번만 하세요: `autostyle studies trust {study}`"
    ),
    "{study} is being searched": "{study:을/를} 이미 찾고 있어요",
    "steer_study changes it, or stops it first": "바꿀 점을 말씀하시거나, 먼저 “그만”이라고 하세요",
    "the search of {study} is over": "{study} 탐색은 이미 끝났어요",
    "start it again: it goes on where it was": "“10번 더”라고 하면 거기서 이어 가요",
    "study {name} is being run by another process": "{name} 스터디는 다른 프로그램이 돌리고 있어요",
    "wait for it, or stop it; then the same command goes on": "끝나기를 기다리거나 그쪽을 멈춘 다음 다시 말씀해 주세요",
    "study {name} cannot be resumed: {what} is not what it began with": (
        "{name} 스터디를 이어 갈 수 없어요. 처음과 다른 것이 있어요: {what}"
    ),
    "study {name} cannot be resumed: {what}": "{name} 스터디를 이어 갈 수 없어요: {what}",
    "the content picture differs": "바꿀 사진이 달라요",
    "the style pictures differ": "스타일 그림이 달라요",
    "the files given with --with differ: {names}": "함께 쓴 파일이 달라요: {names}",
    "{what} differs: {before} then, {now} now": "그때와 다른 것이 있어요({what}: {before} → {now})",
    "bring the same again, or start a new study: give another --study name": "처음과 같게 하거나 새로 시작해 주세요",
    "put the same weights back, or start a new study: give another --study name": (
        "같은 가중치를 되돌려 놓거나 새로 시작해 주세요"
    ),
    "the time was spent before a trial completed": "시도 하나가 끝나기 전에 시간이 다 됐어요",
    "give more --minutes, or a smaller --size": "시간을 더 주시거나 크기를 줄여 주세요",
    "no trial of study {name} completed: {failed}": "{name} 스터디에서 끝난 시도가 하나도 없어요: {failed}",
    "no trial ran": "시도를 하나도 하지 못했어요",
    "its process died {count} times": "계산하던 프로그램이 {count}번 죽었어요",
    "its process died {count} times ({why})": "계산하던 프로그램이 {count}번 죽었어요({why})",
    "workers die before they do anything ({why})": "계산할 프로그램이 시작하자마자 죽어요({why})",
    "cannot read the plan {file}": "{file:을/를} 읽지 못했어요",
    "studies/examples has plans that work": "그 파일을 되돌려 놓거나 새로 시작해 주세요",
    "see studies/examples for a plan that works": "그 파일을 되돌려 놓거나 새로 시작해 주세요",
    "see {place}": "기록: {place}",
    "failed": "실패",
    "pruned": "여기서는 할 수 없음",
    "running": "도는 중",
}
TRAINING = {
    "give it once": "한 번만 알려 주세요",
    "let it end, or stop it first": "끝나기를 기다리거나 먼저 “그만”이라고 하세요",
    "{count} pictures are too few to learn from": "{count}장으로는 배우기에 모자라요",
    "give {least} or more{also}": "{least}장 이상 알려 주세요",
    "{path} is too small to learn from: {width} x {height} pixels, for squares of {size}": (
        "{path:은/는} 배우기에 너무 작아요: {width} x {height} 화소(한 변 {size} 화소로 잘라서 배워요)"
    ),
    "give a larger picture, or a smaller --size": "더 큰 그림을 알려 주세요",
    "the caption {path} cannot be read: {why}": "설명 파일 {path:을/를} 읽지 못했어요: {why}",
    "write it as UTF-8 text": "UTF-8 텍스트로 저장해 주세요",
    "the caption {path} has {count} characters": "설명 파일 {path:이/가} {count}자예요",
    "write 1 to {most}, or remove it": "1자에서 {most}자까지 쓰거나 지워 주세요",
    "the training in {path} began with other {what}": "{path}의 학습은 지금과 다르게 시작했어요({what})",
    "take the same again, or another folder; --force begins anew": "처음과 같게 하거나 다른 폴더를 알려 주세요",
    "another process is training in {path}": "다른 프로그램이 {path}에서 학습하고 있어요",
    "wait, or name another folder": "끝나기를 기다리거나 다른 폴더를 알려 주세요",
    "{path} is in use": "{path} 폴더에 다른 파일이 있어요",
    "name another folder; --force writes into this one": "다른 폴더를 알려 주세요",
}
MACHINE = {
    "the device ran out of memory": "메모리가 모자라요",
    "out of memory": "메모리가 모자라요",
    "try a smaller --size, or --device cpu": "크기를 줄여 보세요",
    "the scores are no numbers": "점수가 숫자가 아니에요",
    "at this size the picture is only {width} x {height} pixels": "이 크기로는 {width} x {height} 화소밖에 안 돼요",
    "give a larger --size": "더 크게 해 주세요",
    "there is no device {name} here": "여기에는 {name} 장치가 없어요",
    "--device auto takes what there is": "--device auto는 있는 것을 써요",
    "no space left to write {path}": "디스크가 가득 차서 {path}에 쓰지 못했어요",
    "the study database": "스터디 데이터베이스",
    "{place} is locked by another program": "{place:을/를} 다른 프로그램이 잡고 있어요",
    "close it; the same command goes on from here": "그 프로그램을 닫은 다음 “시작”이라고 하면 이어 가요",
    "free some space on that disk, or write to another one": "그 디스크의 공간을 비우거나 다른 디스크에 써 주세요",
    "free some space; the same command goes on from here": "공간을 비운 다음 “시작”이라고 하면 이어 가요",
    "{path} may not be written": "{path}에 쓸 권한이 없어요",
    "check the folder's permissions, or write somewhere else": "폴더 권한을 확인하거나 다른 곳에 써 주세요",
    "free some space, or check the permissions; the same command goes on from here": (
        "공간을 비우거나 권한을 확인한 다음 “시작”이라고 하면 이어 가요"
    ),
    "the weights {id!r} are not on this machine": "{id} 가중치가 이 컴퓨터에 없어요",
    "reinstall autostyle: files of the package are missing": "패키지 파일이 빠졌으니 autostyle을 다시 설치해 주세요",
    "the job failed: {error}": "작업이 실패했어요: {error}",
    "the job process ended with status {status}": "작업 프로그램이 {status} 상태로 끝났어요",
    "this is a bug; {where}": "autostyle의 버그예요. {where}",
    "the log is {place}": "기록: {place}",
    "no log could be written: {why}": "기록을 남기지 못했어요: {why}",
}
WEIGHTS = {
    "{path} is of the wrong kind: {what}": "{path:은/는} 여기에 쓸 수 없는 파일이에요: {what}",
    "wanted: {wanted}; a plan may name another base model (encoder: sd15)": "필요한 것: {wanted}",
    "wanted: {what}; a LoRA is for style_lora: -p lora=FILE": "필요한 것: {what}",
    "wanted: {what}": "필요한 것: {what}",
    "{path} does not fit {title}: it is {what}, and {how}": "{path:은/는} {title}에 맞지 않아요({what}). {how}",
    "none of its layers fits": "맞는 층이 하나도 없어요",
    "only {some} of its {all} layers fit": "{all}개 층 가운데 {some}개만 맞아요",
    "{path} cannot be applied: it is {what}": "{path:은/는} 적용할 수 없어요: {what}",
    "{path} cannot be applied: it has a part that is no LoRA, {name}": (
        "{path:은/는} 적용할 수 없어요. LoRA가 아닌 부분이 있어요: {name}"
    ),
    "take its plain LoRA edition, or train one": "보통 LoRA로 된 파일을 쓰거나 새로 학습해 주세요",
    "{path} is damaged: in {name} there are numbers that are infinite or none": (
        "{path:이/가} 손상됐어요. {name}에 숫자가 아니거나 무한한 값이 있어요"
    ),
    "fetch it again, or give another file": "다시 받거나 다른 파일을 알려 주세요",
    "the numbers broke down in the first step: nothing was painted": (
        "첫 단계에서 계산이 무너져 아무것도 그리지 못했어요"
    ),
    "take smaller scales and less guidance, or other weights": "세기와 guidance를 줄이거나 다른 가중치를 써 보세요",
    "{path} is a model of the family {found}, not {other}": "{path:은/는} {other:이/가} 아니라 {found} 모델이에요",
    "put it under the name {name}": "{name}의 자리에 두세요",
    "{what} (autostyle weights get {id})": "{what}(autostyle weights get {id})",
    "a LoRA trained on {model}": "{model:으로/로} 학습한 LoRA",
    "a LoRA for {model}": "{model}용 LoRA",
    "a LoRA": "LoRA",
    "a UNet alone": "UNet만 든 파일",
    "a textual inversion embedding": "텍스트 인버전 임베딩",
    "a file of no kind known here": "알 수 없는 파일",
}
OUTSIDE = {
    # pydantic, of what was asked of a tool
    "{tool}: {field}: Input should be greater than or equal to {least}": "{field:은/는} {least} 이상이어야 해요",
    "{tool}: {field}: Input should be greater than {least}": "{field:은/는} {least}보다 커야 해요",
    "{tool}: {field}: Input should be less than or equal to {most}": "{field:은/는} {most} 이하여야 해요",
    "arguments: {names}": "",
    "trials": "시도 횟수",
    "minutes": "시간(분)",
    "size": "크기",
    "add_trials": "더 할 횟수",
    "add_minutes": "더 할 시간(분)",
    # the operating system
    "No such file or directory": "파일이나 폴더가 없어요",
    "Permission denied": "권한이 없어요",
    "No space left on device": "디스크가 가득 찼어요",
    "Disk quota exceeded": "쓸 수 있는 디스크 용량을 넘었어요",
    "File too large": "파일이 너무 커요",
    "Read-only file system": "읽기만 되는 디스크예요",
    "Input/output error": "디스크에서 오류가 났어요",
}
SENTENCES = FILES | NOTES | METHODS | STUDIES | TRAINING | MACHINE | WEIGHTS | MODEL | OUTSIDE | APP
"""In the order in which they are tried: of two that fit, the narrower one stands first."""
