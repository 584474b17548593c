# workload
command-workload = this week's workload
command-board = this month's work
week-span = { $first } – { $last }

# items; the names that may be typed stand beside, with / between
workload-item-visited = Dwellings visited
workload-item-taken = Taken
workload-item-changed = Changed
workload-item-cancelled = Cancelled
workload-item-same_day = Entered the same day
workload-item-certificate_checks = Certificate checks
workload-item-self_checks = Self-checks
workload-item-reports = Reports
workload-item-hours = Hours
workload-short-visited = Visits
workload-short-taken = Taken
workload-short-changed = Chg
workload-short-cancelled = Canc
workload-short-same_day = Same day
workload-short-certificate_checks = Certif.
workload-short-self_checks = Self
workload-short-hours = Hours
workload-names-visited = visited/visits/dwellings/dwellings visited
workload-names-taken = taken/records taken/new
workload-names-changed = changed/changes
workload-names-cancelled = cancelled/canceled
workload-names-same_day = same day/entered same day/entered
workload-names-certificate_checks = certificate checks/certificates
workload-names-self_checks = self-checks/self checks
workload-names-reports = reports
workload-names-hours = hours/worked

# the card of the week
workload-title = Workload { $span }
workload-due = Please file by { $day } { $hour }.
workload-overdue = It was due { $day } { $hour }. Please file it soon.
workload-no-due = No working day in this week: nothing to file.
workload-is-filed = Filed, waits for the officer. You can still change it.
workload-is-asked = Sent back by the officer: { $question }
    Mend it or say it in the note, then file again.
workload-is-confirmed = Confirmed by the officer.
workload-figure = { $item } { $figure }
workload-between = {", "}
workload-beside = {" "}({ $figure })
workload-beside-told = Last week in brackets.
workload-counted = {" "}(Linli counted { $figure }; filled in when you file)
workload-missing = –
workload-hint = Tap to add up, or write one line: visited 32 taken 11 changed 4 cancelled 2
workload-reason-told = Reason: { $words }
workload-note-told = Note: { $words }
workload-tap = { $item } +{ $amount }
workload-undo = Undo { $item } +{ $amount }
workload-more = More items
workload-steps = Step by step
workload-file = File
workload-this-week = This week ›
workload-last-week = ‹ Last week is not filed
workload-correct = Correct
workload-tapped = { $item }: { $figure }
workload-nothing-to-undo = There is nothing to undo.
workload-empty = There is no figure yet. Fill in, then file.
workload-same = The figures are the same: nothing was changed.
workload-not-taken = { $reason } This line was not taken; all other figures are kept.
workload-confirmed-already = The officer has confirmed this week. To change it, press "Correct".
workload-sent-back = { $officer } sent this week back. Please see the question below.
workload-only-file = every figure is there, just press "File"
workload-reminder-soon = ⏰ This week's workload is due tomorrow. Missing: { $missing }.
workload-reminder-today = ⏰ Please file this week's workload by 17:00 today. Missing: { $missing }.
workload-reminder-overdue = ⏰ This week's workload is not filed yet. Missing: { $missing }.

# doubts
doubts-title = Please look at these once more:
doubt-same_day = Entered the same day { $figure }: more than taken, changed and cancelled together, { $beside }.
doubt-no_visit = { $beside } records, but no dwelling visited.
doubt-many_a_day = { $figure } dwellings visited: more than 300 a day ({ $beside } for the week's working days).
doubt-long_days = { $figure } hours: more than 14 a day ({ $beside } for the week's working days).
doubt-fell = { $item } { $figure }: a third or less of last week's { $beside }.
doubt-rose = { $item } { $figure }: three times last week's { $beside } or more.
workload-keep = They are right: say why
workload-change = Back to the figures
workload_reason-cause = What is the reason?
workload_reason-cause-campaign = A joint action
workload_reason-cause-backlog = Earlier records entered now
workload_reason-cause-leave = Leave or secondment
workload_reason-cause-fault = System or device out of order
workload_reason-cause-other = Something else
workload_reason-words = Please say it in a sentence.

# step by step
workload-visited = How many dwellings were visited?
workload-visited-label = Dwellings visited
workload-taken = How many records were taken?
workload-taken-label = Taken
workload-changed = How many records were changed?
workload-changed-label = Changed
workload-cancelled = How many records were cancelled?
workload-cancelled-label = Cancelled
workload-same_day = How many of them were entered the same day?
workload-same_day-label = Entered the same day
workload-certificate_checks = How many certificate checks?
workload-certificate_checks-label = Certificate checks
workload-self_checks = How many dwellings were self-checked?
workload-self_checks-label = Self-checks
workload-reports = How many reports? Skipped, Linli's own count is taken.
workload-reports-label = Reports
workload-hours = How many hours?
workload-hours-label = Hours
workload-note = Anything to note?
workload-note-label = Note
workload-review = Please check, press "✎" to change. What was left out stays as it is:
workload_correct-figures = What should it be? One line, such as: visited 30 taken 12
workload_correct-why = Why? One sentence, please.

# amounts
amount-empty = This is empty. Please write a number.
amount-date = This looks like a date. Please write an amount.
amount-negative = An amount cannot be below 0.
amount-about = Please write the exact number, without "about", "+" or a range.
amount-decimal = Please write a whole number.
amount-huge = This number is too large; the most is { $most }.
amount-none = This number could not be read. Please write it like 32.
line-unknown = There is no item "{ $name }".
line-unknown-near = There is no item "{ $name }". Did you mean { $near }?
line-twice = "{ $name }" is there twice; please write it once.
line-no-figure = There is no figure after "{ $name }".
line-no-item = There is no item before the figure "{ $name }".
line-empty = This line is empty.
line-amount = "{ $name }": { $reason }

# the round
round-title = Confirming workloads { $span }
round-nobody = There is no coordinator at your places yet.
round-line = { $sign } { $name }: { $figures }
round-open = { $sign } { $name }
sign-open = ○
sign-filed = ●
sign-doubted = ⚠
sign-asked = ↩
sign-confirmed = ✓
sign-open-words = not filed
sign-filed-words = filed
sign-doubted-words = to be looked at
sign-asked-words = sent back
sign-confirmed-words = confirmed
round-plausible = Confirm { $count } without doubts
round-before = ‹ Week before
round-after = Week after ›
round-all-title = These { $count } raise no doubt:
round-all-why = Figures agree with each other, days are ordinary, nothing is three times last week's or a third of it.
round-all-yes = Confirm these { $count }
round-week = { $name } { $span }
round-is-open = Not filed yet.
round-is-filed = Waits for you.
round-is-asked = Sent back, waits for the coordinator.
round-is-confirmed = Confirmed.
month-now = This month so far: { $figures }
month-before = The same month last year: { $figures }
round-counted = Reports counted by Linli: { $figure }
round-confirm = Confirm
round-ask = Send back
round-amend = Correct
round-look = Look
round-confirmed = Confirmed: { $count }.
round-late = { $name } filed the workload of { $span }. It waits for you.
round-due = ⏰ Please confirm the coordinators' workloads.
round-went-on = This week has changed and waits for you no more. Cancel this step and look at the round again.
workload_ask-line = What do you want to know? The coordinator reads it, answers and files again.
workload_amend-figures = What should it be? One line, such as: visited 30 taken 12
workload_amend-why = Why? The coordinator reads it.
correction-asked = { $name } wants to correct the workload of { $span }, because: { $why }
correction-line = { $item } { $old } → { $new }
correction-accept = Agree
correction-refuse = Refuse
correction-sent = The correction went to the officer and counts once they agree.
correction-nobody = The correction is kept, but no officer can be reached now. Please tell the town office.
correction-accepted = The correction counts.
correction-refused = The correction was refused.
correction-accepted-by = { $officer } agreed to { $name }'s correction.
correction-refused-by = { $officer } refused { $name }'s correction.
correction-accepted-told = { $officer } agreed to your correction of { $span }.
correction-refused-told = { $officer } refused your correction of { $span }; the figures stay.
amend-told = { $officer } corrected your workload of { $span } and confirmed it:
    { $changes }
    Reason: { $why }
amend-agree = Agree
amend-object = Object
amend-agreed = Thank you.
amend-objected = Your objection is noted.
amend-objected-told = Your objection is noted. The officer and the town office see both figures.
amend-objection = { $name } objects to the correction of { $span }:
    { $changes }

# the board
board-title = Work in { $month }
board-committee = { $place } { $month }
board-line-month = { $place }: weeks filed { $done }/{ $count }, confirmed { $confirmed }
board-line = { $place }: filed this week { $done }/{ $count }
board-beside = {" "}(last year, by days at work { $figure }, { $sign })
board-above = ▲ reached
board-below = ▼ below
board-weeks = This week:
board-weeks-month = Weeks filed { $done }/{ $count }, confirmed { $confirmed }
board-weeks-of = Weeks:
board-week-open = This week is not filed yet.
board-coordinator = { $name } ({ $place }) { $month }
board-total = { $place } together: { $figures }
board-entered = Being entered, not counted: { $figures }
board-months = 🗓 Months
board-months-of = { $year }: choose a month; its picture and table can be had again.
board-year = 📊 Table of { $year }
board-nothing = You have no committee in your charge.

board-of-town = Committees
board-subtitle = Work in { $month }, until { $day }, { $days } working days
board-filed = Filed
board-confirmed = Confirmed
board-ledger = Ledger accuracy
board-legend-done = done, reached
board-legend-due = to be done
board-legend-overdue = overdue
board-legend-below = below target or last year
board-legend-unknown = no figures
board-legend-beside = last year
board-notes = Last year's figures are for as many days at work: that month had { $days }.
    A week that is not filed yet is not counted.
    There are counts of work here, nothing else.
board-file = Work-{ $place }-{ $month }
board-picture = 🖼 Picture
board-table = 📊 Table

# papers
paper-picture = picture
paper-table = table
paper-analysis = Monthly data analysis
paper-analysis_picture = Picture of the monthly data analysis
paper-being-made = ⏳ The { $what } is being made and will be sent to you.
paper-under-way = It is being made, please wait.
paper-failed = The { $what } could not be made; the administrator will see why. Please ask again in a while.
paper-no-font = The { $what } cannot be made: there is no Chinese font on the server. Please ask the administrator to run linli doctor. Tables are not affected.
paper-not-sent = The { $what } could not be sent, please ask for it again.

# headers of files of history, with / between; `ignore` are columns that are passed over
history-names-coordinator = coordinator/name/code
history-names-place = place/committee/area
history-names-month = month
history-names-week = week/week of
history-names-ignore = no./remarks/note/total
history-totals = total/subtotal/sum

# the book of a month
book-file = Workload-{ $month }
book-committees = Committees
book-coordinators = Coordinators
book-weeks = Weeks
book-corrections = Corrections
book-origin = How these figures come about
book-committee = Committee
book-coordinator = Coordinator
book-code = Code
book-month = Month
book-last-year = { $item } last year
book-first-day = First day of the week
book-last-day = Last day of the week
book-state = State
book-filed-at = Filed
book-confirmed-at = Confirmed
book-confirmed-by = Confirmed by
book-item = Item
book-old = Old
book-new = New
book-by = Corrected by
book-at = Corrected
book-why = Reason
book-outcome = Outcome
book-from-file = A file of past figures
book-outcome-counted = Counted
book-outcome-proposed = Waits for the officer, not counted
book-outcome-refused = The officer did not agree, not counted
book-outcome-objected = Counted, the coordinator objects
book-without-weeks = The table of a whole year has no sheet of weeks; the table of each month has one.
book-origin-lines = Workload of the coordinators in { $month }, made { $made } ({ $zone }).
    These are { $days } working days, the same time of the year before ({ $before }) had { $days_before }.
    The figures are what coordinators entered by day or by week, added up by day; one figure for a week is spread evenly over its working days.
    A week that is cut by the month's end is divided by days: the sheet of weeks has only the days of this month, so that the sheets add up to the same.
    An empty cell was not entered; it is not 0, and neither is leave.
    A week that is not filed yet is not counted, and the sheet of weeks has no figures of it; what is filed and not confirmed yet is counted, that sheet tells its state.
    A correction overwrites nothing: its sheet has the old figure, the new one, who, when and why. Those that the officer has not agreed to are not counted; where a coordinator objects to the officer's, the officer's figure counts and the objection is marked.
    Some figures of the year before come from imported files: a month's figure is spread evenly over its working days, a week's over that week.
    A coordinator who worked for two committees has a row at each.
    There are counts of work here, and no name, number or address of a resident.
