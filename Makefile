# Everything happens in a virtual environment, made on first use with nothing but Python (3.11 to 3.14) and make.
# `make test PYTHON=python3.13 VENV=.venv-3.13` does it once more with another Python.

PYTHON ?= $(shell for name in python3.13 python3.12 python3.14 python3.11 python3 python; do \
	"$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo "$$name" && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

.PHONY: demo test check bench pictures lock clean

demo: $(VENV)/app  ## run the main job on the sample case: cost it, check it, keep it, print it
	$(BIN)/supportplan demo --pdf sample-plan.pdf

test: $(VENV)/test  ## run all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/test  ## lint, format, types for the oldest and newest Python, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --python-version 3.11
	$(BIN)/mypy --python-version 3.14
	$(BIN)/lint-imports

bench: $(VENV)/test  ## measure the numbers that the program is held to, in one table
	$(BIN)/python -m bench

pictures: $(VENV)/test  ## make the pictures and keys of the guide anew, and those that the tests compare with
	$(BIN)/python -m pictures
	$(BIN)/python -m pytest --snapshot-update tests/screens/test_pictures.py

lock: $(VENV)/test  ## choose versions anew, with their hashes
	$(BIN)/python -m pip install --quiet "uv>=0.9"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--upgrade --constraint requirements/constraints.txt --extra build pyproject.toml -o requirements/app.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--upgrade --constraint requirements/constraints.txt --extra build --extra test pyproject.toml -o requirements/test.txt

clean:
	rm -rf $(VENV)

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "supportplan needs Python 3.11, 3.12, 3.13 or 3.14. Install one of them, then try again."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/app: $(VENV)/made requirements/app.txt pyproject.toml
	$(INSTALL) requirements/app.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/app requirements/test.txt
	$(INSTALL) requirements/test.txt
	@touch $@
