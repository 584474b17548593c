# make demo / test / check work from a fresh clone with Python 3.11+: they make .venv from the pinned requirements.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: demo install dev test check bench faults screening lock

.venv/installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

install: .venv/installed
dev: .venv/installed-dev

# STORY=1 plays the story and ends; without it the phones page stays open.
demo: .venv/installed
	$(BIN)/linli demo $(if $(STORY),--story-only)

# Compiled first: many tests start a bot in a process of its own.
test: .venv/installed-dev
	$(BIN)/python -m compileall -q -x '[.]venv' .
	$(BIN)/python -m pytest -n auto tests

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Speed, beside plain aiogram and python-telegram-bot in the same run.
bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

# Two hundred kills of Linli, and of bare bots of two frameworks beside it; then everything else that breaks things.
faults: .venv/installed-dev
	$(BIN)/python -m tests.faults $(or $(KILLS),200)
	$(BIN)/python -m pytest -n auto tests/faults

# Prints how well the screening tells acts from persons, on the corpus in the tests.
screening: .venv/installed-dev
	$(BIN)/python -m tests.unit.handlers.screening

# Pins every dependency with its hashes and without addresses (needs uv on the path).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --extra dev -o requirements-dev.txt pyproject.toml
