"""The code by which whoever left a tip finds back to it: the only tie there is, and known here only by its mark."""

from sqlmodel import Field, SQLModel


class Receipt(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", unique=True)
    mark: bytes = Field(unique=True)
