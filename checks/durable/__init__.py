"""An approval in a process of its own, to be killed while it waits: `from checks.durable import Worker`.

Used by the notebook 08_durable_approval. Importing it loads neither DBOS nor a widget.
"""

from checks.durable.worker import Worker

__all__ = ["Worker"]
