"""What is said of live frames, in Korean; the key is the English template."""

from __future__ import annotations

LIVE = {
    "there is no terminal to show it on": "보여 줄 터미널이 없어요",
    "-o out.mp4, or -o - for raw frames": "-o out.mp4로 저장하거나 -o -로 프레임을 그대로 내보내 주세요",
    "raw frames go to stdout alone": "가공하지 않은 프레임은 stdout으로만 나가요",
    "pipe it into a program: `autostyle live --help` shows one": (
        "다른 프로그램으로 이어 주세요. `autostyle live --help`에 예가 있어요"
    ),
    "nothing came that could be written": "쓸 프레임이 하나도 오지 않았어요",
    "look at the source with another program": "다른 프로그램으로 소스를 확인해 주세요",
    "`ls /dev/video*` lists the cameras of this machine": "`ls /dev/video*`로 이 컴퓨터의 카메라를 볼 수 있어요",
    "the screen is taken from X11 (DISPLAY): name it, screen:0.0; Wayland shows nothing to others": (
        "화면은 X11(DISPLAY)에서 가져와요. screen:0.0처럼 알려 주세요. Wayland는 화면을 내주지 않아요"
    ),
    "name the camera as Windows does: 'camera:Integrated Camera'": (
        "Windows에 보이는 이름으로 알려 주세요: 'camera:Integrated Camera'"
    ),
    "{name} cannot be read: {why}": "{name:을/를} 읽을 수 없어요: {why}",
    "this build of PyAV cannot read {format}": "설치된 PyAV로는 {format:을/를} 읽을 수 없어요",
    "pip's wheels of av can; or give a clip": "pip로 받은 av로는 읽을 수 있어요. 아니면 영상을 주세요",
    "give its number, camera:1; or a clip": "camera:1처럼 번호를 주거나 영상을 주세요",
    "{name} may not be read": "{name:을/를} 읽을 권한이 없어요",
    "Linux: sudo usermod -aG video $USER, and log in again; elsewhere: the system's privacy settings": (
        "리눅스에서는 sudo usermod -aG video $USER 뒤에 다시 로그인해 주세요. "
        "다른 시스템에서는 개인정보 설정에서 허용해 주세요"
    ),
    "{name} is in use": "{name:을/를} 다른 프로그램이 쓰고 있어요",
    "close the program that shows it, or name another": "그 프로그램을 닫거나 다른 것을 알려 주세요",
    "there is no camera {name}": "{name:이라는/라는} 카메라가 없어요",
    "{name} gives no more pictures: {why}": "{name:이/가} 더는 화면을 보내지 않아요: {why}",
    "is it still plugged in?": "아직 꽂혀 있나요?",
    "{path} takes no pictures: {why}": "{path:이/가} 화면을 받지 않아요: {why}",
    "a virtual camera is made by: sudo modprobe v4l2loopback exclusive_caps=1": (
        "가상 카메라는 이렇게 만들어요: sudo modprobe v4l2loopback exclusive_caps=1"
    ),
    "this build of PyAV writes to no camera": "설치된 PyAV로는 카메라에 쓸 수 없어요",
    "pip's wheels of av for Linux do": "리눅스에서 pip로 받은 av로는 쓸 수 있어요",
    "a camera waits for nobody": "카메라는 기다려 주지 않아요",
    "--every-frame is for clips": "--every-frame은 영상에만 써요",
    "which style of the net?": "넷의 어느 스타일로 할까요?",
    "--style, one or several: {names}": "--style에 하나나 여럿을 주세요: {names}",
}
