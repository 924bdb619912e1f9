# One command each. The environment is .venv; it is made new when pyproject.toml or constraints.txt change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO ?= demo

.PHONY: demo run test check bench images clean libraries libraries-test

demo: $(STAMP) libraries          ## a phantom scan: made, scored beside its truth, shown if there is a screen
	$(BIN)/cacviewer demo --out $(DEMO)

run: $(STAMP) libraries           ## the window
	$(BIN)/cacviewer

test: $(STAMP) libraries-test     ## all tests, a real window under Xvfb among them
	packaging/run-tests.sh $(BIN)/python

check: $(STAMP)                   ## style, types, who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --diff cacviewer tests benchmarks >/dev/null || echo "note: ruff format would change files"
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) libraries-test    ## speed and memory, as ratios and medians
	$(BIN)/python -m benchmarks

images: $(STAMP) libraries-test   ## the pictures of README and docs, from the demo phantom
	xvfb-run -a -s "-screen 0 1600x1000x24 -nolisten tcp" $(BIN)/python docs/make_images.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build dist

$(STAMP): pyproject.toml constraints.txt
	packaging/make-environment.sh $(PYTHON) $(VENV)
	@touch $@

libraries:
	@packaging/install-system-libraries.sh runtime

libraries-test:
	@packaging/install-system-libraries.sh runtime test
