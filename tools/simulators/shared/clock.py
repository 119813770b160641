"""Wall-clock time, as seconds since the epoch and as RFC 3339 text."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)


def now() -> float:
    """Returns the seconds since the epoch."""
    return time.time()


def rfc3339(seconds: float) -> str:
    """Writes an instant in UTC with microseconds."""
    instant = datetime.fromtimestamp(seconds, timezone.utc)
    return instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_rfc3339(text: str) -> float:
    """Reads an instant; raises ValueError where the text is not RFC 3339."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError("not an RFC 3339 time")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction, sign, offset_hours, offset_minutes = match.groups()[6:]
    if second > 60:
        raise ValueError("not a second")
    offset = timedelta()
    if sign is not None:
        if int(offset_hours) > 23 or int(offset_minutes) > 59:
            raise ValueError("not an offset")
        offset = timedelta(hours=int(offset_hours), minutes=int(offset_minutes))
        offset = -offset if sign == "-" else offset
    # datetime has no leap seconds: 60 is read as the last instant before the next minute.
    instant = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone.utc)
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (instant - epoch - offset).total_seconds() + float(fraction or 0)
