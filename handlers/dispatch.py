"""The one way in: every update of every person starts here and ends with an answer."""

import re

from chat.messages import Said
from handlers import (
    alert,
    alert_card,
    alert_list,
    calendar_card,
    calendar_feed,
    followup,
    form_card,
    group,
    lead_tip,
    leave,
    myself,
    own_times,
    places,
    read_log,
    receipt,
    reporting,
    start,
    suspicious_activity,
    tip_table,
    violation,
)
from handlers.area_plans import plan
from handlers.desk import HELLO, Turn
from handlers.meetings import action_list, agenda, meeting, minute_taking
from handlers.spot_checks import check as spot_check
from handlers.visits import applicant, visit_list
from handlers.workload import (
    analysis,
    board,
    data_room,
    decline,
    kit,
    ledger_check,
    own_week,
    same_day,
    self_check,
    week_round,
)
from models.followup import Side, Verb
from models.person import REPORTERS
from models.receipt import looks_like

_FORM = re.compile(r"f:(\d{1,15}):(\d{1,9}):([a-z]+):([A-Za-z0-9_:\-]*)")
_ALERT = re.compile(r"a:(\d{1,15}):([a-z]+)(?::(\d{1,15}))?")
_GROUP = re.compile(r"g:(\d{1,15}):ack")
_REPORT = re.compile(r"r:(\d{1,15}):([a-z]+)")
_FOLLOWUP = re.compile(rf"v:(\d{{1,15}}):({'|'.join(Side)}):({'|'.join(Verb)}):(\d{{8}})")
_TIP = re.compile(r"t:(?:place:(\d{1,15})|(end|show|withdraw|withdrawn))")
_LOG = re.compile(r"log:(\d{1,15}):(\d{1,19})")
_TIPS = re.compile(r"tips:(all|open|overdue|place-\d{1,15}|kind-[a-z_]{1,30}):(\d{1,6})")
_WORKLOAD = re.compile(r"w:(\d{1,15}):([a-z]+)(?::([a-z_]{0,30}):(\d{1,9}))?")
_WEEK = re.compile(r"wo:(\d{1,15}):([a-z]+)(?::(\d{1,9}))?")
_ROUND = re.compile(r"wr:(\d{8}):([a-z]+)(?::(\d{1,4}-\d{1,15}))?")
_SAME_DAY = re.compile(r"sd:(\d{1,15}):([a-z]{1,20})")
_KIT = re.compile(r"k:(own|spot):(\d{1,15}):(\d{1,8}):([a-z_]{1,20})")
_PLAN = re.compile(r"sp:(\d{1,15})")
_DECLINE = re.compile(r"dc:(\d{1,15}):([a-z]{1,20})")
_LEAVE = re.compile(r"lv:(\d{1,15}):(show|new|back)(?::(\d{1,15}))?")
_LEDGER = re.compile(r"lc:(\d{1,15})")
_DATA_ROOM = re.compile(r"dr:(\d{1,15}):([a-z]{1,10})(?::(\d{1,15}))?")
_ANALYSIS = re.compile(r"an:(\d{1,15}):([a-z]{1,10})(?::(\d{1,6}))?")
_BOARD = re.compile(r"b:(\d{1,15})(?::(\d{1,15}):(\d{4,8}):([a-z]{1,10}))?")
_MEETING = re.compile(r"mt:(\d{1,15}):([a-z_]{1,12})")
_AGENDA = re.compile(r"ag:(\d{1,15}):([a-z]{1,10}):(\d{1,15})")
_ACTION = re.compile(r"ac:(\d{1,15}):([a-z]{1,10})")
_VISIT = re.compile(r"vs:(\d{1,15}):([a-z_]{1,12})(?::([a-z0-9_]{1,20}))?")
_OWN_TIMES = re.compile(r"qt:(\d{1,15}):([a-z]{1,10})(?::(\d{1,4}))?")
_FEED = re.compile(r"fd:(\d{1,15}):([a-z]{1,10})")
_AREA_PLAN = re.compile(r"pl:(\d{1,15}):([a-z_]{1,14}):(\d{1,15})")
_MINUTES = re.compile(r"mn:(\d{1,15}):([a-z_]{1,12}):(\d{1,15})")
_SPOT = re.compile(r"sc:(\d{1,15}):(\d{1,15}):([a-z_]{1,20})")
_LIST = re.compile(r"l:(open|waiting|mine|closed):(\d{1,19})")
_LINES = (own_week.spoken, meeting.spoken)  # what may be said without any form


def handle(turn: Turn) -> None:
    """Deal with one update inside the caller's transaction. What it raises parks the update, never the bot."""
    incoming = turn.incoming
    if incoming.said is Said.BLOCKED:
        applicant.unreachable(turn, str(turn.address))
    elif not incoming.in_group:
        applicant.is_back(turn)
    match incoming.said:
        case Said.BLOCKED | Said.UNBLOCKED:
            blocked = incoming.said is Said.BLOCKED
            turn.db.execute("update account set blocked = ? where name = ?", (blocked, incoming.account))
            if not blocked:
                alert_card.catch_up(turn)
        case Said.BUTTON:
            _button(turn)
        case Said.COMMAND:
            _command(turn)
        case _ if not incoming.in_group:
            _message(turn)
    if incoming.said is Said.BUTTON:
        turn.toast()


def _command(turn: Turn) -> None:
    name = turn.incoming.command.lower()
    if turn.incoming.in_group:
        group.said(turn)
        return
    match name:
        case "start":
            start.start(turn)
        case "help":
            myself.help_(turn)
        case "me":
            myself.me(turn)
        case "language":
            myself.language(turn)
        case "duty":
            myself.duty(turn)
        case "report":
            myself.report_menu(turn)
        case "tip" if looks_like(turn.incoming.arguments):
            receipt.enter(turn, turn.incoming.arguments)
        case "tip":
            lead_tip.start(turn)
        case "alerts":
            alert_list.alerts(turn)
        case "workload":
            _workload(turn)
        case "board":
            _board(turn)
        case "meetings":
            meeting.start(turn, turn.incoming.arguments)
        case "visits":
            visit_list.start(turn)
        case "plans":
            plan.start(turn)
        case "tips":
            tip_table.show(turn, renew=True)
        case "readlog":
            read_log.typed(turn)
        case "cancel":
            draft = form_card.current(turn)
            if draft:
                form_card.cancel(turn, draft)
            else:
                turn.say("cancel-nothing")
        case _:
            turn.say("command-unknown")


def _workload(turn: Turn) -> None:
    """A coordinator's week, an officer's round, or the sums of who supervises."""
    if coordinator := own_week.own(turn):
        own_week.start(turn, coordinator, turn.incoming.arguments)
    elif officer := week_round.me(turn):
        week_round.start(turn, officer)
    else:
        _board(turn)


def _board(turn: Turn) -> None:
    if person := board.supervisor(turn):
        board.start(turn, person)
    else:
        turn.say("not-yours" if turn.persons else "start-stranger")


def _message(turn: Turn) -> None:
    draft = form_card.current(turn)
    opened = turn.house.strangers.opened(turn.incoming.account, turn.now)
    code = turn.incoming.said is Said.TEXT and looks_like(turn.incoming.text)
    if turn.incoming.said is Said.EDITED:
        turn.say("edited-not-read")
    elif code and (draft is None or not form_card.wants_words(draft)):
        if draft is not None and draft["form"] == lead_tip.NAME:
            form_card.cancel(turn, draft)
        receipt.enter(turn, turn.incoming.text)
    elif opened is not None and (draft is None or draft["form"] == lead_tip.NAME):
        receipt.spoken(turn, opened)
    elif draft is not None:
        form_card.spoken(turn, draft)
    elif turn.incoming.said is Said.TEXT and any(spoken(turn, turn.incoming.text) for spoken in _LINES):
        return
    else:
        turn.say("not-understood" if turn.persons else "start-stranger")


def _button(turn: Turn) -> None:
    data = turn.incoming.data
    if turn.incoming.in_group:
        _group_button(turn)
    elif found := _FORM.fullmatch(data):
        form_card.pressed(turn, int(found[1]), int(found[2]), found[3], found[4])
    elif found := _REPORT.fullmatch(data):
        reporting.pressed(turn, int(found[1]), found[2])
    elif found := _TIP.fullmatch(data):
        if found[1]:
            lead_tip.chosen(turn, int(found[1]))
        else:
            receipt.pressed(turn, found[2])
    elif found := _VISIT.fullmatch(data):
        visit_list.pressed(turn, int(found[1]), found[2], found[3] or "")
    elif not turn.persons:
        turn.toast("not-yours")
    elif found := _ALERT.fullmatch(data):
        alert.pressed(turn, int(found[1]), found[2], found[3] or "")
    elif found := _FOLLOWUP.fullmatch(data):
        followup.pressed(turn, int(found[1]), Side(found[2]), Verb(found[3]), found[4])
    elif found := _WORKLOAD.fullmatch(data):
        own_week.pressed(turn, int(found[1]), found[2], found[3] or "", int(found[4] or 0))
    elif found := _WEEK.fullmatch(data):
        week_round.week_pressed(turn, int(found[1]), found[2], int(found[3] or 0))
    elif found := _ROUND.fullmatch(data):
        week_round.pressed(turn, found[1], found[2], found[3] or "")
    elif found := _SAME_DAY.fullmatch(data):
        same_day.pressed(turn, int(found[1]), found[2])
    elif found := _KIT.fullmatch(data):
        kit.pressed(turn, found[1], int(found[2]), found[3], found[4])
    elif found := _PLAN.fullmatch(data):
        self_check.pressed(turn, int(found[1]))
    elif found := _DECLINE.fullmatch(data):
        decline.pressed(turn, int(found[1]), found[2])
    elif found := _LEAVE.fullmatch(data):
        leave.pressed(turn, int(found[1]), found[2], int(found[3] or 0))
    elif found := _LEDGER.fullmatch(data):
        ledger_check.pressed(turn, int(found[1]))
    elif found := _DATA_ROOM.fullmatch(data):
        data_room.pressed(turn, int(found[1]), found[2], int(found[3] or 0))
    elif found := _ANALYSIS.fullmatch(data):
        analysis.pressed(turn, int(found[1]), found[2], int(found[3] or 0))
    elif found := _BOARD.fullmatch(data):
        board.pressed(turn, int(found[1]), int(found[2] or 0), found[3] or "", found[4] or "show")
    elif found := _MEETING.fullmatch(data):
        meeting.pressed(turn, int(found[1]), found[2])
    elif found := _AGENDA.fullmatch(data):
        agenda.pressed(turn, int(found[1]), found[2], int(found[3]))
    elif found := _ACTION.fullmatch(data):
        action_list.pressed(turn, int(found[1]), found[2])
    elif found := _OWN_TIMES.fullmatch(data):
        own_times.pressed(turn, int(found[1]), found[2], found[3] or "")
    elif found := _FEED.fullmatch(data):
        calendar_feed.pressed(turn, int(found[1]), found[2])
    elif found := _AREA_PLAN.fullmatch(data):
        plan.pressed(turn, int(found[1]), found[2], int(found[3]))
    elif found := _MINUTES.fullmatch(data):
        minute_taking.pressed(turn, int(found[1]), found[2], int(found[3]))
    elif found := _SPOT.fullmatch(data):
        spot_check.pressed(turn, int(found[1]), int(found[2]), found[3])
    elif found := _LIST.fullmatch(data):
        alert_list.alerts(turn, found[1], min(int(found[2]), alert_list.NEWEST), renew=False)
    elif found := _TIPS.fullmatch(data):
        tip_table.show(turn, found[1], int(found[2]))
    elif found := _LOG.fullmatch(data):
        read_log.show(turn, int(found[1]), min(int(found[2]), read_log.NEWEST))
    elif data in ("m:suspicious", "m:violation") and turn.person_in(*REPORTERS):
        if places.worked_in(turn):
            turn.forget("menu")
            form_card.begin(turn, violation.NAME if data == "m:violation" else suspicious_activity.NAME)
        else:
            turn.toast("no-place")
    elif data == "m:calendar":
        calendar_card.pressed(turn)
    elif data == "m:mine":
        reporting.mine(turn)
    elif data.startswith("m:language:"):
        myself.language_chosen(turn, data.removeprefix("m:language:"))
    else:
        turn.toast("card-closed")


def _group_button(turn: Turn) -> None:
    if not turn.persons:
        turn.toast("not-yours")
    elif found := _GROUP.fullmatch(turn.incoming.data):
        group.pressed(turn, int(found[1]))
    else:
        turn.toast("group-private", link=turn.house.link(HELLO))
