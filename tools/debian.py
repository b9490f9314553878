"""The Debian packages the project needs, each with its reason."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

PACKAGES = {
    "chromium": "the fleet's pages as a browser shows them",
    "cups": "print queues of document printers",
    "cups-ipp-utils": "a real IPP printer without paper, ippeveprinter",
    "dbus": "the bus without which ippeveprinter does not start",
    "fonts-material-design-icons-iconfont": "the icons on the screens",
    "fonts-noto-cjk": "Chinese on screens, receipts and certificates",
    "gcc": "building Python packages for smart cards and input devices, and the moved clock",
    "libc6-dev": "likewise",
    "libgl1": "OpenGL, which Kivy draws with",
    "libgl1-mesa-dri": "OpenGL without a graphics card",
    "libmtdev1": "touch screens, read by Kivy",
    "libpcsclite-dev": "the smart-card library that pyscard is built against",
    "librime1": "Chinese by pinyin on the keyboard of the screen",
    "libusb-1.0-0": "USB devices, by pyusb",
    "mosquitto": "the MQTT broker between terminal and fleet",
    "pcscd": "the smart-card service",
    "pkg-config": "tells pyscard where that library is",
    "poppler-utils": "certificates turned back into text and pictures",
    "rime-data-luna-pinyin": "the words it knows",
    "speech-dispatcher": "the daemon by which the terminal speaks",
    "speech-dispatcher-espeak-ng": "its synthesizer, with Mandarin and English",
    "umockdev": "a USB bus without hardware",
    "vsmartcard-vpcd": "smart-card readers without hardware",
    "xdotool": "real touches on the real screens",
    "xvfb": "a display where there is none",
}


def needed() -> dict[str, str]:
    """The packages and reasons for this Python: Debian ships its venv and headers separately."""
    wanted = dict(PACKAGES)
    if not importlib.util.find_spec("ensurepip"):
        wanted["python3-venv"] = "the private Python environment"
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        wanted["python3-dev"] = "Python's own headers, to build against"
    return wanted


def missing() -> list[str]:
    """The needed packages that are not installed; all of them where dpkg is not at hand."""
    wanted = needed()
    if shutil.which("dpkg-query") is None:
        return sorted(wanted)
    query = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *wanted]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return sorted(set(wanted) - installed)


def installer() -> list[str] | None:
    """The command that installs packages given after it, or None where this user has none."""
    script = ["sh", str(Path(__file__).with_name("apt.sh"))]
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return script
    if shutil.which("sudo") is None:
        return None
    return ["sudo", *([] if sys.stdin.isatty() else ["-n"]), *script]
