"""The least that a terminal's configuration file has to say."""

from __future__ import annotations

from typing import Final

MINIMAL: Final = """\
[terminal]
id = "t1"
name = { zh = "家门口", en = "Doorstep" }
place = { zh = "村口", en = "At the gate" }
region = "990000"
orientation = "portrait"
[platform]
url = "http://127.0.0.1:8000"
[catalogue]
keys = ["ed25519:k1:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="]
[storage]
state = "/var/lib/doorstep"
"""
