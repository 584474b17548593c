# below last year two months running
decline-person = Below last year two months running: { $name } ({ $place })
decline-place = Below last year two months running: { $place }
decline-group-visited = Dwellings visited (this year / last year)
decline-group-records = Records taken, changed, cancelled (this year / last year)
decline-month = · { $month }: { $figure } / { $wanted }, days at work: { $days }
decline-how = Last year's month is scaled to this year's days at work; leave is left out.
decline-ask = What is the reason? One tap; the town office sees it.
decline-open = Waits for the officer's reason.
decline-told = Reason: { $cause } ({ $officer })
decline-cause-campaign = A joint action last year
decline-cause-leave = Leave or secondment
decline-cause-area = The area was changed
decline-cause-weather = The weather
decline-cause-other = Something else
decline-again = Another reason
decline-noted = Noted. The town office sees it.
decline-words = Please give the reason in a sentence, without naming anybody.
