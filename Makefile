# One command each; everything is set up from the project's own files on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= demo-office

.PHONY: run test test-deep check bench lock clean

run: $(VENV)/.run
	$(BIN)/matcher demo --data $(DATA)

test: $(VENV)/.dev check
	$(BIN)/pytest -n 2 -m "not deep"

test-deep: $(VENV)/.dev
	$(BIN)/pytest -m deep

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m matcher.catalog.lint

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/suggest.py
	$(BIN)/python benchmarks/judged.py
	$(BIN)/python benchmarks/occupation.py

lock: $(VENV)/.dev
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet \
		--python-version 3.11 --extra fast --extra priors --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet \
		--python-version 3.11 --group build pyproject.toml -o requirements-run.lock

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, found ' + sys.version.split()[0]) if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements-run.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q matcher
	touch $@

$(VENV)/.dev: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q matcher
	touch $@

clean:
	rm -rf $(VENV) $(DATA) .mypy_cache .ruff_cache .pytest_cache .hypothesis
