"""The Debian packages the project needs, each with its reason."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "chromium": "the fleet's pages as a browser shows them",
    "fonts-material-design-icons-iconfont": "the icons on the screens",
    "fonts-noto-cjk": "Chinese on screens, receipts and certificates",
    "libgl1": "OpenGL, which Kivy draws with",
    "libgl1-mesa-dri": "OpenGL without a graphics card",
    "libmtdev1": "touch screens, read by Kivy",
    "mosquitto": "the MQTT broker between terminal and fleet",
    "poppler-utils": "certificates turned back into text and pictures",
    "xdotool": "real touches on the real screens",
    "xvfb": "a display where there is none",
}


def needed() -> dict[str, str]:
    """The packages and reasons for this Python: Debian ships its venv separately."""
    if importlib.util.find_spec("ensurepip"):
        return PACKAGES
    return PACKAGES | {"python3-venv": "the private Python environment"}


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
