# Traboule: two commands are enough, "make run" and "make test". The others are for changing it.

PYTHON := .venv/bin/python
TRABOULE := $(PYTHON) -m traboule.config.command
SOURCES := traboule tests benchmarks conftest.py
PRODUCTION := env -u DATABASE_URL TRABOULE_URL=https://traboule.example TRABOULE_DATA=var/check
CATALOGUE := --locale en --extension py,html --add-location file --no-wrap --no-obsolete \
	--ignore tests --ignore "*/tests/*" --ignore benchmarks --ignore "var*" --ignore build

.DEFAULT_GOAL := help

help:  ## Dit ce que chaque commande fait
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

.venv/.installed-run: requirements.txt
	@tools/setup run

.venv/.installed-dev: requirements-dev.txt
	@tools/setup dev

run: .venv/.installed-run  ## Installe tout et ouvre Traboule (PORT=8000)
	@$(TRABOULE) run

test: test-sqlite test-postgres test-browser  ## Tous les essais : SQLite, PostgreSQL, navigateur

test-sqlite: .venv/.installed-dev
	env -u DATABASE_URL $(PYTHON) -m pytest -n 2 -m "not browser and not postgres"

test-postgres: .venv/.installed-dev
	$(PYTHON) -m tests.postgres $(PYTHON) -m pytest -n 2 -m "not browser"

test-browser: .venv/.installed-dev
	env -u DATABASE_URL $(PYTHON) -m pytest -m browser

CHECKS := check-form check-python check-templates check-types check-arrows check-migrations \
	check-deployment check-catalogues

check: $(CHECKS)  ## Forme, fautes, types, flèches, migrations, sécurité, catalogues

$(CHECKS): .venv/.installed-dev

check-form:
	$(PYTHON) -m ruff format --check $(wildcard $(SOURCES))

check-python:
	$(PYTHON) -m ruff check $(wildcard $(SOURCES))

check-templates:
	$(PYTHON) -m djlint --lint --quiet traboule

check-types:
	$(PYTHON) -m mypy

check-arrows:
	.venv/bin/lint-imports

check-migrations:
	$(TRABOULE) makemigrations --check --dry-run

check-deployment:
	$(PRODUCTION) $(TRABOULE) check --deploy --fail-level WARNING

check-catalogues:
	$(PYTHON) -m pytest tests/consistency/test_catalogue.py

fix: .venv/.installed-dev  ## Met en forme et corrige ce qui se corrige seul
	$(PYTHON) -m ruff check --fix $(wildcard $(SOURCES)) || true
	$(PYTHON) -m ruff format $(wildcard $(SOURCES))

bench: .venv/.installed-dev  ## Mesure les pages à côté d’une vue nue
	$(PYTHON) -m benchmarks

check-rates: .venv/.installed-dev  ## Compare nos taux à OpenFisca-France et à modele-social
	$(PYTHON) -m benchmarks.rates

bench-payroll: .venv/.installed-dev  ## Mesure les bulletins de paie à côté des leurs
	$(PYTHON) -m benchmarks.payroll

messages: .venv/.installed-dev  ## Relève les textes à traduire et compile les catalogues
	$(TRABOULE) makemessages $(CATALOGUE)
	$(TRABOULE) compilemessages --locale en --ignore ".venv"

requirements: .venv/.installed-dev  ## Fixe de nouveau les versions (après pyproject.toml)
	.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --quiet -o requirements.txt
	.venv/bin/uv pip compile pyproject.toml --group dev -c requirements.txt --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-dev.txt

.PHONY: help run test test-sqlite test-postgres test-browser check $(CHECKS) fix bench \
	check-rates bench-payroll messages requirements
