# Everything is installed into $(VENV); nothing outside this folder is touched.

VENV   ?= .venv
PHOTO  ?= studies/examples/content/astronaut.jpg
STYLE  ?= studies/examples/styles/swirling-night-12.jpg
TRIALS ?= 2
SIZE   ?= 224
FINAL  ?= 384
ARGS   ?=

# The many processes of the tests read compiled modules instead of compiling them anew, each for itself.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
# More processes than cores (tests/conftest.py says how many); each takes what the others leave.
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal
# The first Python on the path that is 3.11 or later.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help demo test test-all published lint bench clean

help:  ## say what there is
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/  make \1\t\2/p' Makefile

demo: $(VENV)/.installed  ## tune a photograph towards a painterly style, offline; run it again to resume
	@$(BIN)/autostyle tune --offline $(PHOTO) $(STYLE) \
		--trials $(TRIALS) --size $(SIZE) --final-size $(FINAL) $(ARGS)

test: $(VENV)/.installed-dev  ## run the tests that guard behaviour (ARGS names some: tests/media -k alpha)
	@$(PYTEST) -m "not slow" $(ARGS)

test-all: $(VENV)/.installed-dev  ## run these and the slow ones: trainings, whole studies, every kind of kill
	@$(PYTEST) $(ARGS)

published: $(VENV)/.installed-dev  ## fetch the published weights that some slow tests run on (180 MB, once)
	@$(BIN)/python -m tests.published

lint: $(VENV)/.installed-dev  ## style, types and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --num-workers auto
	@$(BIN)/lint-imports

bench: $(VENV)/.installed-dev  ## measure; JSON in benchmarks/out (ARGS names single benchmarks)
	@$(BIN)/python -m benchmarks $(ARGS)

clean:  ## remove builds and caches; studies and the environment stay
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find autostyle training benchmarks tests -name __pycache__ -prune -exec rm -rf {} +

# Modules are compiled on all cores, where pip takes one; but for those that hardly any program imports.
UNCOMPILED = /(tests?|testing|transformers/models|diffusers/pipelines)/

# Stamps: installed again only when what is asked for has changed.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(call install,.)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	$(call install,.[dev])
	@touch $(VENV)/.installed $@

define install
	@python="$(PYTHON)"; test -n "$$python" || { \
		echo "error: no Python 3.11 or newer on the path" >&2; \
		echo "hint: install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }; \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: $$python is older than Python 3.11, or does not run" >&2; \
		echo "hint: name another: make PYTHON=/path/to/python3.12" >&2; exit 1; }; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "error: $$python cannot make virtual environments" >&2; \
		echo "hint: on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	echo "Installing the tested versions into $(VENV), once ..."; start=$$(date +%s); \
	{ test -x $(BIN)/pip || "$$python" -m venv $(VENV); } && \
	$(BIN)/python -m pip install --disable-pip-version-check --no-compile -c constraints.txt -e '$(1)' && \
	{ $(BIN)/python -m compileall -qq -j 0 -x '$(UNCOMPILED)' $(VENV)/lib; true; } && \
	echo "Installed in $$(($$(date +%s) - start)) s." || { \
		echo "error: the installation failed; pip says why above" >&2; \
		echo "hint: run the same command again; what was downloaded is kept" >&2; exit 1; }
endef
