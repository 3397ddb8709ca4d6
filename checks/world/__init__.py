"""What lessons play with: a registry, pipelines, a model server, a desk, a worker that may be killed.

Imported by notebooks (`from checks.world.registry import practice`), by the judge for the pipelines that some
questions show, and by the runner, which gives every answer a registry of its own and whose sandbox has a copy
of this room. Nothing in here knows an exercise or imports from another room.

- `registry`: a private MLflow registry on SQLite in milliseconds
- `picture`: a registry's versions, a worker's processes and a server's predictions, drawn
- `serving`: a small model server and real models for it
- `pipeline`: the course's approval pipeline, from YAML to a timeline
- `desk`: decisions by button and from a terminal
- `frame`: what makes buttons look like a card
- `durable`: an approval in a process of its own, to be killed while it waits
"""
