"""Years, months and days of other calendars as Gregorian days. Each file knows one calendar."""
