# The commands of the workbook. `make lab` to learn, `make test` to check, `make notebooks` after editing solutions.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
UV := $(shell sed -n 's/^uv==/uv==/p' requirements.txt)

.PHONY: setup lab test languages notebooks bench picture lint lock site site-lock clean

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q checks
	$(BIN)/python -m checks.world.registry
	$(BIN)/python -c "import matplotlib.font_manager" # lists the fonts, once
	$(BIN)/python -m checks.instructor.guard
	$(BIN)/python -m checks.learner.environment
	touch $@

lab: setup
	$(BIN)/workbook lab $(ARGS)

test: setup lint
	$(BIN)/python -m pytest $(ARGS)
	$(BIN)/python -m pytest --nbval solutions

languages: setup
	$(BIN)/python -m checks.author.messages

notebooks: setup
	$(BIN)/workbook notebooks

bench: setup
	$(BIN)/python -m tests.bench

picture: setup
	$(BIN)/python -m tests.learner.browser.picture
	$(BIN)/python -m tests.learner.browser.film

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	    --no-header --no-annotate --no-emit-index-url --quiet -o requirements.txt

site: setup
	$(BIN)/python site/build.py

site-lock: setup
	$(BIN)/python site/lock.py

clean:
	rm -rf .venv
