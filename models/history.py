"""What has been learned about the town's own files of history: what their columns hold."""

from sqlmodel import Field, SQLModel


class HistoryColumn(SQLModel, table=True):
    """A header as it is compared, and what the column holds: an item of the workload, who, where, when, or nothing."""

    __tablename__ = "history_column"

    header: str = Field(primary_key=True)
    meaning: str
