"""The cards: what a learner sees of an exercise and of their progress."""
