# Two commands matter: `make run` and `make test`. The rest is for those who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: run setup test check gates bench lint types floors pins clean

run: $(VENV)/.installed ## Set up, then run the observatory in ./observatory and serve it
	$(BIN)/atalaya run

setup: $(VENV)/.installed ## Set up only

test: $(VENV)/.dev ## Set up, then run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: lint types floors test ## The one definition of done

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

floors: $(VENV)/.dev
	$(BIN)/lint-imports

gates: $(VENV)/.dev ## Hold every quality to its floor, and print what was measured
	$(BIN)/python -m pytest tests/gates -q -s -p no:randomly

bench: $(VENV)/.dev ## Measure; prints a table, fails nothing
	$(BIN)/python -m benchmarks

pins: $(VENV)/.dev ## Resolve the direct dependencies anew, with hashes and without addresses
	$(BIN)/pip-compile $(PINS) --build-deps-for editable -o requirements.txt pyproject.toml
	$(BIN)/pip-compile $(PINS) -o requirements-dev.txt requirements-dev.in
PINS := --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options --allow-unsafe

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Atalaya needs Python 3.11 or newer: make PYTHON=python3.11 run"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv is missing: on Debian, apt install python3-venv"; exit 2; }

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean: ## Remove what setting up made; an observatory is never touched
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
