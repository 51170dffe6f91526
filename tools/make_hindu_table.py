"""Makes wic/dates/calendars/hindu.tsv: days of feasts of the Hindu, Sikh and Jain calendars, as published.

Run: uv run --with holidays python tools/make_hindu_table.py

The days are those that the package ``holidays`` (https://github.com/vacanza/holidays, MIT) has gathered from almanacs
and government gazettes: 2001–2035, Thaipusam 1901–2100. The feasts follow the moon as seen from India and
differ by region, so that published days are safer than reckoned ones.
"""

from __future__ import annotations

from pathlib import Path

from holidays.calendars.hindu import _HinduLunisolar

OUT = Path(__file__).parent.parent / "wic/dates/calendars/hindu.tsv"
FEASTS = """\
BASANT_PANCHAMI BUDDHA_PURNIMA CHAITRA_NAVRATRI CHHATH_PUJA DIWALI DUSSEHRA GANESH_CHATURTHI GOVARDHAN_PUJA
GUDI_PADWA GURU_GOBIND_SINGH_JAYANTI GURU_NANAK_JAYANTI GURU_PURNIMA GURU_RAVIDAS_JAYANTI HANUMAN_JAYANTI HOLI JANMASHTAMI
KARWA_CHAUTH MAHARSHI_VALMIKI_JAYANTI MAHAVIR_JAYANTI MAHA_SHIVARATRI MAKAR_SANKRANTI NAAG_PANCHAMI ONAM POHELA_BOISHAKH
PONGAL PUTHANDU RAKSHA_BANDHAN RAM_NAVAMI RATH_YATRA SHARAD_NAVRATRI THAIPUSAM VAISAKHI
"""


def main() -> None:
    lines = [
        "# Days of feasts, made by tools/make_hindu_table.py from holidays (https://github.com/vacanza/holidays, MIT).",
        "# Feast, first year, month and day of that year and of each that follows; - where a year has none",
    ]
    for feast in FEASTS.split():
        days = getattr(_HinduLunisolar, f"{feast}_INDIA_DATES", None) or getattr(_HinduLunisolar, f"{feast}_DATES")
        row = []
        for year in range(min(days), max(days) + 1):
            day = days.get(year)
            day = day[0] if day and isinstance(day[0], tuple) else day  # the first of two in one year
            row.append(f"{day[0]:02}{day[1]:02}" if day else "-")
        lines.append(f"{feast.lower()}\t{min(days)}\t{' '.join(row)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
