# make demo and make test install what they need; neither asks for root.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
EXTRAS := web digest xlsx fast legacy analyst dev

.PHONY: setup demo test lint bench lock calibrate cross docs debian clean

# Builds .venv with every extra but `cluster`; done again only when the locked list or the project's own changed.
setup: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q model crawler extract store monitor
	@touch $@

demo: setup
	@$(BIN)/ansinh demo

# Debian's Chromium and Redis, where this may install them; elsewhere the tests that need them say so and skip.
debian:
	@bash tests/debian.sh

.venv/cluster: .venv/installed requirements-cluster.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-cluster.lock
	@touch $@

test: setup .venv/cluster debian lint
	@$(BIN)/python -m pytest tests

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: setup .venv/cluster
	@$(BIN)/python -m bench

# Learns anew when a figure may be published.
calibrate: setup
	@$(BIN)/python -m tests.gold.calibrate

# Scores the frozen rules on labelled texts, with a confidence interval.
cross: setup
	@$(BIN)/python -m tests.gold.cross

docs: setup
	@$(BIN)/python -m docs.generate

# The lists name no registry host; needs uv, which setup installs.
lock: setup
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 $(EXTRAS:%=--extra %) \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 $(EXTRAS:%=--extra %) --extra cluster \
		--constraint requirements.lock --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--quiet -o requirements-cluster.lock

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache
