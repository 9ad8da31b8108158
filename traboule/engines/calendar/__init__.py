"""Dates that come back, and the days off of France.

>>> from datetime import date
>>> from traboule.engines.calendar import Rule, daysoff
>>> rule = Rule("weekly", date(2026, 10, 6), count=3)
>>> rule.to_text()
'tous les mardis, 3 fois'
>>> [str(day) for day in rule.dates(skip=daysoff.skipper("69"))]
['2026-10-06', '2026-10-13', '2026-11-03']
"""

from traboule.engines.calendar.recurrence import Rule

__all__ = ["Rule"]
