# What people do with this repository. Everything is installed into .venv, nothing anywhere else.

.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header \
	--universal --python-version 3.11
# Tests start processes: what one has compiled is kept for the next, also where the environment forbids
# to keep it beside the code. In the order of their folders no long file is left for the end.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$$PWD/$(VENV)/pycache" $(BIN)/python -m pytest -q \
	--numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# $(call install,FILE) installs a lock. uv does it ten times faster than pip; where uv cannot run or
# cannot reach the packages (it does not read pip's configuration), pip does the same.
define install
	@echo "Installing what $(1) lists ..."
	@$(BIN)/uv pip install --system-certs --quiet --python $(BIN)/python --require-hashes --requirement $(1) \
		2> $(VENV)/uv.log \
		|| $(BIN)/python -m pip install --quiet --require-hashes --requirement $(1)
endef

.PHONY: help
help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: playground
playground: $(VENV)/.runtime ## Talk to Steward in a page on this computer (PORT, DATABASE_URL)
	@DATABASE_URL="$${DATABASE_URL:-sqlite:///steward-demo.db}" $(BIN)/python -m bot playground

.PHONY: test
test: lint ## Check everything: lint, types, tests
	$(PYTEST)

.PHONY: test-postgres
test-postgres: $(VENV)/.dev ## Run every test that has a database on PostgreSQL instead of SQLite
	STEWARD_TEST_DATABASE=postgresql $(PYTEST)

.PHONY: lint
lint: $(VENV)/.dev ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/lint-imports

.PHONY: format
format: $(VENV)/.dev ## Put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev ## Measure what people wait for, and what a large portfolio costs
	$(BIN)/python -m tests.benchmarks

.PHONY: chaos
chaos: $(VENV)/.dev ## Kill, repeat and race on both databases, and count what is lost or doubled
	$(BIN)/python -m tests.chaos

.PHONY: evals
evals: $(VENV)/.dev ## Ask the languages their questions: accuracy by tool, mix-ups, time, cost
	$(BIN)/python -m tests.evals

.PHONY: learn
learn: $(VENV)/.dev ## Learn the offline language again, after a change of its phrases
	$(BIN)/python -m bot.language.offline.learn

.PHONY: audit
audit: $(VENV)/.dev ## Look for known weaknesses in the packages, and list these (dist/sbom.cdx.json)
	$(BIN)/python .ci/audit.py

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Try to break what reads from outside (FUZZ_SECONDS each, 120)
	@$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes \
		--requirement requirements-fuzz.lock 2> /dev/null || echo "atheris has no wheel for this Python." >&2
	$(BIN)/python -m tests.fuzz $(or $(FUZZ_SECONDS),120)

.PHONY: lock
lock: $(VENV)/.dev ## Renew the locks after a change of pyproject.toml
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.lock
	printf 'atheris<3.1; python_version<"3.12"\natheris>=3.1; python_version>="3.12"\n' | $(COMPILE) - --output-file requirements-fuzz.lock
	printf 'uv\nhatchling\neditables\n' | $(COMPILE) - --output-file bootstrap.lock

.PHONY: dev
dev: $(VENV)/.dev ## Install what developing needs

$(VENV)/pyvenv.cfg:
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue; \
		"$$name" -m venv $(VENV) && exit 0; \
		rm -rf $(VENV); \
		echo "$$name cannot make a virtual environment. On Debian or Ubuntu, install" \
			"python3-venv; then try again." >&2; exit 1; \
	done; \
	echo "Steward needs Python 3.11 or newer, and there is none here. Install one and try again;" \
		"one in an unusual place is named by make PYTHON=/path/to/python ..." >&2; exit 1

$(VENV)/.bootstrap: bootstrap.lock $(VENV)/pyvenv.cfg
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement bootstrap.lock \
		|| echo "uv cannot be installed here; pip goes on alone, more slowly." >&2
	@touch $@

# Steward itself is installed as a link to this folder, so that `.venv/bin/steward` runs this code.
$(VENV)/.steward: pyproject.toml $(VENV)/.bootstrap
	@$(BIN)/uv pip install --system-certs --quiet --python $(BIN)/python --no-deps --no-build-isolation \
		--editable . 2> $(VENV)/uv.log \
		|| $(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.steward
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.steward
	$(call install,requirements-dev.lock)
	@touch $@
