# Two commands do everything: `make serve` and `make test`. `make` alone lists the others.
# What is already done is not done again: each step leaves a stamp that depends on what it read.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
PROCESSUS ?= 2
# Tests run in as many processes; more than two gain nothing on two cores.
N ?= 2
# Each is given its part at first, and takes from the other's when it has done its own: the scenarios come first, and
# dealt out by number of tests the process that gets them goes on alone for half of the run.
A_PLUSIEURS := -n $(N) --dist worksteal
ARGS ?=
NAVIGATEUR ?= chromium
# The endurance is tried on these too, where they are; each gets an environment of its own.
PYTHONS ?= $(shell python3.13 -c 'print("python3.13")' 2>/dev/null)

# File names of the project have accents, whatever the language of the machine.
export PYTHONUTF8 := 1
# What Python compiles is kept, also where the machine says not to: each server and each run of the tests that the suite
# starts would compile all of it again. `make clean` removes it.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
PY := $(VENV)/bin/python
# pip reads the same pins where it builds in isolation.
PIP := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
	$(PY) -m pip --quiet

BASE := $(VENV)/.pret
PRODUIT := $(VENV)/.pret-produit
ESSAIS := $(VENV)/.pret-essais
NPM := node_modules/.pret
TIERS := webapp/static/tiers/.pret
# Of the style sheets, only what they use is built.
GABARITS := $(shell find templates -name '*.html')
# Found again each time, quickly: a browser may have come or gone since.
AVEC_CHROMIUM = chemin=$$($(PY) .outils/navigateur.py) && export CHROMIUM="$$chemin"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules

.PHONY: help
help: ## list these targets
	@echo 'make TARGET [NAME=value…]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s%s\n", $$1, $$2}' Makefile

# ---------------------------------------------------------------------------- the product

.PHONY: serve
serve: $(PRODUIT) $(TIERS) ## set everything up and start the demonstration (HOST=, PORT=, PROCESSUS=)
	@exec $(PY) -m webapp serve --demonstration --hote $(HOST) --port $(PORT) --processus $(PROCESSUS)

# ---------------------------------------------------------------------------- the tests

# The suite itself says when a picture must be taken again: a part of it never waits for the guide.
.PHONY: test
test: $(ESSAIS) $(TIERS) ## set everything up, check the code and run every test (N=2, ARGS='-k …')
	+@$(CONTROLER) $(CONTROLES)
	@$(AVEC_CHROMIUM) && $(PY) -m pytest $(A_PLUSIEURS) $(ARGS)

# What a person types goes by the environment, as it is: no shell reads it, nor does make a second time.
unexport K M F T
acceptance: export CHOIX_K := $(value K)
acceptance: export CHOIX_M := $(value M)
acceptance: export CHOIX_F := $(value F)
acceptance: export CHOIX_N := $(N)
acceptance: export CHOIX_BASE_URL := $(value BASE_URL)
acceptance: export CHOIX_NAVIGATEUR := $(value NAVIGATEUR)
acceptance un: export CHOIX_ARGS := $(value ARGS)
un: export CHOIX_T := $(value T)

.PHONY: un
un: $(ESSAIS) $(TIERS) ## run one thing, at once: a file, a test, words of its title (T='je choisis une certification')
	@$(PY) .outils/un.py

.PHONY: acceptance
acceptance: $(ESSAIS) $(TIERS) ## play the scenarios (N=2, K='words', M=etape_7, F=feature, BASE_URL=, NAVIGATEUR=firefox, ARGS=)
	@$(PY) .outils/acceptation.py

.PHONY: harness
harness: $(ESSAIS) $(TIERS) ## try what plays the scenarios, without the scenarios (N=2, ARGS='-k …')
	@$(AVEC_CHROMIUM) && $(PY) -m pytest tests/acceptation --ignore=tests/acceptation/test_features.py $(A_PLUSIEURS) $(ARGS)

.PHONY: replay
replay: $(ESSAIS) ## open the trace of the scenario that failed last (ARGS=--port=9323: serve it instead)
	@$(PY) -m steps.rapports.trace $(ARGS)

.PHONY: guide
guide: $(ESSAIS) $(TIERS) ## run the scenarios of the guide and publish it: pictures, PDF (ADRESSE= where its links lead)
	@$(AVEC_CHROMIUM) && $(PY) -m pytest tests/acceptation/test_features.py -m guide --guide $(A_PLUSIEURS) -q $(ARGS)
	@$(AVEC_CHROMIUM) && $(PY) -m steps.guide.publication --adresse '$(ADRESSE)'

.PHONY: sabotage
sabotage: $(ESSAIS) $(TIERS) ## break the product on purpose: does a scenario see each fault? (ARGS='--fautes …')
	@$(AVEC_CHROMIUM) && $(PY) -m steps.sabotage -n $(N) $(ARGS)

.PHONY: mutation
mutation: $(ESSAIS) $(TIERS) ## change the code by a tool that does not know it: do tests see it? (ARGS=--court: ten minutes)
	@$(AVEC_CHROMIUM) && $(PY) -m tests.mutation $(ARGS)

.PHONY: check
check: $(ESSAIS) $(TIERS) ## look for faults without running anything: style, types, layers, templates, features, steps
	+@$(CONTROLER) $(CONTROLES) check-guide check-collecte

# Each is told apart, two at a time; the longest begins first. All are run, so that one reads every fault at once.
CONTROLES := check-features check-templates check-types check-couches check-style check-forme
CONTROLER = $(MAKE) --jobs=2 --keep-going --output-sync=target
.PHONY: $(CONTROLES) check-guide check-collecte
check-features:
	@$(PY) -m steps.verifier --etapes
check-templates:
	@$(PY) -m djlint --quiet --lint templates
check-types:
	@$(PY) -m mypy --no-error-summary
check-couches:
	@$(VENV)/bin/lint-imports --no-logo
check-style:
	@$(PY) -m ruff check --quiet --output-format concise .
check-forme:
	@$(PY) -m ruff format --check --quiet --output-format concise . || { echo 'Mise en forme à revoir : « make format » s’en charge.' >&2; exit 1; }
check-guide:
	@$(PY) -m steps.guide.publication --verifier
# All folders in one run, as « make test » reads them: a folder alone does not show what another has imported before it.
check-collecte:
	@lu=$$($(PY) -m pytest --collect-only -qq 2>&1) || { printf '%s\n' "$$lu" | tail -n 40 >&2; exit 1; }

.PHONY: format
format: $(ESSAIS) ## put the code in the project's form
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format --quiet .

.PHONY: bench
bench: $(ESSAIS) $(TIERS) ## measure each screen as a multiple of a bare Flask answer
	@$(AVEC_CHROMIUM) && $(PY) -m tests.bench $(ARGS)

.PHONY: endurance
endurance: $(ESSAIS) $(TIERS) ## a quarter of an hour: rests, stops, stalled visitors (PYTHONS=python3.13, ARGS='--tours 2')
	@$(PY) -m tests.endurance $(ARGS)
	@for python in $(PYTHONS); do \
		$(MAKE) --old-file=$(TIERS) endurance PYTHONS= PYTHON="$$python" VENV=".cache/$${python##*/}" || exit 1; done

.PHONY: coupures
coupures: $(ESSAIS) $(TIERS) ## kill the process of jobs in the middle of changes, imports and exports (ARGS='--coups 50')
	@$(PY) -m tests.coupures $(ARGS)

.PHONY: promesses
promesses: $(ESSAIS) $(TIERS) ## ten minutes: every gesture under every failure (ARGS='--fois 3')
	@$(AVEC_CHROMIUM) && $(PY) -m tests.promesses $(ARGS)

.PHONY: horloges
horloges: $(ESSAIS) $(TIERS) ## the tests that need no browser at six other clocks: midnight in Paris, DST nights, 31/12, 2028
	@$(PY) .outils/horloges.py -n $(N) $(ARGS)

.PHONY: clean
clean: ## remove what the set-up and the tests made (the data of the demonstration stay)
	@rm -rf $(VENV) node_modules webapp/static/tiers webapp/static/.reduits resultats .cache *.egg-info build \
		.pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	@find webapp steps tests .outils -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------- the set-up

# The Python that is asked for by name; an environment that is there serves whoever asks for none.
DEMANDE := $(if $(filter file,$(origin PYTHON)),,$(PYTHON))
PERIME := $(shell PYTHON='$(DEMANDE)' .outils/environnement --verifier $(VENV))
# No file has this name: what asks for it is always made.
perime:

$(BASE): constraints.txt $(if $(PERIME),perime)
	@PYTHON='$(PYTHON)' DEMANDE='$(DEMANDE)' .outils/environnement $(VENV)
	@touch $@

$(PRODUIT): $(BASE) pyproject.toml
	@echo 'Installation des paquets Python du produit…' >&2
	@$(PIP) install --editable .
	@touch $@

$(ESSAIS): $(BASE) pyproject.toml
	@echo 'Installation des paquets Python du produit et de ses essais…' >&2
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(PRODUIT)

$(NPM): $(BASE) package.json package-lock.json .npmrc
	@echo 'Installation des paquets npm…' >&2
	@.outils/npm ci --omit=optional --loglevel=error >/dev/null
	@touch $@

$(TIERS): $(NPM) $(PRODUIT) .outils/statique.py .outils/bootstrap.scss $(wildcard webapp/static/*.css webapp/static/*.js) $(GABARITS)
	@$(PY) .outils/statique.py
	@touch $@
