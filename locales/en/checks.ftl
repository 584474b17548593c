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
