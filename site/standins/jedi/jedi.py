"""Stands for jedi, which IPython asks for completions: here it completes by looking at what there is."""
