"""What is said of files and of what is read and written, in Korean; the key is the English template."""

from __future__ import annotations

FILES = {
    "another watch writes into {out}": "다른 watch가 {out}에 쓰고 있어요",
    "end it, or name another -o": "그것을 끝내거나 -o로 다른 폴더를 정해 주세요",
    "{inside} lies in {out}, where the results go": "{inside:이/가} 결과를 쓰는 {out} 안에 있어요",
    "name another -o: beside it, or inside of it": "-o로 그 옆이나 그 안의 다른 폴더를 정해 주세요",
    "there is no folder {path}": "{path} 폴더가 없어요",
    "name the folder that pictures come into": "사진이 들어올 폴더를 알려 주세요",
    "--allow names a folder whose files may be used": "--allow에는 파일을 써도 되는 폴더를 알려 주세요",
    "{name} waits: {error}; again in {seconds} s": "{name:은/는} 기다려요: {error}. {seconds}초 뒤에 다시 해요",
    "{study} is in the queue already": "{study:은/는} 이미 대기열에 있어요",
    "`autostyle queue` lists what is in it": "무엇이 있는지는 `autostyle queue`로 볼 수 있어요",
    "it was not put into the queue here": "여기서 대기열에 넣은 것이 아니에요",
    "there is no {name!r} in the queue": "대기열에 {name:이/가} 없어요",
    "{study} is running": "{study:은/는} 지금 돌고 있어요",
    "stop its search instead; what was found is kept": "대신 탐색을 멈춰 주세요. 찾은 것은 남아요",
    "the queue of {home} is in use": "{home}의 대기열을 다른 프로그램이 쓰고 있어요",
    "try again": "다시 해 주세요",
    "move it away, and the queue begins anew": "치우면 대기열이 새로 시작돼요",
    "{study} has no picture of a trial {number}": "{study}에 {number}번 그림이 없어요",
    "--queue keeps no --storage: it may hold a password": (
        "--queue는 --storage를 남기지 않아요. 비밀번호가 들어 있을 수 있어요"
    ),
    "`autostyle queue run --storage URL` takes it": "`autostyle queue run --storage URL`에 알려 주세요",
    "--size, --width and --height do not go together": "--size, --width, --height는 하나만 쓸 수 있어요",
    "the other side follows from the one": "한 변을 정하면 다른 변은 비율을 따라가요",
    "{text!r} is no size": "{text!r}: 크기가 아니에요",
    "a number of pixels, or own: as large as the content": "픽셀 수, 또는 own(원본 크기)을 쓰세요",
    "{method} needs about {need} GB of memory for {width} x {height} px, and {free} GB are free": (
        "{method:으로/로} {width} x {height} px를 그리려면 메모리가 약 {need} GB 필요해요. 빈 메모리는 {free} GB예요"
    ),
    "about {side} px on the long side fit": "긴 변 {side} px쯤까지 그릴 수 있어요",
    "{path} was not written: it was stopped": "중간에 멈춰서 {path:은/는} 저장하지 않았어요",
    "say it again to begin anew": "다시 말씀하시면 처음부터 그려요",
    "{nobody}: {path} exists": "{nobody}: {path:이/가} 이미 있어요",
    "name another file": "다른 파일 이름을 알려 주세요",
    "there is no file {path}": "{path} 파일이 없어요",
    "PNG, JPEG, WebP and TIFF can be written: .png .jpg .webp .tif": (
        "PNG, JPEG, WebP, TIFF로 저장할 수 있어요: .png .jpg .webp .tif"
    ),
    "MP4, GIF, WebP and APNG can be written: .mp4 .gif .webp .apng": (
        "MP4, GIF, WebP, APNG로 저장할 수 있어요: .mp4 .gif .webp .apng"
    ),
    "{name}: no picture format has the suffix {suffix!r}": (
        "{name}: {suffix:은/는} 저장할 수 있는 그림 형식이 아니에요"
    ),
    "{name}: no clip we write has the suffix {suffix!r}": (
        "{name}: {suffix:은/는} 저장할 수 있는 영상 형식이 아니에요"
    ),
    "{path} cannot be shown": "{path:을/를} 보여 드릴 수 없어요",
    "{name} carries no recipe": "{name}에는 레시피가 없어요",
    "only PNGs do": "PNG에만 들어 있어요",
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
    "{method} takes {many}, and {name} is {kind}": (
        "{method:은/는} {many}에 쓰는 방법이고, {name}의 종류는 {kind}예요"
    ),
    "cannot yet: nothing makes {many} of {contents}": "아직 {contents}로 {many:을/를} 만들 수 없어요",
    "cannot yet: nothing is built for {many}": "아직 할 수 없어요. {many}에 쓸 방법이 없어요",
    "unknown medium {name!r}": "{name:이라는/라는} 매체는 없어요",
    "media: {names}": "매체: {names}",
    "formats: {names}": "형식: {names}",
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
    "endings looked for: {endings}": "찾아본 확장자: {endings}",
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
    "{path} is a folder inside of a folder": "{path:은/는} 폴더 안에 든 폴더예요",
    "name it too, with another -o": "그 폴더를 따로 알려 주세요",
    "save it as JPEG, PNG or TIFF": "JPEG나 PNG나 TIFF로 저장해 주세요",
    "the person has not named {name}": "{name:은/는} 말씀하신 적이 없는 파일이에요",
    "use the paths of the conversation, or ask for one": "어떤 파일인지 알려 주세요",
    "{others} and {last}": "{others:과/와} {last}",
    "{others} or {last}": "{others:이나/나} {last}",
    "there are no {many} in {path}": "{path}에 {many:이/가} 없어요",
    "cannot yet: {name} is {kind}, and this takes only {wanted}": (
        "아직 할 수 없어요. {name}의 종류는 {kind}인데, 여기에는 {wanted}만 쓸 수 있어요"
    ),
    "give a {one}": "{one} 파일을 알려 주세요",
    "{name} is passed over: of a folder only the {many} are taken; name the {one} itself": (
        "{name:은/는} 건너뛰었어요: 폴더에서는 {many}만 가져오니, {one:은/는} 이름을 직접 알려 주세요"
    ),
    "{name} is a {one} of a format that is not read ({kind})": (
        "{name:은/는} 읽지 못하는 형식({kind})의 {one:이에요/예요}"
    ),
    "{path} has no ending of a {one} we write": "{path}의 확장자로는 {one:을/를} 저장할 수 없어요",
    "endings: {names}": "확장자: {names}",
    "give a recipe.json, or a PNG that autostyle wrote": "recipe.json이나 autostyle이 저장한 PNG를 알려 주세요",
    "give a recipe.json, or a PNG autostyle wrote": "recipe.json이나 autostyle이 저장한 PNG를 알려 주세요",
    "{path} is too large for a recipe": "{path:은/는} 레시피라기에는 너무 커요",
    "recipes are at most {most} MiB": "레시피는 {most} MiB까지예요",
    "{name} is no valid recipe: {error}": "{name:은/는} 올바른 레시피가 아니에요: {error}",
    "give a recipe that autostyle wrote": "autostyle이 저장한 레시피를 알려 주세요",
    "{name} is no recipe: no JSON": "{name:은/는} 레시피가 아니에요. JSON이 아니에요",
    "{path} is none of the pictures of this recipe": "{path:은/는} 이 레시피의 그림이 아니에요",
    "its content is {name}, unchanged": "원본은 바뀌지 않은 {name}이에요",
    "the style picture {name} is neither in this recipe nor beside it": (
        "스타일 그림 {name:이/가} 이 레시피 안에도 옆에도 없어요"
    ),
    "use the study's recipe.json, or put the picture beside the recipe": (
        "스터디의 recipe.json을 쓰거나, 레시피 옆에 그 그림을 두세요"
    ),
    "the style picture inside this recipe is damaged": "이 레시피 안의 스타일 그림이 손상됐어요",
    "use the study's recipe.json": "스터디의 recipe.json을 써 주세요",
    "the content picture {name} is not beside this recipe": "바꿀 사진 {name:이/가} 이 레시피 옆에 없어요",
    "name it too, unchanged: autostyle reproduce {recipe} {name}": (
        "그 사진도 그대로 알려 주세요: `autostyle reproduce {recipe} {name}`"
    ),
    "{name} is there, but damaged or cut short: it is made anew": (
        "{name:이/가} 있지만 손상됐거나 잘려서 다시 만들어요"
    ),
    "not scored: {error}": "점수를 매기지 못했어요: {error}",
    "this recipe was made with the {role} weights {before}, which are not here: others stand in": (
        "이 레시피를 만든 {role} 가중치 {before:이/가} 여기에 없어서 다른 것을 대신 써요"
    ),
    "{name}: {note}": "{name}: {note}",
    "left out: {error}": "뺐어요: {error}",
    "left out: {name}: {error}": "뺐어요: {name}: {error}",
    "a sound file": "소리 파일",
    "a font": "글꼴",
    "a 3D scene": "3D 장면",
    "name a picture": "그림을 알려 주세요",
    "save a picture of it": "그림으로 저장해 주세요",
    "PAM or PFM": "PAM이나 PFM",
    "JPEG XR": "JPEG XR",
    "there is no folder {folder}": "{folder} 폴더가 없어요",
    "make it first, or write somewhere else": "먼저 만들거나 다른 곳에 써 주세요",
    "the name {name}... is too long for this disk": "{name}... 이름이 이 디스크에는 너무 길어요",
    "use a shorter name": "더 짧은 이름을 써 주세요",
    "{path} cannot be used: {why}": "{path:을/를} 쓸 수 없어요: {why}",
    "name another path": "다른 경로를 알려 주세요",
    "{path} leads out of {root}": "{path:이/가} {root} 밖을 가리켜요",
    "{named} leads out of {real}": "{named:이/가} {real} 밖을 가리켜요",
    "{folder} is a link that leads out of {root}": "{folder:은/는} {root} 밖을 가리키는 링크예요",
    "{path} is a link that leads out of {root}": "{path:은/는} {root} 밖을 가리키는 링크예요",
    "{hint}; a link to all of {root} is followed": "{hint}. {root} 전체를 가리키는 링크는 따라가요",
    "{folder} is no folder": "{folder:은/는} 폴더가 아니에요",
    "{path} is no folder": "{path:은/는} 폴더가 아니에요",
    "{path} is a folder in a file's place": "파일이 있을 자리에 폴더 {path:이/가} 있어요",
    "{path} is a file in a folder's place": "폴더가 있을 자리에 파일 {path:이/가} 있어요",
    "{path} is {kind}": "{path}의 종류는 {kind}예요",
    "a link": "링크",
    "a folder": "폴더",
    "a pipe": "파이프",
    "a socket": "소켓",
    "it may come from somebody else: look at it, take it away, then run the same command again": (
        "다른 사람이 만든 것일 수 있어요. 살펴보고 치운 다음 같은 명령을 다시 해 주세요"
    ),
    "it may come from somebody else: take it away": "다른 사람이 만든 것일 수 있어요. 치워 주세요",
    "it may come from somebody else: look at it": "다른 사람이 만든 것일 수 있어요. 살펴봐 주세요",
    "the file has changed since": "그 뒤로 파일이 바뀌었어요",
    "this installation of autostyle lacks prompts/{name}": "설치된 autostyle에 prompts/{name} 파일이 없어요",
    "install autostyle again": "autostyle을 다시 설치해 주세요",
    "cannot read your {name}: {why}": "직접 두신 {name} 파일을 읽지 못했어요: {why}",
    "mend {path}, or move it away to use the one that comes with autostyle": (
        "{path:을/를} 고치거나, 옮겨 두고 autostyle에 든 것을 써 주세요"
    ),
    "mend {path}, or move it away": "{path:을/를} 고치거나 옮겨 주세요",
    "cannot read {name}: {why}": "{name:을/를} 읽지 못했어요: {why}",
    "cannot read {path}: {error}": "{path:을/를} 읽지 못했어요: {error}",
    "correct or remove this file": "파일을 고치거나 지워 주세요",
    "{whose} {name}, line {line}: {what}": "{whose} {name}, {line}번째 줄: {what}",
    "your": "직접 두신",
    "the shipped": "기본",
    "{path}: {what}": "{path}: {what}",
    "correct it, or move it away to use the one of autostyle": "고치거나, 옮겨 두고 autostyle에 든 것을 써 주세요",
    "there are more than {most} files in {folder}": "{folder}에 파일이 {most}개보다 많아요",
    "name a folder with what is meant": "쓸 것만 든 폴더를 알려 주세요",
    "a folder is taken with plain files and folders in it": "폴더에는 보통 파일과 폴더만 있어야 해요",
    "no file": "파일이 아닌 것",
    "{name} is not beside the recipe: {note}": "{name:이/가} 레시피 옆에 없어요: {note}",
    "its {side} px copy is used": "작은 사본({side} 화소)을 써요",
    "no picture: an array of shape {shape} and type {type}": ("그림이 아니에요: 모양 {shape}, 자료형 {type}인 배열"),
    "no picture: an array of type {type} with values out of range": (
        "그림이 아니에요: 자료형 {type}, 값이 범위를 벗어난 배열"
    ),
    "size, width and height do not go together": "size, width, height는 하나만 쓸 수 있어요",
    "only a result of a study is painted at another size": "다른 크기로 그릴 수 있는 것은 스터디의 결과뿐이에요",
    "stylize(..., size=N) paints at any size": "stylize(..., size=N)은 어떤 크기로도 그려요",
    "overwrite=True replaces it": "overwrite=True로 바꿔 쓸 수 있어요",
    "a plain file name is needed": "폴더 없이 파일 이름만 있어야 해요",
    "the picture is larger than {side} px": "그림이 {side} px보다 커요",
    "no WebP picture": "WebP 그림이 아니에요",
    "no base64": "base64가 아니에요",
    "a keyword is a word or two without punctuation, at most {most} letters": (
        "키워드는 문장 부호 없이 한두 단어, {most}자까지예요"
    ),
    "the sentence holds {} once, for the word": "문장에는 단어가 들어갈 {}이 한 번 있어야 해요",
    "{error}; {hint}": "{error}. {hint}",
}
