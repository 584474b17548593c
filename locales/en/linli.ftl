# how things are written
list-separator = { ", " }
list-labelled = { $label }: { $value }

# people
role-coordinator = coordinator
role-cadre = committee cadre
role-officer = community officer
role-deputy = deputy officer
role-town_office = town office
language-zh = 中文
language-en = English
language-which = Please choose a language
language-set = English it is.

# start
start-stranger = Hello, this is Linli. Staff: please open the invite link you were given, or send /start with your code. Without a code nothing about you is kept here. In an emergency call 110, 119 or 120.
start-known = Hello { $names }. Send /help to see what you can do.
start-wrong = That code is not right. Please check it, or ask the town office for a new one.
start-used = That code has been used already. If it was not you, please tell the town office.
start-expired = That code has expired. Please ask the town office for a new one.
start-too-often = That was too many tries. Please try again in half an hour.
start-bound = Welcome, { $name }. You are signed in as { $role }. Send /help to see what you can do.
invite-expired = The invite of { $name } ({ $role }) has run out unused: they cannot be alerted. Please invite them again.

# commands
command-start = register, or start again
command-report = report suspicious activity, see my reports
command-alerts = alerts at my places
command-duty = who answers now
command-me = what is known about me
command-language = language 语言
command-help = what I can do
command-cancel = drop the open form
command-unknown = There is no such command. Send /help to see what you can do.
cancel-nothing = No form is open.
help-title = You can:
me-title = What Linli holds about you:
me-line = { $name } · { $role } · { $places }
me-standing = Unfinished forms: { $drafts }. Open reports: { $reports }.
me-kept = Besides this, only your account number and your language are kept.
me-stranger = You are not signed in. Nothing about you is kept here.
duty-title = Who answers now:
duty-unreachable = { " " }(out of reach)
not-understood = That was not understood. Send /report to report, /help to see what you can do.
edited-not-read = Edited messages are not read. To change an answer use the buttons on the card.
not-yours = This is not within your role or area.
no-place = You have no area yet. Please ask the town office.
card-closed = This card is no longer open.
card-old = That is an old card, the new one is below.
keep = Leave it
group-private = In groups there are hints only. Please go on in private: { $link }
group-none = Nothing is waiting to be taken.
group-alert = 🔔 { $number } · { $standing }
group-open = Open in private
update-parked = Your last message could not be dealt with. It is kept and the administrators are told. Please try again, or in another way.
possible-repeat = 〔可能重复 · possible repeat〕

# forms
form-step = Step { $number }/{ $total }
form-back = ‹ Back
form-skip = Skip
form-cancel = Cancel
form-done = Done
form-submit = Submit
form-none = none
form-now = Answer so far: { $value }
form-photos = Photos: { $count }
form-location = shared location
form-cancelled = Cancelled. Nothing was kept.
form-draft-again = You have one unfinished. Let us go on with it.
form-problem-short = That is too short: at least 10 characters, please.
form-problem-long = That is too long. Please shorten it.
form-problem-empty = That is empty. Please write it again.
form-problem-other = That answer does not fit. Please try again.
form-problem-buttons = Please use the buttons for this step.
form-problem-button = That button cannot be used now.
form-problem-text-wanted = Please answer this step in words.
form-problem-photo-wanted = Please send a photo for this step, or skip it.
form-problem-photos = At most { $most } photos; those before are kept.
form-problem-missing = Some questions have no answer yet.
screening-stop = This says who somebody is (“{ $words }”), not what somebody did, so it was not taken. Please write down the act: what was done, and where. Your other answers are kept.
moment-unreadable = That time was not understood. Try “yesterday 9:30 pm”, “21:30” or “11-20 8:00”.
moment-future = That time has not come yet. When did it happen?
moment-too_long_ago = That is too long ago. Please give a time within the last 30 days.
moment-impossible = There is no such time. Please check it.
draft-forgotten = You have an unfinished form. Write or tap its card to go on; it is erased after { $hours } hours.
draft-expired = This form was left too long and has been erased. Send /report to start anew.

# reports
report-which = What would you like to report?
    If it is still happening or somebody is in danger, call { $emergency } first.
report-suspicious = Suspicious activity
report-mine = My reports
reports-mine = Your last reports:
reports-none = You have no reports yet.
state-open = open
state-closed = closed
state-withdrawn = withdrawn
when-now = Now
when-hour = Within the hour
when-earlier = Earlier today

suspicious-ongoing = Is it still happening, or is somebody in danger?
suspicious-ongoing-label = Still happening
suspicious-ongoing-yes = Yes
suspicious-ongoing-no = No
suspicious-go_on = Call { $emergency } first.
    Once you have called and are safe: go on with the form?
suspicious-go_on-yes = Go on
suspicious-behaviours = What was done? You may choose several.
suspicious-behaviours-label = Behaviour
suspicious-behaviours-trying_doors = Trying doors or vehicles
suspicious-behaviours-breaking_in = Breaking in or damage
suspicious-behaviours-following = Following or harassing somebody
suspicious-behaviours-asking_alarms = Asking about alarms, who is at home, keys
suspicious-behaviours-no_order = Delivery or service without an order
suspicious-behaviours-covert_exchange = Goods changing hands covertly
suspicious-behaviours-dangerous_goods = Dangerous goods
suspicious-behaviours-fire_hazard = Fire or electrical hazard on purpose
suspicious-behaviours-fraud = Fraud attempt at the door or by phone
suspicious-behaviours-other = Other act
suspicious-where = Where? Tap a button, write the place, or send the location of the scene.
suspicious-where-label = Where
suspicious-when = When? Tap a button, or write “yesterday 9:30 pm”, “21:30”, “11-20 8:00”.
suspicious-when-label = When
suspicious-deed = What was done, in your own words (10–1,000 characters)?
    Write the act, not who somebody is; identity-card, passport and telephone numbers are masked.
suspicious-deed-label = What was done
suspicious-scene = How can a colleague recognise the scene now? Vehicle, clothing, direction. Erased on closing.
suspicious-scene-label = The scene now
suspicious-photos = Any photos? Up to 4.
suspicious-photos-label = Photos
suspicious-may_ask = May the officer ask back?
suspicious-may_ask-label = May ask back
suspicious-may_ask-yes = Yes
suspicious-may_ask-no = No
suspicious-review = Please check; “✎” changes an answer:

reporter-card = Report { $number }
    { $where } · { $behaviours }

    { $standing }
reporter-add = Add
reporter-withdraw = Withdraw
reporter-answer = Answer
withdraw-sure = Withdraw report { $number }? Nobody will deal with it then.
withdraw-yes = Withdraw
standing-sent = being sent to { $name }
standing-arrived = sent to { $name }, not yet seen
standing-unreachable = { $name } is out of reach, passed on
standing-nobody = Nobody who answers can be reached now. If it is urgent call { $emergency }.
standing-acknowledged = seen and taken by { $name }
standing-on_the_way = { $name } is on the way
standing-closed = closed: { $outcome }
standing-withdrawn = withdrawn
told-acknowledged = Report { $number }: { $name } has taken it.
told-on_the_way = Report { $number }: { $name } is on the way.
told-closed = Report { $number } is closed: { $outcome }. Thank you.
told-question = Report { $number }: { $name } asks you:
    { $line }
addition-line = What would you like to add? One message, please.
addition-line-label = Addition
addition-sent = Added.
answer-line = Please write your answer.
answer-line-label = Answer
answer-sent = Your answer was passed to the officer.

# alerts
alert-title = 🔔 Suspicious activity { $number }
alert-unverified = unverified
alert-ongoing = ⚠ may still be happening
alert-nobody = ⚠ nobody has taken this
alert-skipped = Out of reach: { $names }
alert-where = Where: { $where }
alert-when = When: { $when } ({ $minutes } min ago)
alert-scene = The scene now: { $scene }
alert-reporter = Reporter: { $name }
alert-acknowledge = Acknowledge
alert-way = On the way
alert-close = Close
alert-ask = Ask the reporter
alert-hand = Hand over
alert-accept = Accept
alert-offered = { $name } would hand this over to you
alert-yours = This is yours.
alert-taken = { $name } has it.
alert-closed = { $number } · { $outcome }
alert-addition = { $number } the reporter adds: { $line }
alert-answer = { $number } the reporter answers: { $line }
exchange-addition = + { $line }
exchange-question = Q: { $line }
exchange-answer = A: { $line }
hand-whom = To whom? It stays yours until they accept.
hand-nobody = There is nobody to hand it to now.
hand-offered = { $name } was asked; it stays yours until accepted.
ask-impossible = The reporter is not to be asked, or is out of reach.
alert_close-outcome = What came of it?
alert_close-outcome-label = Outcome
alert_close-outcome-dealt_with = Dealt with
alert_close-outcome-passed_on = Passed on
alert_close-outcome-nothing_found = Nothing found
alert_close-outcome-unfounded = Unfounded
alert_close-line = One line to explain?
alert_close-line-label = Remark
alert_close-sent = Closed.
alert_ask-line = What would you like to ask the reporter?
alert_ask-line-label = Question
alert_ask-sent = Your question was passed on.
outcome-dealt_with = dealt with
outcome-passed_on = passed on
outcome-nothing_found = nothing found
outcome-unfounded = could not be confirmed
alert-state-waiting = waiting
alert-state-acknowledged = taken
alert-state-on_the_way = on the way
alert-state-closed = closed
alerts-title-open = Open, newest first:
alerts-title-waiting = Taken by nobody yet, newest first:
alerts-title-mine = Yours, newest first:
alerts-title-closed = Closed, newest first:
alerts-none = No alerts here.
alerts-newest = ‹ newest
alerts-older = older ›
alerts-open = Open
alerts-waiting = Waiting
alerts-mine = Mine
alerts-closed = Closed
