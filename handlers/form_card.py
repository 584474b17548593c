"""Forms in a chat: shows the card of a form, takes answers to it, keeps the draft. One way for every form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from unicodedata import east_asian_width

from attachments.outcome import MOST_BYTES
from chat.forms import REVIEW, FieldProblem, Form, Kind, Progress
from chat.messages import Act, Address, Button, Incoming, Outgoing, Priority, Said
from chat.moment import MomentError, parse_moment
from chat.texts import listed
from handlers import attaching, days
from handlers.desk import Desk, Turn, in_rows
from handlers.meetings import rhythms
from handlers.workload import amounts
from models.database import Row, opened, sealing
from models.draft import Draft

MANY = 5  # more choices than these stand two in a row, so that the card fits on a phone
NARROW = 10  # as wide as what a phone shows in one line where three buttons stand in a row
FILES = (Kind.PHOTOS, Kind.ATTACHMENTS)
# Answers whose names start so belong to the conversation, not to the form.
HIDDEN = "_"
MESSAGES = "_messages"  # the platform's ids of what was written into a passing form


@dataclass(frozen=True, slots=True)
class Conversation:
    """A form as it is led in a chat: what is offered for a question, and what happens at the end.

    `offers` gives buttons (value, label) for a question that takes a place (its id), a moment (minutes ago) or a day
    (ISO), and for a choice that is not the same everywhere; `reports` for one that takes a report (a number). `aware`
    adds hidden answers, which the world gives, whenever an answer is taken or left out: it gets the progress with
    that answer, not checked yet; what it gives as None is taken away; it may refuse the answer (FieldProblem).
    `outdated` is asked before submitting: the question whose answer the world has overtaken (empty: none in
    particular), and the text that says so. `submit` writes the domain rows in the same transaction and, for a form
    with a review, shows the card that takes the form's place. Of a `passing` one no message stays in the chat: what
    was written there goes with the form. `own_card`: what follows is seen on a card of its own also where there is
    no review. `texts` are arguments for the texts of its questions.
    """

    form: Form
    submit: Callable[[Turn, dict[str, Any]], None]
    offers: Callable[[Turn, str], Sequence[tuple[str, str]]] = lambda turn, step: ()
    review: bool = True
    allowed: Callable[[Turn, dict[str, Any]], bool] = lambda turn, answers: bool(turn.persons)
    outdated: Callable[[Turn, dict[str, Any]], tuple[str, str] | None] = lambda turn, answers: None
    aware: Callable[[Turn, Progress], dict[str, Any]] = lambda turn, progress: {}
    passing: bool = False
    own_card: bool = False
    texts: Callable[[Turn, dict[str, Any]], dict[str, str | int]] = lambda turn, answers: {}
    reports: Callable[[Turn, dict[str, Any]], Sequence[tuple[str, str]]] = lambda turn, answers: ()


FILLED_IN = timedelta(minutes=30)  # since the last word: whoever is silent for longer is not filling it in

CONVERSATIONS: dict[str, Conversation] = {}

# Without the address, which only the end of a draft needs: this is read for every answer.
_COLUMNS = opened(Draft, "id", "form", "version", "step", "answers", "turn", "reviewing", "touched_at")
_DRAFT = f"select {_COLUMNS} from draft where account = ?"
_LATEST = f"{_DRAFT} order by touched_at desc, id desc limit 1"
_SAVE = (
    f"update draft set step = ?, answers = {sealing(Draft, 'answers')}, turn = ?, reviewing = ?, touched_at = ?, "
    "reminded = 0 where id = ?"
)


def current(turn: Turn) -> Row | None:
    """The draft this account is busy with."""
    return turn.db.one(_LATEST, (turn.db.mark(turn.incoming.account),))


def is_begun(turn: Turn, name: str) -> bool:
    """Whether this account has a draft of this form."""
    asked = "select 1 from draft where account = ? and form = ?"
    return turn.db.one(asked, (turn.db.mark(turn.incoming.account), name)) is not None


def bring_back(desk: Desk) -> None:
    """An urgent reminder that comes while somebody fills in a form stands above it: the form's card goes below it."""
    for chat in {outgoing.address: None for outgoing in desk.out if outgoing.urgent}:
        account = desk.db.one("select name from account where address = ?", (str(chat),))
        if account is None:
            continue
        turn = Turn(desk.db, desk.now, desk.house, Incoming(chat, account["name"], Said.TEXT))
        draft = current(turn)
        if draft is not None and draft["touched_at"] > desk.now - FILLED_IN:
            render(turn, draft["id"], draft["form"], progress_of(draft), renew=True)
            desk.out += [replace(shown, priority=Priority.REMINDER, urgent=True) for shown in turn.out]


def wants_words(draft: Row) -> bool:
    """Whether the question that this draft stands at is answered in words of one's own."""
    asked = CONVERSATIONS[draft["form"]].form.questions.get(draft["step"]) if draft["form"] in CONVERSATIONS else None
    return asked is not None and asked.kind is Kind.TEXT


def progress_of(draft: Row) -> Progress:
    return Progress(draft["step"], draft["answers"], draft["turn"], bool(draft["reviewing"]))


def begin(
    turn: Turn,
    name: str,
    hidden: dict[str, Any] | None = None,
    *,
    report: int | None = None,
    filled: dict[str, Any] | None = None,
) -> None:
    """Start a form; a draft of the same form that is open is offered again instead, never lost.

    `report` is the one that the form is about, if it is about one: the draft goes when that is erased. With answers
    that are `filled` in already it starts at its review, or at what that lacks.
    """
    opened = turn.db.one(f"{_DRAFT} and form = ?", (turn.db.mark(turn.incoming.account), name))
    conversation = CONVERSATIONS[name]
    if opened and conversation.review and opened["version"] == conversation.form.version:
        turn.db.execute("update draft set touched_at = ? where id = ?", (turn.now, opened["id"]))
        turn.say("form-draft-again")
        render(turn, opened["id"], name, progress_of(opened), renew=True)
        return
    if opened:
        drop(turn, opened, turn.address)
    progress = conversation.form.start({HIDDEN + key: value for key, value in (hidden or {}).items()})
    if filled:
        answers = {**progress.answers, **filled}
        lacking = next(iter(conversation.form.missing(answers)), REVIEW)
        progress = replace(progress, step=lacking, answers=answers, reviewing=True)
    draft = turn.db.insert(
        Draft,
        account=turn.db.mark(turn.incoming.account),
        chat=turn.db.mark(str(turn.address)),
        form=name,
        version=conversation.form.version,
        step=progress.step,
        answers=progress.answers,
        language=turn.language,
        address=str(turn.address),
        touched_at=turn.now,
        report=report,
        turn=progress.turn,
        reviewing=progress.reviewing,
    )
    render(turn, draft, name, progress)


def render(turn: Turn, draft: int, name: str, progress: Progress, *, renew: bool = False, problem: str = "") -> None:
    """Show the form's one card as it stands."""
    conversation = CONVERSATIONS[name]
    form = conversation.form
    rows: list[list[Button]] = []

    def button(label: str, verb: str, value: str = "") -> Button:
        return Button(label, f"f:{draft}:{progress.turn}:{verb}:{value}")

    arguments = conversation.texts(turn, progress.answers)
    if progress.step == REVIEW:
        lines = [turn.text(f"{name}-review", **arguments), ""]
        edits = []
        for step in form.visible(progress.answers):
            if form.questions[step].counted:
                label = turn.text(f"{name}-{step}-label")
                answer = shown(turn, name, step, progress.answers.get(step))
                if form.questions[step].kind is Kind.REPORT:
                    answer = dict(conversation.reports(turn, progress.answers)).get(answer, turn.text("form-none"))
                lines.append(turn.text("list-labelled", label=label, value=answer))
                edits.append(button(f"✎ {label}", "edit", step))
        rows = in_rows(edits, 2)
        rows.append([button(turn.text("form-submit"), "submit")])
        rows.append([button(turn.text("form-cancel"), "cancel")])
    else:
        question = form.questions[progress.step]
        lines = []
        if conversation.review and question.counted:
            number, total = form.position(progress)
            lines.append(turn.text("form-step", number=number, total=total))
        lines.append(turn.text(f"{name}-{progress.step}", emergency=turn.house.emergency, **arguments))
        value = progress.answers.get(progress.step)
        if question.kind is Kind.CHOICES:
            chosen = value or []
            for option in question.options:
                mark = "☑ " if option in chosen else "☐ "
                rows.append([button(mark + turn.text(f"{name}-{progress.step}-{option}"), "toggle", option)])
            if chosen:
                rows.append([button(turn.text("form-done"), "done")])
        elif question.kind is Kind.CHOICE:
            choices = [button(label, "choose", o) for o, label in _choices(turn, name, progress.step)]
            rows = in_rows(choices, 2 if len(choices) > MANY else 1)
        elif question.kind is Kind.REPORT:
            rows = [[button(line, "choose", value)] for value, line in conversation.reports(turn, progress.answers)]
        else:
            offers = conversation.offers(turn, progress.step)
            offered = [button(label, "choose", value) for value, label in offers]
            short = question.kind is Kind.SLOT and max((_width(label) for _, label in offers), default=0) <= NARROW
            rows = in_rows(offered, 3 if short else 2)  # a day's slots beside each other
            if question.kind in FILES and value:
                lines.append(turn.text(f"form-{question.kind}", count=len(value)))
                rows.append([button(turn.text("form-done"), "done")])
            elif question.kind in (Kind.TEXT, Kind.AMOUNT) and value is not None and value != "":
                lines += ["", turn.text("form-now", value=str(value))]
        last = [button(turn.text("form-back"), "back")] if conversation.review and progress.turn else []
        if form.may_skip(progress.step) and not (question.kind in FILES and value):
            last.append(button(turn.text("form-skip"), "skip"))
        rows.append([*last, button(turn.text("form-cancel"), "cancel")])
    if problem:
        lines = [f"⚠ {problem}", "", *lines]
    turn.show(turn.address, f"form:{draft}", "\n".join(lines), rows, renew=renew)


def _width(label: str) -> int:
    """How wide something reads, in letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in label)


def _choices(turn: Turn, name: str, step: str) -> Sequence[tuple[str, str]]:
    """What can be chosen at this question, with the words on its button."""
    conversation = CONVERSATIONS[name]
    options = conversation.form.questions[step].options
    return [(o, turn.text(f"{name}-{step}-{o}")) for o in options] or conversation.offers(turn, step)


def shown(turn: Turn, name: str, step: str, value: Any) -> str:
    """An answer as the review card reads it."""
    question = CONVERSATIONS[name].form.questions[step]
    if value is None or value == []:
        return turn.text("form-none")
    match question.kind:
        case Kind.CHOICE:
            return dict(_choices(turn, name, step)).get(value) or turn.text("form-none")
        case Kind.CHOICES:
            return listed(turn.language, (turn.text(f"{name}-{step}-{option}") for option in value))
        case Kind.PHOTOS | Kind.ATTACHMENTS:
            return turn.text(f"form-{question.kind}", count=len(value))
        case Kind.PLACE:
            return str(value["name"])
        case Kind.MOMENT | Kind.DAY | Kind.ANY_DAY | Kind.RHYTHM | Kind.SLOT:
            return str(value["shown"])
        case Kind.FIGURES:
            return amounts.written(value, turn.language)
        case _:
            return str(value)


def text_answer(turn: Turn, said: str) -> str:
    """A free text as it may be kept: screened (scope.md, "Screening"), then masked."""
    from handlers.screening.masking import mask  # slow to load, both: bot.runtime does that beside its start
    from handlers.screening.screening import screen

    finding = screen(said)
    if finding:
        raise FieldProblem("screening-stop", words=finding.words)
    kept = mask(said.replace("\0", "").strip())
    return kept if any(sign.isprintable() and sign != " " for sign in kept) else ""


def _typed_moment(turn: Turn, said: str) -> dict[str, str]:
    try:
        return _moment_answer(turn, parse_moment(said, turn.now, turn.house.zone))
    except MomentError as error:
        raise FieldProblem(f"moment-{error.reason}") from error


def _moment_answer(turn: Turn, moment: datetime) -> dict[str, str]:
    return {"at": moment.isoformat(), "shown": turn.local(moment)}


def _spoken(turn: Turn, kind: Kind, value: Any, most: int) -> Any:
    """The answer that a message gives to a question of this kind. Raises FieldProblem."""
    incoming = turn.incoming
    match kind, incoming.said:
        case Kind.PHOTOS, Said.PHOTO:
            if len(value or []) >= most:
                raise FieldProblem("form-problem-photos", most=most)
            return [*(value or []), incoming.file]
        case Kind.PLACE, Said.LOCATION:
            name = turn.text("form-location")
            return {"name": name, "spot": [incoming.latitude, incoming.longitude]}
        case Kind.PLACE, Said.TEXT:
            kept = text_answer(turn, incoming.text)
            if not 1 <= len(kept) <= 200:
                raise FieldProblem("form-problem-long" if kept else "form-problem-empty")
            return {"name": kept}
        case Kind.MOMENT, Said.TEXT:
            return _typed_moment(turn, incoming.text)
        case Kind.DAY, Said.TEXT:
            return days.typed(turn, incoming.text)
        case Kind.ANY_DAY, Said.TEXT:
            return days.any_typed(turn, incoming.text)
        case ((Kind.RHYTHM | Kind.SLOT), Said.TEXT):
            return rhythms.typed(turn, text_answer(turn, incoming.text), once=kind is Kind.SLOT)
        case Kind.AMOUNT, Said.TEXT:
            return amounts.amount(incoming.text)
        case Kind.FIGURES, Said.TEXT:
            return {item.value: amount for item, amount in amounts.figures(incoming.text, turn.language).items()}
        case Kind.TEXT, Said.TEXT:
            return text_answer(turn, incoming.text)
        case ((Kind.CHOICE | Kind.CHOICES | Kind.REPORT), _):
            raise FieldProblem("form-problem-buttons")
        case ((Kind.PHOTOS | Kind.ATTACHMENTS), _):
            raise FieldProblem("form-problem-photo-wanted")
        case _:
            raise FieldProblem("form-problem-text-wanted")


def spoken(turn: Turn, draft: Row) -> None:
    """A message while a form is open: an answer, or a friendly word on why it is none. The card comes to the bottom."""
    name, progress = draft["form"], progress_of(draft)
    conversation = CONVERSATIONS[name]
    if conversation.passing and turn.incoming.message:
        progress = _with(progress, {MESSAGES: [*progress.answers.get(MESSAGES, ()), turn.incoming.message]})
        _save(turn, draft, progress)
    attached = conversation.form.attachments if turn.incoming.said in (Said.PHOTO, Said.FILE) else ""
    if attached:
        _attached(turn, draft, progress, attached)
        return
    if progress.step == REVIEW:
        render(turn, draft["id"], name, progress, renew=True)
        return
    question = conversation.form.questions[progress.step]
    try:
        value = _spoken(turn, question.kind, progress.answers.get(progress.step), question.most)
        if question.kind is Kind.PHOTOS:
            answers = {**progress.answers, progress.step: value}
            after = Progress(progress.step, answers, progress.turn + 1, progress.reviewing)
        else:
            after = _answered(turn, conversation, progress, value)
    except FieldProblem as problem:
        reason = turn.text(problem.code, **problem.arguments)
        render(turn, draft["id"], name, progress, renew=True, problem=reason)
        return
    _went_on(turn, draft, after, renew=True)


def _with(progress: Progress, more: dict[str, Any]) -> Progress:
    """With these answers more, and without those that are None."""
    if not more:
        return progress
    return replace(progress, answers={k: v for k, v in {**progress.answers, **more}.items() if v is not None})


def _answered(turn: Turn, conversation: Conversation, progress: Progress, value: Any) -> Progress:
    """The state once the question has this answer (None: it is left out). Raises FieldProblem."""
    aware = _with(progress, conversation.aware(turn, _with(progress, {progress.step: value})))
    return conversation.form.skip(aware) if value is None else conversation.form.answer(aware, value)


def _attached(turn: Turn, draft: Row, progress: Progress, question: str) -> None:
    """A photo or file is taken at whatever question it comes; words that came with it answer a question for words."""
    name = draft["form"]
    conversation = CONVERSATIONS[name]
    form = conversation.form
    held = progress.answers.get(question) or []
    notice = ""
    if len(held) >= form.questions[question].most:
        notice = turn.text("form-problem-attachments", most=form.questions[question].most)
    elif turn.incoming.size > MOST_BYTES:
        notice = turn.text("attachment-refused-too_large")
    else:
        progress = _with(progress, {question: [*held, attaching.attach(turn, draft["id"])]})
        if progress.step not in (question, REVIEW):
            notice = turn.text("form-attached")
    after = replace(progress, turn=progress.turn + 1)
    asked = form.questions.get(progress.step)
    if turn.incoming.text and asked and asked.kind is Kind.TEXT:
        try:
            after, notice = _answered(turn, conversation, progress, text_answer(turn, turn.incoming.text)), ""
        except FieldProblem as problem:
            notice = turn.text(problem.code, **problem.arguments)
    _save(turn, draft, after)
    render(turn, draft["id"], name, after, renew=True, problem=notice)


def take_out(turn: Turn, draft: int, attachment: int, problem: str) -> None:
    """An attachment that cannot be passed on is out of the form, and its card says why."""
    row = turn.db.one(f"select {_COLUMNS} from draft where id = ?", (draft,))
    if row is None:
        return
    name, progress = row["form"], progress_of(row)
    question = CONVERSATIONS[name].form.attachments
    left = [held for held in progress.answers.get(question) or () if held != attachment]
    after = replace(_with(progress, {question: left or None}), turn=progress.turn + 1)
    _save(turn, row, after)
    render(turn, draft, name, after, problem=problem)


def pressed(turn: Turn, draft: int, number: int, verb: str, value: str) -> None:
    """A button of a form's card: checked to be of this account's newest card before anything else."""
    row = turn.db.one(f"{_DRAFT} and id = ?", (turn.db.mark(turn.incoming.account), draft))
    if row is None:
        turn.toast("card-closed")
        return
    name, progress = row["form"], progress_of(row)
    conversation = CONVERSATIONS[name]
    if number != progress.turn:
        turn.toast("card-old")
        render(turn, draft, name, progress, renew=True)
        return
    if verb == "cancel":
        cancel(turn, row)
        return
    try:
        after = _pressed(turn, conversation, progress, verb, value)
    except FieldProblem as problem:
        render(turn, draft, name, progress, problem=turn.text(problem.code, **problem.arguments))
        return
    if after is None:
        _submit(turn, row, progress)
    else:
        _went_on(turn, row, after)


def _pressed(turn: Turn, conversation: Conversation, progress: Progress, verb: str, value: str) -> Progress | None:
    """The state after a button; None where the form is to be submitted. Raises FieldProblem for a forged one."""
    form, step = conversation.form, progress.step
    if step == REVIEW:
        if verb == "submit":
            return None
        if verb == "edit" and value in form.visible(progress.answers):
            return form.edit(progress, value)
    elif verb == "skip" and form.may_skip(step):
        return _answered(turn, conversation, progress, None)
    elif verb == "choose" or verb == "toggle" or verb == "done":
        question = form.questions[step]
        held = progress.answers.get(step) or []
        match question.kind, verb:
            case Kind.CHOICE, "choose" if value in dict(_choices(turn, form.name, step)):
                return _answered(turn, conversation, progress, value)
            case Kind.CHOICES, "toggle" if value in question.options:
                chosen = [o for o in question.options if (o in held) != (o == value)]
                answers = {**progress.answers, step: chosen}
                return Progress(step, answers, progress.turn + 1, progress.reviewing)
            case ((Kind.CHOICES | Kind.PHOTOS | Kind.ATTACHMENTS), "done") if held:
                return _answered(turn, conversation, progress, held)
            case Kind.PLACE, "choose":
                names = dict(conversation.offers(turn, step))
                if value in names:
                    return _answered(turn, conversation, progress, {"name": names[value], "place": int(value)})
            case Kind.REPORT, "choose" if value in dict(conversation.reports(turn, progress.answers)):
                return _answered(turn, conversation, progress, int(value))
            case Kind.MOMENT, "choose":
                if value in dict(conversation.offers(turn, step)):
                    moment = _moment_answer(turn, turn.now - timedelta(minutes=int(value)))
                    return _answered(turn, conversation, progress, moment)
            case Kind.DAY, "choose":
                return _answered(turn, conversation, progress, days.pressed(turn, value))
            case Kind.ANY_DAY, "choose":
                return _answered(turn, conversation, progress, days.any_pressed(turn, value))
            case Kind.SLOT, "choose" if value in dict(conversation.offers(turn, step)):
                return _answered(turn, conversation, progress, rhythms.picked(turn, value))
            case Kind.RHYTHM, "choose":
                return _answered(turn, conversation, progress, rhythms.pressed(turn, value))
    if verb == "back":
        return form.back(progress)
    raise FieldProblem("form-problem-button")


def _went_on(turn: Turn, draft: Row, after: Progress, *, renew: bool = False) -> None:
    name = draft["form"]
    conversation = CONVERSATIONS[name]
    if after.step == REVIEW and not conversation.review:
        _submit(turn, draft, after)
        return
    _save(turn, draft, after)
    render(turn, draft["id"], name, after, renew=renew)


def _save(turn: Turn, draft: Row, after: Progress) -> None:
    values = (after.step, after.answers, after.turn, after.reviewing, turn.now, draft["id"])
    turn.db.execute(_SAVE, values)


def _submit(turn: Turn, draft: Row, progress: Progress) -> None:
    """The form is complete: domain rows, the draft's end and every message in one transaction."""
    conversation = CONVERSATIONS[draft["form"]]
    if not conversation.allowed(turn, progress.answers):
        drop(turn, draft, turn.address)
        turn.toast("not-yours")
        turn.show(turn.address, f"form:{draft['id']}", turn.text("not-yours"))
        return
    try:
        conversation.form.complete(progress)
    except FieldProblem as problem:
        render(turn, draft["id"], draft["form"], progress, problem=turn.text(problem.code))
        return
    if overtaken := conversation.outdated(turn, progress.answers):
        step, reason = overtaken
        if not step and not conversation.review:  # there is no card of the whole: it is said at the last question
            step = conversation.form.visible(progress.answers)[-1]
        after = conversation.form.edit(progress, step) if step else progress
        _save(turn, draft, after)
        why = turn.text(reason, emergency=turn.house.emergency, hours=turn.house.draft_hours)
        render(turn, draft["id"], draft["form"], after, problem=why)
        return
    turn.db.execute("delete from draft where id = ?", (draft["id"],))
    if conversation.review or conversation.own_card:  # what was filed shows its own card in this one's place
        turn.forget(f"form:{draft['id']}")
    else:
        turn.show(turn.address, f"form:{draft['id']}", turn.text(f"{draft['form']}-sent"))
    conversation.submit(turn, progress.answers)
    _forget_words(turn, draft, turn.address)
    waiting = current(turn)
    if waiting:
        render(turn, waiting["id"], waiting["form"], progress_of(waiting), renew=True)


def drop(desk: Desk, draft: Row, address: Address) -> int:
    """Nothing of this draft is kept: not its files, and where its conversation is passing not its messages.

    Returns how many files that are.
    """
    desk.db.execute("delete from draft where id = ?", (draft["id"],))
    files = attaching.drop(desk, draft=draft["id"])
    _forget_words(desk, draft, address)
    return files


def _forget_words(desk: Desk, draft: Row, address: Address) -> None:
    """Take what somebody wrote into a passing form out of the chat."""
    if draft["form"] in CONVERSATIONS and CONVERSATIONS[draft["form"]].passing:
        desk.house.strangers.left_traces = True
        for message in draft["answers"].get(MESSAGES, ()):
            desk.out.append(Outgoing(address, Act.FORGET, message=message, priority=Priority.REMINDER))


def cancel(turn: Turn, draft: Row) -> None:
    drop(turn, draft, turn.address)
    turn.show(turn.address, f"form:{draft['id']}", turn.text("form-cancelled"))
