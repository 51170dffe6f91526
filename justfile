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

# Train the models of Chinese and Thai on a folder of treebanks (MODEL.md of either says which)
train dir:
    uv run python tools/train_segment.py zh {{dir}}/train/zh_gsd_train_simp.jsonl {{dir}}/dev/zh_pud_trad.dev.jsonl {{dir}}/dev/zh_hk_trad.dev.jsonl {{dir}}/dev/zh_cfl_simp.dev.jsonl
    uv run python tools/train_segment.py th {{dir}}/train/th_tud_train.jsonl {{dir}}/dev/th_pud.dev.jsonl {{dir}}/dev/th_wisesight1000.dev.jsonl
    uv run python tools/train_spaces.py {{dir}}/dev_sent/th_tsb.dev.jsonl --alone {{dir}}/train/th_tud_train.jsonl {{dir}}/dev/th_pud.dev.jsonl
