"""What is said of weights and where they come from, in Korean."""

from __future__ import annotations

WEIGHTS = {
    "comes with autostyle": "autostyle에 들어 있어요",
    "autostyle weights get {id}  ({size:.0f} MB, {licence})": "`autostyle weights get {id}`({size} MB, {licence})",
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
    "a motion adapter for {model}, in diffusers' layout": "diffusers 형식의 {model}용 모션 어댑터",
    "a motion adapter with {channels} input channels of its own": "입력 채널이 {channels}개인 모션 어댑터",
    "a motion adapter for a model with other blocks": "블록 구성이 다른 모델의 모션 어댑터",
    "no folder of configuration files": "설정 파일 폴더가 아닌 것",
    "the folder that has model_index.json in it": "model_index.json이 든 폴더",
    "one file, {what}": "파일 하나, {what}",
    "a folder with {what}": "{what:이/가} 든 폴더",
    "no configuration of a network": "네트워크 설정이 아닌 것",
    "fetch it again, or give another folder": "다시 받거나 다른 폴더를 알려 주세요",
    "{path} has no .safetensors file": "{path}에 .safetensors 파일이 없어요",
    "{folder} has no .safetensors file in {part}": "{folder}의 {part}에 .safetensors 파일이 없어요",
    "another base model": "다른 기본 모델",
    "{what} for {other}, not for {model}": "{model:이/가} 아니라 {other}용 {what}",
    "take the .safetensors edition of the same weights": "같은 가중치의 .safetensors 판을 써 주세요",
    "{file} is a pickle, which can run any code when it is opened": (
        "{file:은/는} 열면 아무 코드나 실행할 수 있는 pickle 파일이에요"
    ),
    "the plain IP-Adapter for {model} and CLIP ViT-H/14, one file": (
        "{model}과 CLIP ViT-H/14용 기본 IP-Adapter 파일 하나"
    ),
    "a folder, and an IP-Adapter is one file": "폴더(IP-Adapter는 파일 하나예요)",
    "another one": "다른 것",
    "{what} for the image encoder {encoder}: {sees} numbers a picture, not {says}": (
        "이미지 인코더 {encoder}용 {what}(그림마다 수가 {says}개가 아니라 {sees}개)"
    ),
    "a CLIP image encoder with its projection, in a folder": "프로젝션이 있는 CLIP 이미지 인코더 폴더",
    "a ControlNet for {model}": "{model}용 ControlNet",
    "a ControlNet that looks at {channels} channels": "채널 {channels}개를 보는 ControlNet",
    "{path} cannot be loaded: {why}": "{path:을/를} 불러올 수 없어요: {why}",
    "give a .safetensors file": ".safetensors 파일을 알려 주세요",
    "{what} ({channels} input channels)": "{what}(입력 채널 {channels}개)",
    "a model of another task": "다른 일을 하는 모델",
    "the refiner of Stable Diffusion XL": "Stable Diffusion XL의 리파이너",
    "the refiner of {model}": "{model}의 리파이너",
    "a {model} model": "{model} 모델",
    "an inpainting model": "인페인팅 모델",
    "an InstructPix2Pix model": "InstructPix2Pix 모델",
    "a depth-to-image model": "depth-to-image 모델",
    "an upscaler": "업스케일러",
    "an IP-Adapter FaceID": "IP-Adapter FaceID",
    "an IP-Adapter Full Face": "IP-Adapter Full Face",
    "an IP-Adapter Plus": "IP-Adapter Plus",
    "an IP-Adapter": "IP-Adapter",
    "an IP-Adapter for FLUX": "FLUX용 IP-Adapter",
    "a Stable Diffusion 3 model": "Stable Diffusion 3 모델",
    "a FLUX model": "FLUX 모델",
    "a Wan model": "Wan 모델",
    "a ControlNet": "ControlNet",
    "a ControlNet for another model": "다른 모델용 ControlNet",
    "a ControlNet-LLLite": "ControlNet-LLLite",
    "a T2I-Adapter": "T2I-Adapter",
    "an AnimateDiff motion module": "AnimateDiff 모션 모듈",
    "an image encoder": "이미지 인코더",
    "a depth estimator": "깊이 추정 모델",
    "a text encoder": "텍스트 인코더",
    "a VAE": "VAE",
    "autostyle weights get {name}_config": "`autostyle weights get {name}_config`",
    "the configuration files of {name} are not on this machine": "{name} 설정 파일이 이 컴퓨터에 없어요",
    "FILE@0.8,OTHER@0.5": "FILE@0.8,OTHER@0.5",
    "a path, or first: autostyle weights get {hub}": (
        "경로를 알려 주거나 먼저 받아 주세요: `autostyle weights get {hub}`"
    ),
    "there is no LoRA {name}": "{name:이라는/라는} LoRA가 없어요",
    "{hub} has: {names}; say {hub}/FILE": "{hub}에 있는 것: {names}. {hub}/FILE로 알려 주세요",
    "{name} does not name one LoRA file": "{name:은/는} LoRA 파일 하나를 가리키지 않아요",
    "{path} cannot be applied: it is of peft's kind {kind}": "{path:은/는} 적용할 수 없어요. peft의 {kind} 종류예요",
    "a DoRA whose magnitudes belong to the inputs of its layers, not to their outputs": (
        "크기가 층의 출력이 아니라 입력에 달린 DoRA"
    ),
    "a LoHa, whose factors are multiplied element by element": "LoHa(인자를 원소마다 곱함)",
    "a LoKr, a Kronecker product": "LoKr(크로네커 곱)",
    "a LoCon in Tucker form, of three factors": "Tucker 형식의 LoCon(인자 셋)",
    "an OFT, which rotates and does not add": "OFT(더하지 않고 회전함)",
    "a GLoRA": "GLoRA",
    "the difference of whole layers": "층 전체의 차이",
    "a LoRA that also changes the words themselves": "단어 자체도 바꾸는 LoRA",
    "{what} without its VAE": "VAE가 없는 {what}",
    "a model that varies pictures (unCLIP)": "그림을 변형하는 모델(unCLIP)",
    "the part {what} alone": "{what} 부분만 든 것",
    "give the folder that holds it": "그것이 든 폴더를 알려 주세요",
    "{folder} is no diffusers folder: it has no model_index.json": (
        "{folder}에 model_index.json이 없어 diffusers 폴더가 아니에요"
    ),
    "a model of the kind {what}": "{what} 종류의 모델",
    "without {names}": "{names:이/가} 없는 것",
    "remove it and run `autostyle weights get clip`": "지우고 `autostyle weights get clip`을 해 주세요",
    "{path} is no checkpoint of open_clip's {architecture}": (
        "{path:은/는} open_clip {architecture} 체크포인트가 아니에요"
    ),
    "this encoder has no layer {layer!r}": "이 인코더에는 {layer} 층이 없어요",
    "its layers are {names}": "있는 층: {names}",
    "free some space and try again": "공간을 비우고 다시 해 주세요",
    "no room for {size:.0f} MB in {cache}": "{cache}에 {size} MB를 둘 공간이 없어요",
    "no room for {size:.0f} MB in {folder}": "{folder}에 {size} MB를 둘 공간이 없어요",
    "could not fetch {repository} to {cache}: {error}": "{repository:을/를} {cache}에 받지 못했어요: {error}",
    "try again: it goes on where it stopped": "다시 하면 멈춘 데서 이어 받아요",
    "check the name": "이름을 확인해 주세요",
    "{repository} is not in the hub's cache and could not be fetched: {error}": (
        "{repository:이/가} 허브 캐시에 없고 받지도 못했어요: {error}"
    ),
    "try again, or put the file there yourself": "다시 하거나 파일을 직접 그 자리에 두세요",
    "what came from {url} is not the expected file (its sha256 differs)": (
        "{url}에서 온 것은 받으려던 파일이 아니에요(sha256이 달라요)"
    ),
    "could not fetch {url} to {target}: {error}": "{url:을/를} {target}에 받지 못했어요: {error}",
    "remove it, or name another: `autostyle weights get {id}`, `autostyle weights use {id} FILE`": (
        "지우거나 다른 파일을 알려 주세요: `autostyle weights get {id}`, `autostyle weights use {id} FILE`"
    ),
    "{path} is no RAFT in torchvision's layout": "{path:은/는} torchvision 형식의 RAFT가 아니에요",
    "remove it, or fetch it: `autostyle weights get raft_small`": (
        "지우거나 새로 받아 주세요: `autostyle weights get raft_small`"
    ),
    "{path} is no {name} in torchvision's layout or by Caffe's names": (
        "{path:은/는} torchvision 구조나 Caffe 이름으로 된 {name:이/가} 아니에요"
    ),
    "{path}: its numbers do not tell which input this {name} expects": (
        "{path}: 이 {name:이/가} 어떤 입력을 받는지 값으로 알 수 없어요"
    ),
    "known are torchvision's layout, and Oxford's VGG-16 for RGB or BGR, 0..1 or 0..255": (
        "torchvision 구조와, RGB나 BGR, 0..1이나 0..255용 옥스퍼드 VGG-16을 읽을 수 있어요"
    ),
    "for a model of the hub: hf download {name}; its weights must be safetensors": (
        "허브의 모델이면 `hf download {name}`으로 받아 주세요. 가중치는 safetensors여야 해요"
    ),
    "no {kind} can be read from {name}: {why!r}": "{name}에서 {kind:을/를} 읽지 못했어요: {why}",
    "segmenter": "분할 모델",
    "model that sees": "그림을 보는 모델",
    "choose a model that was tuned for conversation": "대화용으로 조정된 모델을 골라 주세요",
    "{name} has no chat template": "{name}에는 대화 템플릿이 없어요",
    "the weights {id!r} are not on this machine, and --offline forbids fetching them": (
        "{id} 가중치가 이 컴퓨터에 없고, --offline이라 받지 못해요"
    ),
    "`autostyle weights` lists the others": "다른 것은 `autostyle weights`에 있어요",
    "{id} cannot be exchanged for one of your own": "{id:은/는} 내 것으로 바꿀 수 없어요",
    "{place} is a folder": "{place:은/는} 폴더예요",
    "give the file": "파일을 알려 주세요",
    "give a folder, a .safetensors file, or OWNER/NAME on the hub": (
        "폴더나 .safetensors 파일, 허브의 OWNER/NAME을 알려 주세요"
    ),
    "there is no {where}": "{where:이/가} 없어요",
    "other formats can run any code when they are opened": "다른 형식은 열면 아무 코드나 실행할 수 있어요",
    "{place} is no {kinds} file": "{place:은/는} {kinds} 파일이 아니에요",
    "move it away first": "먼저 다른 데로 옮겨 주세요",
    "{old} is already there": "{old:이/가} 이미 있어요",
    "models: auto, {names}": "모델: auto, {names}",
    "no model is called {name!r} here": "여기에 {name:이라는/라는} 모델은 없어요",
    "reinstall autostyle": "autostyle을 다시 설치해 주세요",
    "{path} does not hold the weights of {model}": "{path:은/는} {model} 가중치가 아니에요",
    "no weights are called {id!r}": "{id:이라는/라는} 가중치는 없어요",
    "weights: {names}": "가중치: {names}",
    "{name} looked, but gave no keywords": "{name:이/가} 보았지만 키워드를 내지 않았어요",
    "choose another model for [keywords] in the settings": "설정의 [keywords]에 다른 모델을 골라 주세요",
    "{text!r} is no weight of a LoRA": "{text:은/는} LoRA의 세기가 아니에요",
}
