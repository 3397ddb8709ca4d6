"""A small lesson, as an author writes it: a step, its check and a card, all answered."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


def tagged(exercise: str, role: str, source: str) -> nbformat.NotebookNode:
    return new_code_cell(
        source,
        id=f"{exercise.replace('.', '-')}-{role}",
        metadata={"workbook": {"exercise": exercise, "role": role}},
        outputs=[new_output("stream", text="secret")],
        execution_count=7,
    )


def solution() -> nbformat.NotebookNode:
    return new_notebook(
        cells=[
            new_markdown_cell("# Lesson", id="intro"),
            tagged("rollback.2", "answer", "current_version = 'v3'"),
            tagged("rollback.2", "check", 'check("rollback.2")'),
            tagged("approval.1", "ask", 'ask("approval.1", "transition_model_version_stage")'),
        ]
    )
