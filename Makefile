# Two commands: `make film` and `make test`. Both set the machine up first; that does nothing when
# there is nothing to do.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: film test setup lint types layers lock clean

film: setup
	$(BIN)/python render.py film

# As many processes as there are cores; what runs in one of them, and what first, is said in tests/conftest.py.
test: setup lint types layers
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder

setup: $(READY)

# Everything is pinned by lock.txt, also what builds the packages that come as source. The mountain's loops
# are compiled here, once, so that the first picture need not wait for it.
$(READY): pyproject.toml lock.txt
	@PYTHON="$(PYTHON)" sh .ci/system-packages
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT="$(CURDIR)/lock.txt" $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,slides,piper]"
	$(BIN)/python -m scenes.engine.compile_kernels
	@touch $(READY)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

# Takes the newest of everything that pyproject.toml allows, and pins it.
lock: setup
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable ".[dev,slides,piper]"
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > lock.txt

clean:
	rm -rf .venv .golden media .mypy_cache .pytest_cache .ruff_cache
