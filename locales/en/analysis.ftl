# 月度数据分析 / the monthly analysis
analysis-title = Monthly data analysis
analysis-month = { $year }-{ $month }
analysis-so-far = { $month } (until { $day })
analysis-made = Figures as of { $at } ({ $zone })

# 指标 / rates
analysis-rates = Quality of the register
analysis-head-rate = Rate
analysis-head-now = This month
analysis-head-counts = Counts
analysis-head-target = Target
analysis-head-result = Result
analysis-head-before = Last month
analysis-quality-registration = Registration
analysis-quality-accuracy = Accuracy
analysis-quality-coverage = Coverage
analysis-quality-same_day = Same-day entry
analysis-percent = { $percent }%
analysis-share = { $percent }% ({ $part } of { $whole })
analysis-met = ▲ met
analysis-missed = ▼ missed
analysis-unknown = — not known
analysis-none = —
analysis-rate-met = { $quality } { $share } meets its target of { $target }%.
analysis-rate-missed = { $quality } { $share } is { $missing } points below its target of { $target }%.
analysis-missing-registration = Registration is not known: the records expected and present were not told.
analysis-missing-accuracy = Accuracy is not known: no ledger was sampled this month, and no spot check is confirmed.
analysis-missing-coverage = Coverage is not known: the dwellings in all and covered were not told.
analysis-missing-same_day = Same-day entry is not known: no records were taken, changed or cancelled, or it was not told how many were entered the same day.

# 各部分 / parts
analysis-part-register = 1. The register
analysis-part-workload = 2. Workload
analysis-part-same_day = 3. Same-day entry
analysis-part-reports = 4. Violations and tips
analysis-part-changes = 5. What changed
analysis-part-difficulties = 6. Difficulties
analysis-part-suggestions = 7. Suggestions
analysis-part-origin = 8. Where the figures come from

# 工作量 / workload
analysis-days = { $days } working days this month, { $before } in the same month last year; last year’s figures are compared by working days.
analysis-items = Workload beside the same month last year
analysis-head-item = Item
analysis-head-last-year = Last year
analysis-head-wanted = By working days
analysis-above = ▲ not below
analysis-below = ▼ below
analysis-items-above = Not below last year: { $items }.
analysis-items-below = Below last year: { $items }.
analysis-item-short = { $item } (by { $short })
analysis-items-unknown = There are no figures of last year to compare with.
analysis-no-figures = No workload has been filed for this month yet.

# 当日录入 / same-day entry
analysis-same_day-told = { $records } records taken, changed or cancelled; { $same_day } entered the same day, { $short } not.
analysis-same_day-none = No records taken, changed or cancelled this month.
analysis-same_day-untold = { $records } records taken, changed or cancelled; how many were entered the same day was not told.

# 违规和线索 / violations and tips
analysis-violations = Violations: { $filed } reported, { $closed } closed, { $open } open at the end.
analysis-tips = Tips: { $count } received; kinds and counts only.
analysis-tips-none = Tips: none received.
analysis-tips-table = Tips by kind
analysis-head-kind = Kind
analysis-head-count = Count

# 变化 / changes
analysis-better = Better: { $changes }.
analysis-worse = Worse: { $changes }.
analysis-same = As last month: { $changes }.
analysis-change-up = { $quality } up from { $before }% to { $now }%
analysis-change-down = { $quality } down from { $before }% to { $now }%
analysis-change-same = { $quality } ({ $now }%)
analysis-change-violations = open violations from { $before } to { $now }
analysis-change-violations-same = open violations ({ $now })
analysis-change-between = ;{" "}
analysis-change-unknown = Not comparable, as figures of one of the months are missing: { $qualities }.

# 困难和建议 / words
analysis-words-none = The committee says there are none.
analysis-words-untold = The committee had not written anything when this was made.
analysis-origin-lines =
    Registration: records present of those expected. Coverage: dwellings that the register covers of all dwellings. A cadre of the committee counts both once a month. Dwellings visited are acts of work: one visited twice counts twice, so they are no coverage.
    Accuracy: entries that were right of those the officer sampled this month, together with dwellings whose register was right of those seen in the month's spot check, once the officer confirmed it. Same-day entry: records entered the same day of those taken, changed and cancelled. Only workload that was filed counts.
    Rates are rounded down to one decimal and never exceed 100%; what was not told is no zero.
    Counts of work only: no name, number or address of a resident is in here.

# 图 / the picture
analysis-now = This month
analysis-before = Last month
analysis-violations-open = Open violations

# 卡片 / the card
analysis-card = 📊 Monthly data analysis, { $place }, { $month }
analysis-is-sent = Meeting: { $meeting } (working day { $nth } of each month).
    Goes to cadres and officers on { $day }, { $hour }.
analysis-was-sent = Meeting: { $meeting } (working day { $nth } of each month).
    It was sent to cadres and officers.
analysis-line = { $quality } { $figures }{ $sign }
analysis-sign-met = {" "}▲
analysis-sign-missed = {" "}▼
analysis-counts-told = Counts of the register: told
analysis-counts-wanted = Counts of the register: not told yet
analysis-words-told = Difficulties and suggestions: written
analysis-words-wanted = Difficulties and suggestions: not written yet
analysis-count = Register counts
analysis-write = Difficulties, suggestions
analysis-days-choose = Change the meeting’s day
analysis-make = Make { $month }
analysis-day-asked = On which working day of the month does { $place } meet?
    The analysis goes out two working days before; you are asked for counts one more working day before.
analysis-day = { $sign }Working day { $nth }
analysis-day-set = Changed.
analysis-asked = ⏰ Please tell: { $missing }. The analysis goes out on { $day }, { $hour }.
analysis-reminded = ⏰ The analysis goes out today at { $hour }. Still missing: { $missing }. It goes out in any case.
analysis-lacks-counts = counts of the register
analysis-lacks-words = difficulties and suggestions
analysis-caption = Monthly data analysis, { $place }, { $month }
analysis-file = monthly-analysis-{ $place }-{ $month }

# 登记簿数目 / the counts of a register
register_counts-dwellings = { $place }, { $month }: how many dwellings are there in all?
register_counts-dwellings-label = Dwellings in all
register_counts-covered = { $place }, { $month }: how many of these does the register cover?
register_counts-covered-label = Covered
register_counts-expected = { $place }, { $month }: how many records should the register have?
register_counts-expected-label = Records expected
register_counts-present = { $place }, { $month }: how many does it have?
register_counts-present-label = Records present
register_counts-review = Counts of the register, { $place }, { $month }. Please check each one (those told before are filled in); ✎ changes one:
register_counts-too-many-covered = There cannot be more covered than there are dwellings; please check.
register_counts-too-many-present = There cannot be more records present than expected; please check.

# 困难和建议 / words
analysis_words-difficulties = { $place }, { $month }: which difficulties were there in the work? Name nobody; skip if there were none.
analysis_words-difficulties-label = Difficulties
analysis_words-suggestions = { $place }, { $month }: what do you suggest? Skip if nothing.
analysis_words-suggestions-label = Suggestions
analysis_words-review = Difficulties and suggestions, { $place }, { $month }; they can be changed until they are sent:
analysis_words-sent-already = This month’s analysis was sent; its words can no longer be changed.
