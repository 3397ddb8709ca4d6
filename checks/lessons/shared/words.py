"""Words for what a situation says, shared by the lessons' situations.py."""


def listed(words: list[str]) -> str:
    """Such as `v1, v2 and v3`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
