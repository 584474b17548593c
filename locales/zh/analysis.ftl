# 月度数据分析 / the monthly analysis
analysis-title = 月度数据分析
analysis-month = { $year } 年 { $month } 月
analysis-so-far = { $month }（截至{ $day }）
analysis-made = 数据截至 { $at }（{ $zone }）

# 指标 / rates
analysis-rates = 登记质量指标
analysis-head-rate = 指标
analysis-head-now = 本月
analysis-head-counts = 数目
analysis-head-target = 目标
analysis-head-result = 结果
analysis-head-before = 上月
analysis-quality-registration = 登记率
analysis-quality-accuracy = 准确率
analysis-quality-coverage = 覆盖率
analysis-quality-same_day = 当日录入率
analysis-percent = { $percent }%
analysis-share = { $percent }%（{ $part }/{ $whole }）
analysis-met = ▲ 达标
analysis-missed = ▼ 未达标
analysis-unknown = — 无数据
analysis-none = —
analysis-rate-met = { $quality } { $share }，达到 { $target }% 的目标。
analysis-rate-missed = { $quality } { $share }，离 { $target }% 的目标差 { $missing } 个百分点。
analysis-missing-registration = 登记率无法计算：没有报应登记和已登记的条数。
analysis-missing-accuracy = 准确率无法计算：本月没有抽查台账，也没有已确认的入户抽查。
analysis-missing-coverage = 覆盖率无法计算：没有报住户总数和已覆盖的户数。
analysis-missing-same_day = 当日录入率无法计算：没有登记、变更、注销，或没有报当日录入的条数。

# 各部分 / parts
analysis-part-register = 一、登记质量
analysis-part-workload = 二、工作量
analysis-part-same_day = 三、当日录入
analysis-part-reports = 四、违规和线索
analysis-part-changes = 五、变化
analysis-part-difficulties = 六、困难
analysis-part-suggestions = 七、建议
analysis-part-origin = 八、数字来源

# 工作量 / workload
analysis-days = 本月 { $days } 个工作日，去年同月 { $before } 个；去年的数字按工作日折算后再比。
analysis-items = 工作量与去年同月
analysis-head-item = 项目
analysis-head-last-year = 去年同月
analysis-head-wanted = 折算
analysis-above = ▲ 不低于
analysis-below = ▼ 低于
analysis-items-above = 不低于去年同月：{ $items }。
analysis-items-below = 低于去年同月：{ $items }。
analysis-item-short = { $item }（差 { $short }）
analysis-items-unknown = 没有去年同月的数字，无法比较。
analysis-no-figures = 本月还没有已上报的工作量。

# 当日录入 / same-day entry
analysis-same_day-told = 登记、变更、注销共 { $records } 条，当日录入 { $same_day } 条，未当日录入 { $short } 条。
analysis-same_day-none = 本月没有报登记、变更或注销。
analysis-same_day-untold = 登记、变更、注销共 { $records } 条；没有报当日录入的条数。

# 违规和线索 / violations and tips
analysis-violations = 违规：新报 { $filed } 起，办结 { $closed } 起，期末未办结 { $open } 起。
analysis-tips = 线索：收到 { $count } 条，只列类别和条数。
analysis-tips-none = 线索：没有收到。
analysis-tips-table = 线索类别
analysis-head-kind = 类别
analysis-head-count = 条数

# 变化 / changes
analysis-better = 好转：{ $changes }。
analysis-worse = 下滑：{ $changes }。
analysis-same = 和上月持平：{ $changes }。
analysis-change-up = { $quality }由 { $before }% 升到 { $now }%
analysis-change-down = { $quality }由 { $before }% 降到 { $now }%
analysis-change-same = { $quality }（{ $now }%）
analysis-change-violations = 未办结违规由 { $before } 起变为 { $now } 起
analysis-change-violations-same = 未办结违规（{ $now } 起）
analysis-change-between = ；
analysis-change-unknown = 上月或本月缺少数字、无法比较：{ $qualities }。

# 困难和建议 / words
analysis-words-none = 村(居)委表示没有。
analysis-words-untold = 到生成时，村(居)委还没有填写。
analysis-origin-lines =
    登记率＝登记簿实有条数÷应有条数；覆盖率＝登记簿已覆盖的住户÷住户总数，都由村(居)委干部每月清点后报数。走访户数是工作次数，同一户可能走访多次，不用来计算覆盖率。
    准确率＝（民警当月抽查台账时准确的条数＋当月入户抽查登记正确的户数）÷（抽查的条数＋见到的户数），入户抽查只计民警已确认的。当日录入率＝当日录入的条数÷登记、变更、注销的条数。工作量只计已上报的。
    比率向下取到一位小数，不超过 100%；没有报的不当作 0。
    只有工作的数目，没有任何居民的姓名、号码、住址。

# 图 / the picture
analysis-now = 本月
analysis-before = 上月
analysis-violations-open = 未办结违规

# 卡片 / the card
analysis-card = 📊 月度数据分析 { $place } { $month }
analysis-is-sent = 例会：{ $meeting }（每月第 { $nth } 个工作日）。
    { $day } { $hour } 发给村(居)委和民警。
analysis-was-sent = 例会：{ $meeting }（每月第 { $nth } 个工作日）。
    已发给村(居)委和民警。
analysis-line = { $quality } { $figures }{ $sign }
analysis-sign-met = {" "}▲
analysis-sign-missed = {" "}▼
analysis-counts-told = 登记簿数目：已报
analysis-counts-wanted = 登记簿数目：未报
analysis-words-told = 困难和建议：已写
analysis-words-wanted = 困难和建议：未写
analysis-count = 报登记簿数目
analysis-write = 写困难和建议
analysis-days-choose = 改例会日期
analysis-make = 生成 { $month }
analysis-day-asked = { $place }的每月例会在第几个工作日？
    分析在例会前两个工作日发出，再提前一个工作日请您报数。
analysis-day = { $sign }第 { $nth } 个工作日
analysis-day-set = 已改好。
analysis-asked = ⏰ 请报{ $missing }。分析将在{ $day } { $hour } 发出。
analysis-reminded = ⏰ 分析今天 { $hour } 发出，还缺：{ $missing }。没有也会按时发。
analysis-lacks-counts = 登记簿数目
analysis-lacks-words = 困难和建议
analysis-caption = 月度数据分析 { $place } { $month }
analysis-file = 月度数据分析-{ $place }-{ $month }

# 登记簿数目 / the counts of a register
register_counts-dwellings = { $place } { $month }：现在一共有多少户住所？
register_counts-dwellings-label = 住户总数
register_counts-covered = { $place } { $month }：其中登记簿已经覆盖多少户？
register_counts-covered-label = 已覆盖
register_counts-expected = { $place } { $month }：登记簿上应有多少条登记？
register_counts-expected-label = 应登记
register_counts-present = { $place } { $month }：实际有多少条登记？
register_counts-present-label = 已登记
register_counts-review = { $place } { $month } 的登记簿数目。请逐项核对，点“✎”修改（以前报过的已先填上）：
register_counts-too-many-covered = 已覆盖的不会多于住户总数，请核对一下。
register_counts-too-many-present = 已登记的不会多于应登记的，请核对一下。

# 困难和建议 / words
analysis_words-difficulties = { $place } { $month }：这个月工作上有什么困难？不写具体的人；没有请跳过。
analysis_words-difficulties-label = 困难
analysis_words-suggestions = { $place } { $month }：有什么建议？没有请跳过。
analysis_words-suggestions-label = 建议
analysis_words-review = { $place } { $month } 的困难和建议，发出前都可以改：
analysis_words-sent-already = 这个月的分析已经发出，文字不能再改。
