"""Parts of situations that the programs of several lessons make from a seeded random."""

from random import Random

#: The registry's other models, whose names begin or end as that of MyModel; one sorts before it, one after.
OTHERS = ("MyModel2", "BigMyModel")
BESIDE = f"other models, `{OTHERS[0]}` and `{OTHERS[1]}`, in the registry"


def some_numbers(random: Random, count: int) -> list[int]:
    """The numbers of so many versions, often with gaps where some were deleted, of one digit or two."""
    gaps = random.choice((0, 2, 9))
    return sorted(random.sample(range(1, count + gaps + 1), count))
