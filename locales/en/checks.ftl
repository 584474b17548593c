# 当日录入 / what was not entered the same day
same_day-asked = ⏰ { $day }: { $short } records were not entered the same day. What was the cause? Please tap one today; the officer sees it beside your week.
    If they were entered after all, just add them to “entered the same day”; nothing else is needed.
same_day-cause-system = System out of order
same_day-cause-network = No network
same_day-cause-incomplete = Details missing on site
same_day-cause-hour = Too late in the day
same_day-cause-other = Another cause
same_day-words = Please tell the cause in one sentence, without naming anybody.
same_day-sent = Noted; the officer will see it.
same_day-told = Noted, thank you. { $line }
same_day-mended = { $day }: the figures are complete now, nothing to explain.
same_day-mended-short = The figures are complete now, nothing to explain.
same_day-open = not explained yet
same_day-line = { $day }　{ $short } not entered the same day: { $cause }
same_day-late = {" "}(explained after that day)

# 五件 / the five items carried on duty
kit-today = Five items
kit-spot = Spot check: { $name }
kit-title-own = Today’s check of the five items, { $day }
kit-title-spot = Spot check of the five items: { $name }, { $day }
kit-none = Not checked today. Please tap what is carried:
kit-there = { $count } of { $all } carried.
kit-spot-today = Spot check by the committee today: { $count } of { $all }.
kit-item-badge = Badge
kit-item-register = Register
kit-item-forms = Forms
kit-item-contact_cards = Contact cards
kit-item-camera = Camera
kit-all = All five
kit-complete = All five are there, thank you.
kit-own-counts = Five items, own checks: { $checked } of { $days } days this month, complete { $complete }
kit-spot-counts = Five items, spot checks: { $checked } this month, complete { $complete }

# 滚动自查 / the plan of self-checks
form-problem-few = That number is too small; please check it.
self_check-set = Self-check plan
self_check-dwellings = How many dwellings do you want to check again this round? Please write a number.
self_check-day = By which day?
self_check-day-offered = { $day } (two weeks a round)
self_check-sent = The plan is noted. The self-checks in your workload count towards it.
self_check-line = Self-check plan { $done } of { $dwellings }, by { $day }
self_check-line-reached = Self-check plan { $done } of { $dwellings } ✓ reached
self_check-line-ended = Self-check plan { $done } of { $dwellings }, ended { $day }; time for the next one
self_check-soon = ⏰ Self-check plan: { $left } dwellings to go ({ $done } of { $dwellings }), by { $day }.
self_check-today = ⏰ The self-check plan ends today: { $left } dwellings to go ({ $done } of { $dwellings }).
self_check-ended-short = This round of self-checks has ended: { $done } of { $dwellings }. How many next?
self_check-ended-reached = This round of self-checks is done: { $done } of { $dwellings }, thank you. How many next?
self_check-next = Set the next round
self_check-enter = Enter self-checks

# 台账 / the ledger
ledger-check = Check the ledger
ledger-book = Is the ledger there?
ledger-book-yes = Yes
ledger-book-no = No
ledger-in_order = Are entries and cancellations in order?
ledger-in_order-yes = Yes
ledger-in_order-no = No
ledger-sample = How many entries did you sample? Skip if none.
ledger-correct = How many of these were right?
ledger-too-many = There cannot be more right than were sampled; please check.
ledger-sent = The check is noted; the coordinator sees it too.
ledger-between = ,{" "}
ledger-found-book = ledger there
ledger-found-no-book = no ledger
ledger-found-order = entries and cancellations in order
ledger-found-no-order = entries and cancellations not in order
ledger-no-sample = no sample
ledger-accuracy = accuracy { $percent }% ({ $correct } of { $sample })
ledger-target = {" "}{ $sign } { $percent }%
ledger-never = The ledger has not been checked yet.
ledger-last = Ledger { $day }: { $found }
ledger-told = { $officer } checked your ledger: { $found }
ledger-month = Ledgers: { $checked } of { $count } checked this month, { $accuracy }

# 数据室 / the data room
data_room-title = Data room of { $place }
data_room-head = Head of the data room: { $people }
data_room-entry = Enters data: { $people }
data_room-nobody = nobody yet
data_room-missing = Still to be chosen: { $tasks }. Please tap below (tap again to undo).
data_room-task-head = the head
data_room-task-entry = who enters data
data_room-tick-head = { $sign } Head { $name }
data_room-tick-entry = { $sign } Entry { $name }
data_room-choose = Data room staff
