# One command for each chore. `just` is not needed: each line runs by itself.

# What CI runs
ci:
    .ci/run

test *args:
    uv run pytest {{args}}

lint:
    uv run ruff check .
    uv run ruff format --check .
    uv run mypy

fix:
    uv run ruff check --fix .
    uv run ruff format .

# Where the start-up time goes
time:
    uv run python -X importtime -m wic --help 2>&1 | sort -t'|' -k2 -n | tail -20

# Write what this version prints into the README
readme:
    PYTHONPATH=tests uv run python tests/test_readme.py

bench *names:
    uv run --group bench python -m benchmarks {{names}}  # --write makes docs/benchmarks.md
