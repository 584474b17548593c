# 工作量 / workload
command-workload = 本周工作量
command-board = 本月工作情况
week-span = { $first }至{ $last }

# 项目 / items; the names that may be typed stand beside, with / between
workload-item-visited = 走访住户
workload-item-taken = 登记
workload-item-changed = 变更
workload-item-cancelled = 注销
workload-item-same_day = 当日录入
workload-item-certificate_checks = 核查证明
workload-item-self_checks = 自查
workload-item-reports = 报告
workload-item-hours = 工时
workload-short-visited = 走访
workload-short-taken = 登记
workload-short-changed = 变更
workload-short-cancelled = 注销
workload-short-same_day = 当日
workload-short-certificate_checks = 核查
workload-short-self_checks = 自查
workload-short-hours = 工时
workload-names-visited = 走访/入户/上门/走访户数
workload-names-taken = 登记/采集/新登/新增登记
workload-names-changed = 变更/变更登记
workload-names-cancelled = 注销/注销登记
workload-names-same_day = 当日录入/当天录入/录入
workload-names-certificate_checks = 核查证明/证明核查/核查
workload-names-self_checks = 自查/自查户数
workload-names-reports = 报告/上报情况
workload-names-hours = 工时/工作时间/小时

# 本周卡片 / the card of the week
workload-title = 工作量 { $span }
workload-due = 请在{ $day } { $hour } 前上报。
workload-overdue = 已过上报时间（{ $day } { $hour }），请尽快上报。
workload-no-due = 这一周没有工作日，不用上报。
workload-is-filed = 已上报，等民警确认。现在还可以改。
workload-is-asked = 民警退回询问：{ $question }
    改好或在备注里说明后，请再次上报。
workload-is-confirmed = 民警已确认。
workload-figure = { $item } { $figure }
workload-between = {"　"}
workload-beside = {" "}({ $figure })
workload-beside-told = 括号里是上周的数字。
workload-counted = （邻里已记 { $figure } 份，上报时自动填入）
workload-missing = —
workload-hint = 点按钮累计，或直接写一行：走访 32 登记 11 变更 4 注销 2
workload-reason-told = 说明：{ $words }
workload-note-told = 备注：{ $words }
workload-tap = { $item } +{ $amount }
workload-undo = 撤销 { $item } +{ $amount }
workload-more = 更多项目
workload-steps = 逐项填写
workload-file = 上报
workload-this-week = 本周 ›
workload-last-week = ‹ 上周还没上报
workload-correct = 更正
workload-tapped = { $item } { $figure }
workload-nothing-to-undo = 没有可以撤销的。
workload-empty = 还没有任何数字，先填再报。
workload-same = 和原来的数字一样，没有改动。
workload-not-taken = { $reason }这一行没有记入，其他数字都在。
workload-confirmed-already = 这一周民警已经确认，要改请点“更正”。
workload-sent-back = { $officer }退回了这一周，请看下面的询问。
workload-only-file = 数字都有了，点“上报”即可
workload-reminder-soon = ⏰ 明天该报本周工作量了，还缺：{ $missing }。
workload-reminder-today = ⏰ 今天 17:00 前上报本周工作量，还缺：{ $missing }。
workload-reminder-overdue = ⏰ 本周工作量还没有上报，还缺：{ $missing }。

# 核对 / doubts
doubts-title = 有几处想和您核对：
doubt-same_day = 当日录入 { $figure }，多于登记、变更、注销合计 { $beside }。
doubt-no_visit = 有登记、变更或注销 { $beside } 条，却没有走访。
doubt-many_a_day = 走访 { $figure } 户，平均每天超过 300 户（本周工作日合计 { $beside } 户以内）。
doubt-long_days = 工时 { $figure }，平均每天超过 14 小时（合计 { $beside } 小时以内）。
doubt-fell = { $item } { $figure }，只有上周 { $beside } 的三分之一或更少。
doubt-rose = { $item } { $figure }，是上周 { $beside } 的三倍或更多。
workload-keep = 数字没错，说明原因
workload-change = 返回修改
workload_reason-cause = 是什么原因？
workload_reason-cause-campaign = 集中行动
workload_reason-cause-backlog = 补录以前的
workload_reason-cause-leave = 休假或抽调
workload_reason-cause-fault = 系统或设备故障
workload_reason-cause-other = 其他
workload_reason-words = 请用一句话说明。

# 逐项填写 / step by step
workload-visited = 走访住户多少户？
workload-visited-label = 走访住户
workload-taken = 登记多少条？
workload-taken-label = 登记
workload-changed = 变更多少条？
workload-changed-label = 变更
workload-cancelled = 注销多少条？
workload-cancelled-label = 注销
workload-same_day = 其中当日录入多少条？
workload-same_day-label = 当日录入
workload-certificate_checks = 核查证明多少次？
workload-certificate_checks-label = 核查证明
workload-self_checks = 自查多少户？
workload-self_checks-label = 自查
workload-reports = 报告多少份？跳过则按邻里记录的填。
workload-reports-label = 报告
workload-hours = 工作多少小时？
workload-hours-label = 工时
workload-note = 有什么要备注的？
workload-note-label = 备注
workload-review = 请核对，点“✎”可以修改。没填的保持原样：
workload_correct-figures = 要改成多少？写一行，如：走访 30 登记 12
workload_correct-why = 为什么要改？请写一句。

# 数字 / amounts
amount-empty = 这是空的，请写一个数字。
amount-date = 这像是日期，请写数量。
amount-negative = 数量不能小于 0。
amount-about = 请写确切的数字，不写“约”“+”或范围。
amount-decimal = 请写整数，不写小数。
amount-huge = 这个数字太大了，最多 { $most }。
amount-none = 没有看懂这个数字，请写如 32 或 三十二。
line-unknown = 没有“{ $name }”这一项。
line-unknown-near = 没有“{ $name }”这一项，是不是：{ $near }？
line-twice = “{ $name }”写了两次，请只写一次。
line-no-figure = “{ $name }”后面没有数字。
line-no-item = 数字“{ $name }”前面没有项目。
line-empty = 这一行是空的。
line-amount = “{ $name }”：{ $reason }

# 民警确认 / the round
round-title = 工作量确认 { $span }
round-nobody = 您的辖区还没有协管员。
round-line = { $sign } { $name }　{ $figures }
round-open = { $sign } { $name }
sign-open = ○
sign-filed = ●
sign-doubted = ⚠
sign-asked = ↩
sign-confirmed = ✓
sign-open-words = 未上报
sign-filed-words = 已上报
sign-doubted-words = 待核对
sign-asked-words = 已退回
sign-confirmed-words = 已确认
round-plausible = 确认没有疑问的 { $count } 份
round-before = ‹ 上一周
round-after = 下一周 ›
round-all-title = 这 { $count } 份没有疑问：
round-all-why = 数字之间没有矛盾，每天的数量正常，和上周相差不到三倍。
round-all-yes = 确认这 { $count } 份
round-week = { $name } { $span }
round-is-open = 还没有上报。
round-is-filed = 等您确认。
round-is-asked = 已退回，等协管员答复。
round-is-confirmed = 已确认。
month-now = 本月到此：{ $figures }
month-before = 去年同月：{ $figures }
round-counted = 邻里记录的报告：{ $figure } 份
round-confirm = 确认
round-ask = 退回询问
round-amend = 更正
round-look = 查看
round-confirmed = 已确认 { $count } 份。
round-late = { $name }上报了 { $span } 的工作量，等您确认。
round-due = ⏰ 请确认协管员的工作量。
round-went-on = 这一周已有变化，不再等您确认。请放弃这一步，再看确认名单。
workload_ask-line = 想问什么？协管员会看到，答复后再报。
workload_amend-figures = 改成多少？写一行，如：走访 30 登记 12
workload_amend-why = 为什么改？协管员会看到。
correction-asked = { $name }要更正 { $span } 的工作量，原因：{ $why }
correction-line = { $item } { $old } → { $new }
correction-accept = 同意
correction-refuse = 不同意
correction-sent = 更正已送民警，同意后生效。
correction-nobody = 更正已保存，但现在联系不上民警，请告知镇人口办。
correction-accepted = 已同意更正。
correction-refused = 没有同意更正。
correction-accepted-by = { $officer }已同意{ $name }的更正。
correction-refused-by = { $officer }没有同意{ $name }的更正。
correction-accepted-told = { $officer }同意了您对 { $span } 的更正。
correction-refused-told = { $officer }没有同意您对 { $span } 的更正，数字保持原样。
amend-told = { $officer }更正了您 { $span } 的工作量并确认：
    { $changes }
    原因：{ $why }
amend-agree = 同意
amend-object = 不同意
amend-agreed = 好的。
amend-objected = 已记下您的不同意见。
amend-objected-told = 已记下您不同意这次更正，民警和镇人口办能看到两边的数字。
amend-objection = { $name }不同意对 { $span } 的更正：
    { $changes }

# 工作情况 / the board
board-title = 工作情况 { $month }
board-committee = { $place } { $month }
board-line-month = { $place }：已报 { $done }/{ $count } 周，已确认 { $confirmed }
board-line = { $place }：本周已报 { $done }/{ $count }
board-beside = （去年折算 { $figure }，{ $sign }）
board-above = ▲ 达到
board-below = ▼ 低于
board-weeks = 本周上报：
board-weeks-month = 周报：已报 { $done }/{ $count }，已确认 { $confirmed }
board-weeks-of = 各周：
board-week-open = 这一周还没有上报。
board-coordinator = { $name }（{ $place }）{ $month }
board-total = { $place }合计：{ $figures }
board-entered = 填报中，未计入：{ $figures }
board-months = 🗓 往月
board-months-of = { $year } 年，选一个月，图片和表格都可以再要一次：
board-year = 📊 { $year } 全年表格
board-nothing = 您没有负责的社区。

board-of-town = 各村居
board-subtitle = 工作情况 { $month }，截至{ $day }，{ $days } 个工作日
board-filed = 已上报
board-confirmed = 已确认
board-ledger = 台账准确率
board-legend-done = 完成、达到
board-legend-due = 待完成
board-legend-overdue = 逾期
board-legend-below = 低于目标或去年
board-legend-unknown = 没有数字
board-legend-beside = 去年同期
board-notes = 去年同期按在岗工作日折算：去年同月 { $days } 个工作日。
    还没有上报的一周不计入。
    这里只有工作数量。
board-file = 工作情况-{ $place }-{ $month }
board-picture = 🖼 图片
board-table = 📊 表格

# 材料 / papers
paper-picture = 图片
paper-table = 表格
paper-analysis = 月度数据分析
paper-analysis_picture = 月度数据分析的图片
paper-being-made = ⏳ 正在制作{ $what }，做好就发给您。
paper-under-way = 正在制作，请稍候。
paper-failed = { $what }没有做出来，管理员会看到原因。请过一会儿再要一次。
paper-no-font = { $what }做不出来：服务器上没有中文字体，请管理员运行 linli doctor。表格不受影响。
paper-not-sent = { $what }没有发出去，请再要一次。

# 往年数据的表头 / headers of files of history, with / between; `ignore` are columns that are passed over
history-names-coordinator = 协管员/协管员姓名/姓名/编号/协管员编号
history-names-place = 村居/村(居)/村(居)委/社区/单位/责任区
history-names-month = 月份/月/统计月份/年月
history-names-week = 周/周次/星期/统计周/起始日期
history-names-ignore = 序号/备注/合计/总计
history-totals = 合计/总计/小计/全镇合计

# 导出的工作簿 / the book of a month
book-file = 工作量-{ $month }
book-committees = 村居
book-coordinators = 协管员
book-weeks = 每周
book-corrections = 更正
book-origin = 数字来源
book-committee = 村居
book-coordinator = 协管员
book-code = 编号
book-month = 月份
book-last-year = 去年{ $item }
book-first-day = 周起始日
book-last-day = 周结束日
book-state = 状态
book-filed-at = 上报时间
book-confirmed-at = 确认时间
book-confirmed-by = 确认人
book-item = 项目
book-old = 原数
book-new = 更正后
book-by = 更正人
book-at = 更正时间
book-why = 原因
book-outcome = 结果
book-from-file = 导入的往年数据
book-outcome-counted = 已计入
book-outcome-proposed = 等民警答复，未计入
book-outcome-refused = 民警不同意，未计入
book-outcome-objected = 已计入，协管员有异议
book-without-weeks = 全镇一年的表不列“每周”表，请看各月的表。
book-origin-lines = { $month } 社区综合协管员工作量，制表时间 { $made }（{ $zone }）。
    这段时间 { $days } 个工作日；去年同期（{ $before }）{ $days_before } 个工作日。
    数字是协管员逐日或逐周填报的工作量，按天相加得出；一周报一个数的，平均分到这一周的工作日。
    跨月的一周按天分到两个月：“每周”表只列这段时间内各天的数字，所以各表相加一致。
    空格表示没有填报，不是 0；休假也不是 0。
    还没有上报的一周不计入，“每周”表里也没有它的数字；已上报、还没有确认的已计入，状态见“每周”表。
    更正不覆盖原数：“更正”表列出原数、更正后的数、更正人、时间和原因；民警还没有同意或不同意的更正不计入；协管员对民警的更正有异议的，按民警的数字计入并注明。
    去年同月的数字有的来自导入的文件：按月的数平均分到当月的工作日，按周的数平均分到当周的工作日。
    在两个村居工作过的协管员，每个村居各有一行。
    这里只有工作数量，没有居民的姓名、号码或住址。
