"""Side by side with other tools: ``python -m benchmarks clean`` (needs ``uv sync --group bench``)."""
