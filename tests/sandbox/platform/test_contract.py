"""The contract is a document that agrees with the code."""

from __future__ import annotations

import yaml

from sandbox.platform import contract


def test_the_contract_is_up_to_date() -> None:
    """docs/reference/platform.openapi.yaml is what the reference platform serves."""
    written = contract.FILE.read_text(encoding="utf-8")
    assert written == contract.document(), "run python -m sandbox.platform.contract"


def test_the_contract_is_openapi_of_what_terminals_use() -> None:
    """It is OpenAPI 3.1, leads nowhere but to itself, and leaves out the sandbox's own switches."""
    document = yaml.safe_load(contract.document())
    assert document["openapi"].startswith("3.1.")
    assert all(path.startswith("/v1/") for path in document["paths"])
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(_references(document)) == named


def _references(part: object) -> list[str]:
    match part:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for inner in part.values() for found in _references(inner)]
        case list():
            return [found for inner in part for found in _references(inner)]
        case _:
            return []
