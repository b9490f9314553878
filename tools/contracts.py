"""A law for import-linter: modules that may import what is named, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """Everything inside `modules` imports only what is inside `allowed` or inside `modules`.

    import-linter's own contracts name what is forbidden; a list of what is allowed can not be
    slipped past by a library nobody thought of. With `only_ours` it leaves libraries alone and
    looks at this project's own packages.
    """

    type_name = "only"

    modules = fields.SetField(subfield=fields.StringField())
    allowed = fields.SetField(subfield=fields.StringField())
    only_ours = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - the base's signature
        """Collect each import that is not allowed, with its lines."""
        modules: set[str] = self.modules  # type: ignore[assignment] # a field reads as its value
        allowed: set[str] = self.allowed  # type: ignore[assignment] # likewise
        only_ours: bool = self.only_ours  # type: ignore[assignment] # likewise
        ours: list[str] = self.session_options["root_packages"]
        found = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if _inside(importer, modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not _inside(imported, modules | allowed)
            and not _around(imported, allowed)
            and (_inside(imported, ours) or not only_ours)
        ]
        lines = [line for pair in found for line in _lines(graph, *pair)]
        return ContractCheck(kept=not found, metadata={"lines": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each line that breaks the law."""
        for line in check.metadata["lines"]:
            output.print_error(line)


def _inside(module: str, packages: Iterable[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in packages)


def _around(module: str, packages: Iterable[str]) -> bool:
    """Whether a package is imported with an allowed one anyway, because it is around it."""
    return any(name.startswith(f"{module}.") for name in packages)


def _lines(graph: ImportGraph, importer: str, imported: str) -> list[str]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return [f"{importer}:{d['line_number']} imports {imported}" for d in details]
