"""A sheet of figures as CSV, for programs that read no XLSX."""

import csv
from datetime import datetime
from io import StringIO

from exports.workbook import Sheet, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(sheet: Sheet) -> bytes:
    """The sheet as CSV, in UTF-8 with the mark by which Excel knows it."""
    file = StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow([_written(field.name) for field in sheet.fields])
    lines.writerows([_written(value) for value in row] for row in sheet.rows)
    return file.getvalue().encode("utf-8-sig")


def _written(value: Value) -> Value:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value  # else Excel would calculate it
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value
