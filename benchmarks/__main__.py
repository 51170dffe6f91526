"""``python -m benchmarks [--quick] NAME…``: runs the named comparisons, all by default."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if "def main(" in path.read_text() and path.stem != "__main__"
)

if __name__ == "__main__":
    quick = "--quick" in sys.argv
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")] or NAMES
    if unknown := set(wanted) - set(NAMES):
        sys.exit(f"no benchmark {sorted(unknown)[0]!r}; known: {', '.join(NAMES)}")
    print(f"Python {platform.python_version()} on {platform.machine()}, CPU time\n")
    for name in wanted:
        print(f"## {name}\n")
        import_module(f"benchmarks.{name}").main(quick)
