"""Makes wic/dates/calendars/thai.tsv: the years of the Thai lunar calendar, 1904–2100.

Run: uv run python tools/make_thai_lunar_table.py

The reckoning is PyThaiNLP's (pythainlp.util.to_lunar_date, Apache-2.0). A common year has 354 days, one with an
extra day (in the seventh month) 355, one with a second eighth month 384. Month 1 begins in November or December of
the Gregorian year before.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

from pythainlp.util import to_lunar_date

OUT = Path(__file__).parent.parent / "wic/dates/calendars/thai.tsv"
FIRST_DAY = "ขึ้น 1 ค่ำ เดือน 1"


def main() -> None:
    starts = []
    day = date(1903, 11, 1)
    while day < date(2101, 12, 31):
        if to_lunar_date(day) == FIRST_DAY:
            starts.append(day)
            day += timedelta(340)
        day += timedelta(1)
    lines = [
        "# Years of the Thai lunar calendar, made by tools/make_thai_lunar_table.py from PyThaiNLP (Apache-2.0).",
        "# Gregorian year in which the lunar year ends, its first day (waxing 1 of month 1), its number of days",
    ]
    for first, following in itertools.pairwise(starts):
        lines.append(f"{first.year + 1}\t{first.isoformat()}\t{(following - first).days}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
