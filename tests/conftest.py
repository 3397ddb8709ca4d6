"""What all tests share: examples of Hypothesis have no time limit, as machines are shared and noisy."""

from hypothesis import settings

settings.register_profile("workbook", deadline=None)
settings.load_profile("workbook")
