"""When people want to be reminded, and when not: each account for itself, and a series of meetings for its people."""

from sqlmodel import Field, SQLModel


class OwnTimes(SQLModel, table=True):
    """What an account chose for its phone; without a row everything is as usual.

    Quiet hours and `evening` (of the reminder on the working day before) are local hours (HH:MM), `lead` is minutes.
    Of the last two None means: not chosen; an empty hour and 0 minutes: no such reminder.
    """

    __tablename__ = "own_times"

    id: int | None = Field(default=None, primary_key=True)
    account: int = Field(foreign_key="account.id", unique=True)
    quiet_from: str
    quiet_until: str
    evening: str | None = None
    lead: int | None = None


class SeriesTimes(SQLModel, table=True):
    """What was chosen for everybody who is invited to a series; whoever chose for themselves is not bound by it."""

    __tablename__ = "series_times"

    id: int | None = Field(default=None, primary_key=True)
    series: int = Field(foreign_key="meeting_series.id", unique=True)
    evening: str | None = None
    lead: int | None = None
