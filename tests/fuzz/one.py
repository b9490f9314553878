"""One target under the fuzzer, in a process of its own: python -m tests.fuzz.one NAME OPTION…."""

from __future__ import annotations

import importlib
import sys

import atheris

if __name__ == "__main__":
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["drivers", "tests.fuzz"]):
        module = importlib.import_module(f"tests.fuzz.fuzz_{name}")
    # To merge corpora libFuzzer starts itself again, by what it takes for its program's name.
    sys.argv[0] = f"{sys.executable} -m tests.fuzz.one {name}"
    atheris.Setup(sys.argv, module.target)
    atheris.Fuzz()
