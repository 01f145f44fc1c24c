# Every target does its own set-up; a second call finds it done. The settings of all tools are in pyproject.toml.
python := .venv/bin/python
pip := -m pip --disable-pip-version-check --quiet install
setup := packaging/setup

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## */\1\t/p' Makefile | expand -t 12

run: .venv/runs  ## open the 2024 Senate results in the program
	@test "$$(uname)" != Linux || test "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" || \
		{ echo 'There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.' >&2; exit 1; }
	.venv/bin/tally-app --sample

test: .venv/develops  ## every test: those that need no Qt, with Qt out of reach, and beside them the windows
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-below test-windows

test-below:
	$(python) -m pytest -p no:pytest-qt

test-windows:
	QT_QPA_PLATFORM=offscreen $(python) -m pytest $(wildcard tests/ui tests/e2e)

test-core: .venv-core/tests  ## the tests that need no Qt, in an environment without Qt
	.venv-core/bin/python -m pytest

check: .venv/develops  ## style, types and the floors of the house
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy
	.venv/bin/lint-imports

bench: .venv/compares  ## measure how long key presses, large files and allocations take
	QT_QPA_PLATFORM=offscreen $(python) -m tests.benchmarks

screenshot: .venv/develops  ## take the picture in the README anew
	$(python) packaging/screenshot.py docs/screenshot.png

icons: .venv/develops  ## draw the icons anew, after a change to packaging/icons/drawings
	$(python) packaging/icons/make.py

package: .venv-package/builds  ## build what people receive, into dist/: the program with all it needs
	PYTHONPATH=packaging .venv-package/bin/python -m release

check-package: .venv-package/builds  ## look at what is in dist/ as a suspicious recipient would
	PYTHONPATH=packaging .venv-package/bin/python -m release.check

test-package: .venv/develops  ## install what was built on a minimal Debian without network, use it there, remove it (root)
	$(python) -m pytest tests/packaged -rs

clean:  ## remove the environments and everything that was made
	rm -rf .venv .venv-core .venv-package build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the targets above need. A file in .venv is the mark of a step that was finished.

.venv/runs: pyproject.toml $(shell test -x $(python) || echo new-venv) | system
	@test -x $(python) || $$($(setup)/find_python.sh) -m venv --clear .venv
	@echo 'Installing the program (one or two minutes the first time)'
	@$(python) $(pip) -e .
	@touch $@

.venv/develops: .venv/runs
	@echo 'Installing the tools for tests and checks'
	@$(python) $(pip) -e '.[dev]'
	@touch $@

.venv/compares: .venv/develops
	@echo 'Installing the programs that allocations are compared with'
	@$(python) $(pip) -e '.[dev,bench]'
	@touch $@

.venv-core/tests: pyproject.toml $(setup)/requirements_without_qt.py | system
	@test -x .venv-core/bin/python || $$($(setup)/find_python.sh) -m venv --clear .venv-core
	@echo '*' > .venv-core/.gitignore
	@.venv-core/bin/python $(setup)/requirements_without_qt.py > .venv-core/requirements.txt
	@.venv-core/bin/python $(pip) -r .venv-core/requirements.txt
	@touch $@

# The system's own Python: what is bundled is then known by its Debian package.
.venv-package/builds: pyproject.toml packaging/constraints.txt | system
	@test -x .venv-package/bin/python || $$($(setup)/find_python.sh system) -m venv --clear .venv-package
	@echo '*' > .venv-package/.gitignore
	@echo 'Installing the tools that build packages'
	@.venv-package/bin/python $(pip) -c packaging/constraints.txt -e '.[package]'
	@touch $@

system:
	@$(setup)/system_packages.sh venv window $(if $(filter test test-package,$(MAKECMDGOALS)),screen) $(if $(filter test-package,$(MAKECMDGOALS)),field) $(if $(filter package,$(MAKECMDGOALS)),bundle)

new-venv:

.PHONY: help run test test-below test-windows test-core check bench screenshot icons package check-package test-package clean system new-venv
