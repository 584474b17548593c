# how things are written
list-separator = { ", " }
list-labelled = { $label }: { $value }

# people
role-coordinator = coordinator
role-cadre = committee cadre
role-officer = community officer
role-deputy = deputy officer
role-town_office = town office
former-colleague = a former colleague
language-zh = 中文
language-en = English
language-which = Please choose a language
language-set = English it is.

# start
start-stranger = Hello, this is Linli. To leave a tip, with or without your name: /tip. For a certificate of residence: /visits. If you have a receipt code, just send it. Staff: please open your invite link. In an emergency call 110, 119 or 120.
start-known = Hello { $names }. Send /help to see what you can do.
start-wrong = That code is not right. Please check it, or ask the town office for a new one.
start-used = That code has been used already. If it was not you, please tell the town office.
start-expired = That code has expired. Please ask the town office for a new one.
start-too-often = That was too many tries. Please try again in half an hour.
start-bound = Welcome, { $name }. You are signed in as { $role }. Send /help to see what you can do.
invite-expired = The invite of { $name } ({ $role }) has run out unused: they cannot use Linli yet. Please invite them again.

calendar-ends = The calendar of working days ends on { $day }. Later days go by weekends and statutory holidays, without make-up days. When the State Council has announced them, please have an administrator run:
    linli calendar import FILE

# commands
command-start = register, or start again
command-report = report, see my reports
command-alerts = alerts at my places
command-duty = who answers now
command-me = what is known about me
command-language = language 语言
command-help = what I can do
command-tip = leave a tip
command-cancel = drop the open form
command-unknown = There is no such command. Send /help to see what you can do.
cancel-nothing = No form is open.
help-title = You can:
me-title = What Linli holds about you:
me-line = { $name } · { $role } · { $places }
me-standing = Unfinished forms: { $drafts }. Open reports: { $reports }.
me-kept = Besides this, your reports, the log of reports you opened, your account number and your language are kept.
me-stranger = You are not signed in. Nothing about you is kept here.
duty-title = Who answers now:
duty-unreachable = { " " }(out of reach)
duty-on_leave = { " " }(on leave)
not-understood = That was not understood. Send /report to report, /help to see what you can do.
edited-not-read = Edited messages are not read. To change an answer use the buttons on the card.
not-yours = This is not within your role or area.
no-place = You have no area yet. Please ask the town office.
card-closed = This card is no longer open.
card-old = That is an old card, please use the newest.
keep = Leave it
group-private = In groups there are hints only. Please go on in private: { $link }
office-missed = Alert { $number }: { $names } could not be reached, it went to the next. Please see that they can be reached again.
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
form-draft-again = You have an unfinished form. Let us go on with it.
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
place-gone = This place is closed or no longer yours. Please choose another; your other answers are kept.
suspicious-when = When? Tap a button, or write “yesterday 9:30 pm”, “21:30”, “11-20 8:00”.
suspicious-when-label = When
suspicious-same = There are such reports from here within a day. Is it the same thing?
    If so, fewer questions follow, and you are answered together with that report.
suspicious-same-label = The same thing
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

reporter-card = { $what } { $number }
    { $where } · { $about }

    { $standing }
reporter-add = Add
reporter-withdraw = Withdraw
reporter-answer = Answer
withdraw-sure = Withdraw report { $number }? Nobody will deal with it then.
withdraw-yes = Withdraw
standing-sent = being sent to { $name }
standing-arrived = sent to { $name }, not yet seen
standing-unreachable = { $name } is out of reach
standing-on_leave = { $name } was on leave and was not called
standing-nobody = Nobody who answers can be reached now. If it is urgent call { $emergency }.
standing-acknowledged = seen and taken by { $name }
standing-on_the_way = { $name } is on the way
standing-closed = closed: { $outcome }
standing-withdrawn = withdrawn
told-acknowledged = { $what } { $number }: { $name } has taken it.
told-on_the_way = { $what } { $number }: { $name } is on the way.
told-waiting = { $what } { $number }: { $name } no longer answers for it; somebody else is being called.
told-closed = { $what } { $number } is closed: { $outcome }. Thank you.
told-question = { $what } { $number }: { $name } asks you:
    { $line }
addition-line = What would you like to add? One message, please.
addition-line-label = Addition
addition-sent = Added.
answer-line = Please write your answer.
answer-line-label = Answer
answer-sent = Your answer was passed to the officer.

# alerts
alert-title-suspicious = 🔔 Suspicious activity { $number }
alert-title-tip = 🔔 Tip { $number }
alert-title-violation = 🔔 Violation { $number }
alert-unverified = unverified
alert-ongoing = ⚠ may still be happening
alert-nobody = ⚠ nobody has taken this
alert-skipped-unreachable = Out of reach: { $names }
alert-skipped-on_leave = On leave, not called: { $names }
alert-where = Where: { $where }
alert-when = When: { $when } ({ $minutes } min ago)
alert-when-hours = When: { $when } ({ $hours } h ago)
alert-scene = The scene now: { $scene }
alert-reporter-staff = Reporter: { $name }
alert-reporter-resident = A resident, by name: { $name }
alert-reporter-anonymous = Given without a name
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

# kinds of reports
kind-suspicious = Report
kind-tip = Tip
kind-violation = Violation report
alert-about-staff = About staff of this committee: for the town office only
alert-known-saw = seen by the giver
alert-known-heard = heard by the giver
alert-known-told = told by others
alert-move = To another committee
move-where = Which committee does it belong to? The officer there will take over.
move-done = Passed on to { $place }.
told-moved = { $what } { $number }: { $name } has passed it on to { $place }.
told-news = There is news of tip { $number }. Send your receipt code to read it.

# violations
report-violation = Violation at a place
violation-kind = What kind of violation?
violation-kind-label = Kind
violation-kind-illegal_subletting = Illegal subletting
violation-kind-blocked_fire_exit = Blocked fire exit
violation-kind-ebike_charging = E-bike charging indoors
violation-kind-unlicensed_premises = Unlicensed premises
violation-kind-dangerous_structure = Dangerous structure
violation-kind-noise = Noise
violation-kind-waste = Waste
violation-kind-other = Other
violation-kind-gone = This kind is no longer used. Please choose another; your other answers are kept.
violation-where = Where? Tap a button, write the place, or send the location of the scene.
violation-where-label = Where
violation-same = There are such reports from here within a day. Is it the same thing?
    If so, fewer questions follow, the follow-up is the one of that report, and you are answered together with it.
violation-same-label = The same thing
violation-deed = What is wrong there (10–1,000 characters)?
    Write of the place, not of who lives there; identity-card, passport and telephone numbers are masked.
violation-deed-label = What is wrong
violation-attachments = Have you a photo or a file? Up to 4, of 20 MB each.
    What they say of where and with what they were made is removed first; what cannot be cleaned is not passed on.
violation-attachments-label = Attachments
violation-day = On which day will you and the officer go there again? Tap a button, or write “12-1”, “next Friday”, “in 3 days”.
    It stands once the officer has agreed.
violation-day-label = Joint follow-up
violation-review = Please check; ✎ changes an answer:
violation_close-outcome = How did it end?
violation_close-outcome-label = Outcome
violation_close-outcome-mended = Mended
violation_close-outcome-passed_on = Passed on to an authority
violation_close-outcome-nothing_found = Nothing found
violation_close-outcome-unfounded = Unfounded
violation_close-line = A line to explain?
violation_close-line-label = Remark
violation_close-sent = Closed.
outcome-mended = mended

# days
day-offered = { $day } (in { $days } working days)
day-off = { $day } ({ $wanted } is a day off)
day-unreadable = That day was not understood. Try “12-1”, “next Friday” or “in 3 days”.
day-past = That day has come already. Please choose one from tomorrow, within { $days } days.
day-too_far = That day is too far off. Please choose one from tomorrow, within { $days } days.
day-impossible = There is no such day. Please check it.
day-came = The day you chose has come. Please choose another; your other answers are kept.

# joint follow-ups
followup-line = Joint follow-up: { $day } · { $state }
followup-limited = Seen on { $day }, a time limit was set
followup-proposed = proposed by { $name }, waits for { $other }
followup-waiting = proposed by { $name }, waits for somebody to take it
followup-agreed = agreed
followup-alone = the reporter has left; by the officer alone
followup-visited = carried out, waits for the officer's result
followup-confirm = Agree to the day
followup-move = Another day
followup-mended = Mended
followup-limit = Time limit
followup-passed_on = Passed on to an authority
followup-open = Open
followup-visit = Carried out
followup-went-on = This follow-up has gone on meanwhile and cannot be changed so; please see the newest card.
followup-told-agreed = { $number }: { $name } agrees to the joint follow-up on { $day }.
followup-told-move = { $number }: { $name } proposes { $day } for the follow-up; please agree.
followup-told-limit = { $number }: { $name } set a time limit; the next follow-up is on { $day }, please agree.
followup-told-visited = { $number }: { $name } noted the follow-up as carried out on { $day }.
followup-before = ◷ { $number }: the joint follow-up is near.
followup-today = ◷ { $number }: the joint follow-up is today.
followup-overdue = ⚠ { $number }: the joint follow-up is { $days ->
    [one] 1 working day
   *[other] { $days } working days
 } overdue.
followup-office = ⚠ Violations with an overdue follow-up: { $count }
followup-office-line = { $number } · { $place } · { $day } ({ $days ->
    [one] 1 working day
   *[other] { $days } working days
 } overdue)
followup_move-day = On which day instead? Tap a button, or write “12-1”, “next Friday”, “in 3 days”.
followup_move-day-label = Day
followup_move-sent = The other was asked to agree to the new day.
followup_limit-day = A time limit until which day? You go there again then. Tap a button, or write “12-1”, “next Friday”, “in 3 days”.
followup_limit-day-label = Time limit
followup_limit-sent = The time limit is noted; the other was asked to agree to the day.

# the same thing
same-line = { $number } · { $what } · { $where } · { $when }
same-none = None of these
same-yes = The same thing
same-no = No, or not sure
same-gone = What you chose has just been closed or withdrawn. Please choose again; your other answers are kept.
alert-same = +{ $count } { $count ->
        [one] report
       *[other] reports
    } of the same thing
alert-same-deed = + { $number }: { $line }
alert-same-as = Same as…
alert-apart = Take apart
alert-joined = { $number } has been joined with { $first }.
same-which = Which one is the same thing? It is joined to this one, and its reporters are answered together.
same-nothing = No other alert of this kind within a day in this committee could be joined.
same-joined = Joined.
apart-which = Which one is to be taken out? Whoever answers for it is called anew.
apart-done = { $number } stands alone again; whoever answers for it is called.
told-apart = { $what } { $number } is dealt with on its own now; whoever answers for it is being called.

# attachments
form-attachments = { $count } attachments
form-attached = The attachment is here and is being checked. Please also answer this question.
form-problem-attachments = At most { $most } attachments; those before are kept.
attachments-pending = The attachments are still being checked; please submit again in a few seconds. Nothing is lost.
attachment-refused-empty = This attachment is empty and was not taken.
attachment-refused-too_large = This attachment is over 20 MB and was not taken. Please send a smaller one.
attachment-refused-type = Files of this type cannot be taken. Pictures, PDF, sound and video can.
attachment-refused-pixels = This picture is too large in size and was not taken. Please scale it down.
attachment-refused-damaged = This attachment cannot be opened and was not taken. Please try another.
attachment-refused-encrypted = This file has a password and was not taken. Please remove the password.
attachment-refused-script = This PDF holds a program and was not taken. Please save it as a plain PDF, or send a photo.
attachment-refused-uncleanable = What this file says of where and with what it was made cannot be removed. To protect you it was not taken.
attachment-refused-full = There is no room for attachments just now, so it was not taken. Words can be sent as usual.
attachment-refused-gone = The platform no longer has this attachment, so it was not taken. Please send it again.

# tips
tip-which = Which committee is the tip for?
    If somebody is in danger, call { $emergency } first.
tip-nowhere = Tips cannot be left yet. If somebody is in danger, call { $emergency }.
tip-place-gone = The committee on this poster is not there any more. Please choose another.
tip-mine = Tips you left with your name:
tip-cool-down = There are many tips just now and no more can be taken; please come back later. In an emergency call { $emergency }.
tip-signed = A tip for { $committee }

    If somebody is in danger, call { $emergency } first.
    Please say what somebody did, not who somebody is.

    Without a name: your account is not kept; only a receipt code leads back; what you write here is taken away afterwards.
    With your name: your name and this chat are kept, and you are told how it ends.
    The chat platform itself still knows that you used it.
    What you say is kept encrypted and erased { $days } days after it is closed.
tip-signed-label = How
tip-signed-no = Without a name
tip-signed-yes = With my name
tip-name = What may we call you? If you skip this, the name of your account is used.
tip-name-label = Name
tip-kind = What is it about?
tip-kind-label = About
tip-kind-theft = Theft
tip-kind-fraud = Fraud
tip-kind-home_violence = Violence at home
tip-kind-drugs = Drugs
tip-kind-dangerous_goods = Dangerous goods
tip-kind-fire_hazard = Fire hazard
tip-kind-road_danger = Danger on the road
tip-kind-other = Something else
tip-deed = What happened? Please write what was done (10–1000 characters).
    Numbers of papers and telephones are masked.
tip-deed-label = What happened
tip-where = Where? Write the place, or send a location.
tip-where-label = Where
tip-when = When? Use a button, or write “21:30” or “11-20 8:00”.
tip-when-label = When
tip-same = This may be known here already. Is it the same thing?
    If so, fewer questions follow.
tip-same-label = The same thing
tip-known = How do you know?
tip-known-label = How you know
tip-known-saw = I saw it
tip-known-heard = I heard it
tip-known-told = I was told
tip-attachments = Have you a photo or a file? Up to 4, of 20 MB each.
    What they say of where and with what they were made is removed first; what cannot be cleaned is not passed on.
tip-attachments-label = Attachments
tip-about_staff = Is this about somebody who works for the committee or the police?
    If so, it goes to the town office only.
tip-about_staff-label = About staff
tip-about_staff-no = No
tip-about_staff-yes = Yes
tip-may_ask = May the officer ask you back?
tip-may_ask-label = May be asked
tip-may_ask-yes = Yes
tip-may_ask-no = No
tip-ask_how = May the officer ask you back?
    “Remind me” keeps this chat, encrypted, until the tip is closed; with the code alone nothing is kept.
tip-ask_how-label = May be asked
tip-ask_how-code = Yes, I look with my code
tip-ask_how-tell = Yes, and remind me
tip-ask_how-no = No
tip-review = Please check; ✎ changes an answer:
tip-proof = Proof of submission (to keep)
    Number: { $number }
    Time: { $when }
    Committee: { $committee }
    Hash of the content: { $hash }
receipt-code = Receipt code: { $code }
    Write it down: it is the only way back. Send it to me from any account to see what became of the tip, answer, add, or withdraw it.
receipt-title = Tip { $number } ({ $when })
receipt-write = Just write a message: it goes to the officer. Closes by itself after a quarter of an hour.
receipt-taken = Passed on to the officer.
receipt-end = Done reading
receipt-again = It has been closed; please send the code again.
receipt-slip = This code has a slip in it; please check each sign. There is no 0, 1, O, I or L in a code.
receipt-wrong = There is no such code, or the tip has been erased in time.
receipt-too-often = Too many tries. Please try again in half an hour.
tip_close-outcome = How did it end?
tip_close-outcome-label = Outcome
tip_close-outcome-dealt_with = Dealt with
tip_close-outcome-passed_on = Passed on
tip_close-outcome-nothing_found = Nothing found
tip_close-outcome-unfounded = Unfounded
tip_close-outcome-abusive = Abusive: take no more for a day
tip_close-line = A line to explain?
tip_close-line-label = Remark
tip_close-sent = Closed.
outcome-abusive = could not be confirmed

# poster
poster-title = Report a crime or a hazard
poster-scan = Scan with your phone to tell the community officer, in Telegram
poster-by_hand = If you cannot scan, open this address on your phone
poster-purpose = Please tell us
poster-purpose-act = What somebody did, where and when: theft, fraud, violence at home, a fire hazard, a danger on the road.
poster-purpose-anonymous = You may stay anonymous or give your name.
poster-purpose-code = You are given a receipt code; please write it down. With it you can come back, read the answer, add to your tip or withdraw it.
poster-limits = Not taken here
poster-limits-person = Who somebody is, where they come from or what they believe. Only what was done counts.
poster-limits-quarrel = Quarrels between neighbours, such as over parking. The committee will help to settle them.
poster-emergency = Still happening, or somebody in danger? Please do not wait for an answer here, call
poster-platform = Your account is not kept with an anonymous tip, unless you ask for reminders. Telegram itself still knows your account, your phone number and what you send.

# the town office
command-tips = the table of tips
command-readlog = who opened which report
readlog-title = Read log, newest first (a number after /readlog shows one report):
readlog-none = Nothing in the read log.
readlog-unknown = There is no such number, or it was erased in time.
readlog-line = { $when } { $name } ({ $role }) { $number } · { $through }
through-alert = sent to them
through-list = opened from a list
through-link = opened from a group's link
through-group = taken in a group
through-handover = handed over
through-card = card brought up to date
through-same = read with another of the same thing
tips-title = Table of tips
tips-counted = { $name } { $count }
tips-by-overdue = First answer
tips-by-state = Open
tips-by-ended = Ended within 30 days
tips-by-age = Since it was left
tips-by-place = Committee
tips-by-kind = Kind
tips-overdue = overdue
tips-open = all open
tips-age-day = less than a day
tips-age-week = one to seven days
tips-age-older = more than seven days
tips-list = Open tips, overdue and older ones first:
tips-none = No tips here.
tips-hours = { $hours } h
tips-days = { $days } d
tips-kept = Anonymous tips are the officer's; they can be opened here once they came to you overdue, or are about staff.
tips-before = ‹ before
tips-after = after ›
