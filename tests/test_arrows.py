"""Who may import whom: the arrows that keep answers apart from what decides on them."""

import ast
from pathlib import Path

import pytest

CHECKS = Path(__file__).parent.parent / "checks"

#: module or package → the modules of ours that it may import; what is not listed is free.
ARROWS = {
    "exercise": set(),
    "markdown": set(),
    "lessons": {"exercise", "lessons"},
    "runner": {"runner", "registry"},
    "registry": set(),
    "picture": {"registry"},
    "serving": {"registry", "picture"},
    "desk": set(),
    "compare": {"exercise", "runner", "markdown"},
    "pipeline": set(),
    "durable": {"durable", "picture"},
    "feedback": {"exercise", "runner", "compare", "markdown", "pipeline"},
    "tryouts": set(),
    "judge": {"exercise", "runner", "compare", "feedback", "markdown", "tryouts"},
    "card": {"exercise", "markdown", "card"},
    "export": {"export", "lessons", "markdown"},
    "record": {"exercise"},
    "exam": {"exercise", "lessons", "judge", "card", "markdown"},
    "repetition": {"lessons", "record"},
    "proofs": {"lessons", "runner"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and node.module == "checks":
            names = [f"checks.{alias.name}" for alias in node.names]
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name and name.startswith("checks.")}
    return found


@pytest.mark.parametrize("part", ARROWS)
def test_the_arrows_point_one_way(part: str) -> None:
    files = (
        [CHECKS / f"{part}.py"] if (CHECKS / f"{part}.py").exists() else sorted((CHECKS / part).rglob("*.py"))
    )
    assert files
    for file in files:
        assert imports(file) <= ARROWS[part], file


def test_no_module_imports_mlflow_when_it_is_loaded() -> None:
    for file in CHECKS.rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "mlflow" not in ast.unparse(node), file
