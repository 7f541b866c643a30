"""The clock of a command. SOURCE_DATE_EPOCH stands in for it where a result must be repeatable."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def now_in(zone: str | None) -> datetime:
    """The moment in a time zone of the tz database, to the second; in UTC where none is given."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return moment.replace(microsecond=0).astimezone(ZoneInfo(zone) if zone else UTC)
