"""What conversations need of the settings: made here, whether a bot runs or an administrator's command."""

from alerts.escalation import Rules
from attachments.cabinet import Cabinet
from bot.settings import Settings
from handlers.desk import House
from handlers.strangers import Strangers
from models.database import Database
from reminders.calendar import WorkingDays
from reminders.calendar_table import take_up


def house_of(settings: Settings, db: Database) -> House:
    """The house of these settings, and of the table of working days that is kept.

    How a deep link is made is the platform's, and not in it yet.
    """
    days = WorkingDays()
    take_up(db, days)
    return House(
        zone=settings.zone,
        days=days,
        rules=Rules(settings.acknowledge_minutes, settings.deputy_minutes, settings.town_office_minutes),
        emergency=settings.emergency_numbers,
        draft_hours=settings.draft_hours,
        language=settings.default_language,
        report_days=settings.report_days,
        unfounded_days=settings.unfounded_days,
        tip_days=settings.tip_days,
        violation_days=settings.violation_days,
        words_days=settings.words_days,
        certificate_days=settings.certificate_days,
        visit_days=settings.visit_days,
        requests_per_committee=settings.requests_per_committee,
        feed_url=settings.feed_url,
        violation_kinds=settings.violation_kinds.split(","),
        cabinet=Cabinet(settings.attachments),
        strangers=Strangers(settings.tips_per_account, settings.tips_per_committee),
    )
