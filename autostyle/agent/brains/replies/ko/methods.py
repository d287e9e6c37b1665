"""What is said of methods and their parameters, in Korean."""

from __future__ import annotations

METHODS = {
    "has not learnt this style; it paints {names}": "이 스타일은 배우지 않았어요. 배운 것: {names}",
    "paints only what it has learnt: {names}": "배운 스타일만 그려요: {names}",
    "no net here has learnt this style; they paint {names}": "이 스타일을 배운 넷이 없어요. 배운 것: {names}",
    "name a file, or one of these: {names}; `autostyle train fast` makes one": (
        "파일이나 이 가운데 하나를 알려 주세요: {names}. `autostyle train fast`로 새로 만들 수 있어요"
    ),
    "teach a fast net {names}": "고속 스타일 넷에 {names} 가르치기",
    "{path} is no .onnx file": "{path:은/는} .onnx 파일이 아니에요",
    "name it {better}": "{better:으로/로} 이름을 지어 주세요",
    "--size {size} is no multiple of 32": "--size {size:은/는} 32의 배수가 아니에요",
    "the net has no style {name!r}": "넷에 {name:이라는/라는} 스타일이 없어요",
    "its styles: {names}": "배운 스타일: {names}",
    "the photographs look like a style already: it is not judged by that one": (
        "사진이 이미 한 스타일과 비슷해서 그 스타일로는 평가하지 않아요"
    ),
    "{n} styles are too many for one net": "스타일 {n}개는 넷 하나에 너무 많아요",
    "give {most} at most": "{most}개까지만 주세요",
    "onnxruntime paints another picture than torch: {off:.4f} of 1": (
        "onnxruntime이 torch와 다르게 그려요: 1 가운데 {off}"
    ),
    "report this, please": "이 문제를 알려 주세요",
    "name one of these, or another method; `autostyle train fast STYLE` teaches a net a style": (
        "이 가운데 하나나 다른 방법을 골라 주세요. `autostyle train fast STYLE`로 넷에 스타일을 가르칠 수 있어요"
    ),
    "{path} is no fast net": "{path:은/는} 고속 스타일 넷이 아니에요",
    "known are those that `autostyle train fast` makes, and the layout of pytorch/examples": (
        "`autostyle train fast`로 만든 것과 pytorch/examples 형식을 읽을 수 있어요"
    ),
    "there is no net {name!r}": "{name:이라는/라는} 넷이 없어요",
    "its spec is called {name!r}; both names are the same, of a-z, 0-9 and _": (
        "스펙의 이름이 {name:이에요/예요}. 두 이름은 같아야 하고 영어 소문자와 숫자, 밑줄만 쓸 수 있어요"
    ),
    "medium={name!r} is no name of a medium": "{name:은/는} 매체의 이름이 될 수 없어요",
    "it declares no Params": "Params를 선언하지 않았어요",
    "no weights are called {names}": "{names:이라는/라는} 가중치는 없어요",
    "ratio={name!r} names no parameter": "ratio에 적힌 {name:은/는} 매개변수가 아니에요",
    "aids: {name!r} is no name of one, or a parameter's, too": (
        "곁들이는 파일의 이름 {name:은/는} 쓸 수 없거나 매개변수의 이름이기도 해요"
    ),
    "{name} moves or holds other things than {known}": "{name:은/는} {known} 말고 다른 것을 움직이거나 지킨다고 해요",
    "the alias {alias!r} is not in lower case": "별명 {alias:은/는} 소문자가 아니에요",
    "a {found} is no {kind}": "{found:은/는} {kind:이/가} 아니에요",
    "it lacks scale, writable, best, kept or run": "매체에 꼭 있어야 할 것이 빠졌어요",
    "it searches for fewer than two objectives": "목표가 둘보다 적어요",
    "run={target!r} is not module:Class": "{target:은/는} 모듈과 클래스의 이름이 아니에요",
    "{ending} is an ending of {many}": "{ending:은/는} {many}의 확장자예요",
    "{name} is another medium's": "{name:은/는} 다른 매체의 이름이에요",
    "unknown method {name!r}": "{name:이라는/라는} 방법은 몰라요",
    "built methods: {names}; `autostyle methods` lists all": "있는 방법: {names}. `autostyle methods`에 모두 있어요",
    "install a version of {package} that goes with this autostyle, or uninstall it": (
        "지금 쓰시는 autostyle에 맞는 {package:을/를} 설치하거나 지워 주세요"
    ),
    "cannot yet: {title} is planned and not built": (
        "아직 할 수 없어요. {title:은/는} 계획만 있고 만들어지지 않았어요"
    ),
    "did you mean {name}? {others}": "혹시 {name:을/를} 말씀하셨나요? {others}",
    "for {medium}s these run here: {names}": "지금 {medium}에 쓸 수 있는 방법: {names}",
    "no method for this medium runs here": "여기에 쓸 수 있는 방법이 아직 없어요",
    "cannot yet: no method for {wish} runs here: {blocked}": (
        "아직 할 수 없어요. 여기에 쓸 방법이 이 컴퓨터에 없어요: {blocked}"
    ),
    "for {many} these run here: {names}": "지금 {many}에 쓸 수 있는 방법: {names}",
    "{name} is for {medium}s, not for {other}": "{name:은/는} {medium}에 쓰는 방법이라 {other}에는 쓸 수 없어요",
    "name another method, or none": "다른 방법을 말씀하시거나, 방법은 저에게 맡겨 주세요",
    "{name} cannot run here: {missing}": "{name:은/는} 여기서 쓸 수 없어요. {missing}",
    "get what it needs, or name another method, or none": (
        "필요한 것을 받거나, 다른 방법을 말씀하시거나, 방법은 저에게 맡겨 주세요"
    ),
    "{name} paints frames of a megapixel at most": "{name:은/는} 한 프레임에 백만 픽셀까지만 그려요",
    "give it a smaller size: --size 1024": "더 작은 크기로: --size 1024",
    "{name} needs --with {aid}=FILE": "{name:은/는} {aid}에 쓸 파일이 필요해요",
    "A StyleGAN2 or StyleGAN3 network of the kind of picture that content and style show, in NVIDIA's layout (.pkl, "
    ".safetensors) or rosinality's (.pt). Look at its licence: NVIDIA's own are not for commerce.": (
        "원본과 스타일에 나오는 종류의 그림을 배운 StyleGAN2나 StyleGAN3 네트워크예요. NVIDIA 형식(.pkl, "
        ".safetensors)이나 rosinality 형식(.pt)이면 돼요. "
        "라이선스를 확인해 주세요. NVIDIA의 네트워크는 상업적으로 쓸 수 없어요."
    ),
    "what may be done with it, the network's licence says: NVIDIA's own are not for commerce": (
        "결과를 어디에 쓸 수 있는지는 네트워크의 라이선스를 따라요. NVIDIA의 네트워크는 상업적으로 쓸 수 없어요"
    ),
    "Directions to move latents along: safetensors, one tensor each, as wide as a latent, or one row a layer.": (
        "잠재 벡터를 옮길 방향이에요. 방향마다 텐서 하나를 담은 safetensors 파일이고, 텐서는 잠재 벡터만큼 넓거나 "
        "층마다 한 줄이에요."
    ),
    "Cameras of the scene's photographs: transforms.json, cameras.json, or COLMAP's cameras and images.": (
        "장면을 찍은 카메라예요. transforms.json이나 cameras.json, 아니면 COLMAP의 cameras와 images."
    ),
    "{method} makes no table of colours": "{method:은/는} 색 표(LUT)를 만들지 않아요",
    "{name} has no table of colours": "{name}에는 색 표(LUT)가 없어요",
    "it is painted; look takes the style's grade alone, and has one": (
        "그린 것이라 없어요. `look`은 스타일의 색 보정만 가져와서 표가 있어요"
    ),
    "-m {names} writes {path}": "`-m {names}`{names:으로/로} 하면 {path:을/를} 써요",
    "{n} files for {aid}": "{aid}에 쓸 파일이 {n}개예요",
    "{path} cannot be used for {aid}": "{path:은/는} {aid}에 쓸 수 없는 파일이에요",
    "unknown aid {name!r}": "{name:이라는/라는} 파일을 쓰는 방법은 없어요",
    "no {what} is found in this picture": "이 그림에서 {what:을/를} 찾지 못했어요",
    "nothing here knows what a {what} looks like": "여기에는 {what:을/를} 알아보는 것이 없어요",
    "name a box, left, top to right, bottom in pixels, or give a mask: white where the style goes": (
        "픽셀로 상자를 알려 주시거나(왼쪽, 위, 오른쪽, 아래), 스타일을 입힐 곳이 흰색인 마스크를 주세요"
    ),
    "this box holds nothing of the picture, which is {width} x {height}": (
        "그림은 {width} x {height}이고, 이 상자에는 그림이 들어 있지 않아요"
    ),
    "that leaves nothing to be stylized": "그러면 스타일을 입힐 곳이 남지 않아요",
    "name less that is to stay as it is": "그대로 둘 곳을 줄여 주세요",
    "no part of the picture is named": "그림의 어느 부분인지 말하지 않았어요",
    "say what is to be painted, or left as it is": "칠할 곳이나 그대로 둘 곳을 알려 주세요",
    "a box has four numbers": "상자는 숫자 네 개예요",
    "left, top, right, bottom, in pixels": "왼쪽, 위, 오른쪽, 아래, 픽셀로",
    "{which!r} is none of several": "{which:은/는} 여럿 가운데 하나를 가리키는 말이 아니에요",
    "{aid} was made for {name} and is laid over this as it is: --with {aid}=FILE takes another": (
        "{aid}에 쓴 파일은 {name}에 맞춰 만든 것인데 그대로 썼어요. --with {aid}=FILE로 다른 것을 줄 수 있어요"
    ),
    "find {what}": "{what} 찾기",
    "{path} is no mask: it shows too many colours": "{path:은/는} 마스크가 아니에요. 색이 너무 많아요",
    "a mask has plain colours: white where the style goes, black where not, or a colour for each region": (
        "마스크는 단색으로 칠해요. 스타일을 입힐 곳은 흰색, 그대로 둘 곳은 검은색, 또는 영역마다 다른 색"
    ),
    "style_mask without content_mask": "content_mask 없이 style_mask만 있어요",
    "content_mask says where its colours are in the content": "content_mask가 원본에서 그 색의 자리를 알려 줘요",
    "the {color} region is too small, and is not painted": "{color} 영역은 너무 작아서 칠하지 않았어요",
    "{path} has {own} frames, and its clip {frames}": "{path}의 프레임은 {own}개인데 영상은 {frames}개예요",
    "a mask that is a clip has a frame for each of its clip's": "영상 마스크는 영상과 프레임 수가 같아야 해요",
    "{path} is a clip, and one mask is needed for all that is painted": (
        "{path:은/는} 영상인데, 여기에는 전체에 쓸 마스크 하나가 필요해요"
    ),
    "a mask that is a picture": "그림으로 된 마스크를 주세요",
    "where it was painted is a guess that nobody was asked about: what is tinted in {path}": (
        "칠한 곳은 여쭤 보지 않고 짐작한 거예요. {path}에서 물든 곳이에요"
    ),
    "no detector of faces can be read from {path}": "{path}에서 얼굴 검출기를 읽을 수 없어요",
    "[regions] faces = the file face_detection_yunet_2023mar.onnx of OpenCV's model zoo": (
        "[regions] faces = OpenCV 모델 모음의 face_detection_yunet_2023mar.onnx 파일"
    ),
    "{path} leaves nothing to be stylized": "{path:은/는} 스타일을 입힐 곳을 남기지 않아요",
    "white is where the style goes, black where the picture is left as it is": (
        "흰색은 스타일을 입힐 곳, 검은색은 그대로 둘 곳이에요"
    ),
    "{n} style masks for {styles} styles": "스타일 {styles}개에 스타일 마스크가 {n}개예요",
    "one for each style picture, in their order": "스타일 그림마다 하나씩, 그 순서대로 주세요",
    "{path} has another shape than its picture: {own:.2f} wide for 1 high, not {wanted:.2f}": (
        "{path:은/는} 그림과 비율이 달라요. 세로 1에 가로 {own}인데 {wanted}여야 해요"
    ),
    "make the mask on the picture itself": "그림 위에 바로 마스크를 그리세요",
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
    "picture": "그림",
    "pictures": "그림",
    "clip": "영상",
    "clips": "영상",
    "fonts": "글꼴",
    "recording": "녹음",
    "3D scene": "3D 장면",
    "3D scenes": "3D 장면",
    "image": "그림",
    "video": "영상",
    "font": "글꼴",
    "audio": "소리",
    "scene": "3D 장면",
    "the {what} {name!r} of {package} does not load: {lines}": (
        "{package}의 {name} {what:을/를} 불러올 수 없어요. {lines}"
    ),
    "needs `autostyle weights get {ids}`, {size:.0f} MB": "`autostyle weights get {ids}`로 {size} MB를 받아야 해요",
    "this wish": "이 바람",
    "needs your {names}": "{names:을/를} 직접 정해 주셔야 해요",
    "takes {many} only, so far": "아직 {many}만 받아요",
    "{names} ({why})": "{names}({why})",
    "planned, not built yet": "계획만 있고 만들어지지 않음",
    "content_layers is empty": "content_layers가 비어 있어요",
    "name at least one, e.g. content_layers=relu4_1": "적어도 하나는 알려 주세요. 예: content_layers=relu4_1",
    "{name} takes no such value": "{name}에는 그런 값을 쓸 수 없어요",
    "`autostyle methods` says what {name} takes": "{name}에 쓸 수 있는 값은 `autostyle methods`에 있어요",
    "{name}={value!r} is no yes or no": "{name}={value:은/는} 예도 아니요도 아니에요",
    "try {name}=true or {name}=false": "{name}=true나 {name}=false로 해 보세요",
    "{name}={value!r} is no {type}": "{name}={value:은/는} {type:이/가} 아니에요",
    "{count} style weights for {styles} styles": "스타일 {styles}개에 비중이 {count}개예요",
    "give each style one, or none": "스타일마다 하나씩 주거나 아예 주지 마세요",
    "{count} style weights for {styles} style pictures": "스타일 그림 {styles}장에 비중이 {count}개예요",
    "one above 0 for each, in order": "순서대로 하나씩, 0보다 크게 주세요",
    "{name} finishes none of what is searched": "{name:은/는} 지금 찾는 방법 가운데 마무리할 수 있는 것이 없어요",
    "methods that finish, and what: {names}": "마무리하는 방법과 그 대상: {names}",
    "{method}: {name!r} takes no bounds": "{method}: {name}에는 범위를 줄 수 없어요",
    "bounds are for numbers": "범위는 숫자에만 줄 수 있어요",
    "{method}: bounds {low:g}..{high:g} of {name} are out of range": (
        "{method}: {name} 범위 {low}..{high:이/가} 허용 범위를 벗어나요"
    ),
    "range: {least:g} to {most:g}": "범위: {least}부터 {most}까지",
    "no method has all of {wanted}": "{wanted:을/를} 모두 가진 방법이 없어요",
    "a style picture is missing": "스타일 그림이 없어요",
    "name it after the content picture": "바꿀 사진 다음에 알려 주세요",
    "-p {word!r} is no name=value": "-p {word:은/는} 이름=값 꼴이 아니에요",
    "for instance: -p style_weight=3": "예: -p style_weight=3",
    "within: {name!r} is no score and no number of a method": ""
    "within: {name:은/는} 점수도 방법의 숫자 매개변수도 아니에요",
    "scores: {names}; `autostyle methods NAME` lists parameters": ""
    "점수: {names}. 매개변수는 `autostyle methods NAME`에 있어요",
    "within: {low:g}..{high:g} of {name} is no range": "within: {name}의 {low}~{high}는 범위가 아니에요",
    "the low end first": "작은 값을 먼저 쓰세요",
    "{names} would not see with {encoder}: it has weights of its own": (
        "{names:은/는} {encoder:을/를} 쓰지 않아요. 자기 가중치가 따로 있어요"
    ),
    "leave --encoder out, or name a method that takes one: {others}": (
        "--encoder를 빼거나, 그것을 쓰는 방법을 고르세요: {others}"
    ),
    "--prefer {said!r} is no preference": "--prefer {said:은/는} 선호로 쓸 수 없어요",
    "style, content, or a number from 0 to 1": "style, content, 또는 0에서 1 사이의 수",
    "a content picture is missing": "바꿀 사진이 없어요",
    "autostyle tune CONTENT STYLE, or autostyle tune --plan FILE": (
        "`autostyle tune CONTENT STYLE` 또는 `autostyle tune --plan FILE`"
    ),
    "try a smaller --size": "크기를 줄여 보세요",
    "--with {word!r} is no NAME=FILE": "--with {word:은/는} 이름=파일 꼴이 아니에요",
    "for instance: --with lora=brand.safetensors": "예: --with lora=brand.safetensors",
    "`autostyle methods NAME` lists those of a method": "방법마다 쓸 수 있는 것은 `autostyle methods NAME`에 있어요",
    "{help} Endings: {names}": "{help} 확장자: {names}",
    "{names}: the recipe says that": "{names}: 레시피에 이미 정해져 있어요",
    "name the file alone": "파일만 알려 주세요",
    "aids of {method}: {what}": "{method}에 쓰는 파일: {what}",
    "the {kind} {name!r} of {package} is not taken: autostyle has one of this name": (
        "{package}의 {name} {kind:은/는} 쓰지 않아요. autostyle에 같은 이름이 있어요"
    ),
    "the {kind} {name!r} of {package} is not taken: {other} has one of this name": (
        "{package}의 {name} {kind:은/는} 쓰지 않아요. {other}에 같은 이름이 있어요"
    ),
    "method": "방법",
    "medium": "매체",
    "a path ascends to the value that was painted last": "경로의 값은 마지막에 그린 값까지 커지기만 해야 해요",
    "no name of an aid": "함께 쓰는 파일의 이름이 아니에요",
    "take parameters nearer to the defaults": "설정을 기본값에 더 가깝게 해 주세요",
    "{name!r} is no device: auto, cpu, cuda, cuda:N or mps": (
        "{name:은/는} 장치가 아니에요: auto, cpu, cuda, cuda:N, mps"
    ),
    "VGG-19 has no layer {layer!r}: its layers are relu1_1 to relu5_4": (
        "VGG-19에는 {layer} 층이 없어요. relu1_1부터 relu5_4까지 있어요"
    ),
    "a method is named twice": "같은 방법이 두 번 있어요",
    "`lost` must say for each method of `fallback`, and no other, what is given up with it": (
        "`lost`에는 `fallback`의 방법마다 무엇을 잃는지 적어야 해요"
    ),
    "`lost_ko` names a method that `fallback` does not": ("`lost_ko`에 `fallback`에 없는 방법이 있어요"),
    "two rows have the same id": "같은 id의 줄이 둘이에요",
    "the last row, and no other, must hold always (`when: {}`)": ("마지막 줄만 늘 맞아야 해요(`when: {}`)"),
}
