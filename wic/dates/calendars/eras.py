"""Eras that count years of the Gregorian (or an earlier solar) year: Buddhist, Bangkok, Minguo, and reigns.

A year of an era is given as the Gregorian year that it (mostly) falls in. Reigns of East Asian emperors that
are used in news and history: first years from the reigns' first full or part year, inclusive.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

# Year number + offset = Gregorian year. Buddhist Era (พ.ศ.), Rattanakosin era (ร.ศ.), Chula Sakarat (จ.ศ.), Minguo (民國).
OFFSETS = {"ce": 0, "be": -543, "re": 1781, "cs": 638, "minguo": 1911}


class Reign(NamedTuple):
    """A reign era: its first Gregorian year, and its days where they are exact."""

    first_year: int
    last_year: int
    first: date | None = None
    last: date | None = None


# Japan: days by the Era Name law and the Cabinet's ordinances. China: the Qing reigns by first and last lunar year.
REIGNS = {
    "meiji": Reign(1868, 1912, date(1868, 1, 25), date(1912, 7, 30)),
    "taisho": Reign(1912, 1926, date(1912, 7, 30), date(1926, 12, 25)),
    "showa": Reign(1926, 1989, date(1926, 12, 25), date(1989, 1, 7)),
    "heisei": Reign(1989, 2019, date(1989, 1, 8), date(2019, 4, 30)),
    "reiwa": Reign(2019, 2100, date(2019, 5, 1)),
    "hongwu": Reign(1368, 1398),
    "jianwen": Reign(1399, 1402),
    "yongle": Reign(1403, 1424),
    "hongxi": Reign(1425, 1425),
    "xuande": Reign(1426, 1435),
    "zhengtong": Reign(1436, 1449),
    "jingtai": Reign(1450, 1457),
    "tianshun": Reign(1457, 1464),
    "chenghua": Reign(1465, 1487),
    "hongzhi": Reign(1488, 1505),
    "zhengde": Reign(1506, 1521),
    "jiajing": Reign(1522, 1566),
    "longqing": Reign(1567, 1572),
    "wanli": Reign(1573, 1620),
    "tianqi": Reign(1621, 1627),
    "chongzhen": Reign(1628, 1644),
    "shunzhi": Reign(1644, 1661),
    "kangxi": Reign(1662, 1722),
    "yongzheng": Reign(1723, 1735),
    "qianlong": Reign(1736, 1796),
    "jiaqing": Reign(1796, 1820),
    "daoguang": Reign(1821, 1850),
    "xianfeng": Reign(1851, 1861),
    "tongzhi": Reign(1862, 1874),
    "guangxu": Reign(1875, 1908),
    "xuantong": Reign(1909, 1912),
}
SOLAR_REIGNS = frozenset({"meiji", "taisho", "showa", "heisei", "reiwa"})  # months and days are Gregorian (from 1873)


def gregorian_year(era: str, number: int, month: int | None = None) -> int | None:
    """The Gregorian year of year ``number`` of an era; None for a year that the era never had.

    Until BE 2483 the Thai year began in April, so January to March of BE 2475 are in 1933.
    """
    if era in OFFSETS:
        if number < 1:
            return None
        year = number + OFFSETS[era]
        if era == "be" and 2432 <= number <= 2483 and month is not None and month <= 3:
            year += 1
        if era == "re" and 108 <= number <= 131 and month is not None and month <= 3:
            year += 1
        return year
    if era == "bc":
        return 1 - number
    reign = REIGNS.get(era)
    if reign is None or not 1 <= number <= reign.last_year - reign.first_year + 1:
        return None
    return reign.first_year + number - 1
