# 当日录入 / what was not entered the same day
same_day-asked = ⏰ { $day }还有 { $short } 条没有当日录入。是什么原因？请在今天内点一下，民警确认工作量时会看到。
    如果其实已经录入，把“当日录入”的数字补上就行，不用说明。
same_day-cause-system = 系统故障
same_day-cause-network = 网络不通
same_day-cause-incomplete = 资料不全
same_day-cause-hour = 时间太晚
same_day-cause-other = 其他原因
same_day-words = 请用一句话说明原因，不写具体的人。
same_day-sent = 已记下，民警会看到。
same_day-told = 已记下，谢谢。{ $line }
same_day-mended = { $day }的数字已补齐，不用再说明了。
same_day-mended-short = 数字已补齐，不用说明了。
same_day-open = 还没有说明
same_day-line = { $day }　{ $short } 条未当日录入：{ $cause }
same_day-late = （过了当天才说明）

# 五件 / the five items carried on duty
kit-today = 今日五件
kit-spot = 抽查五件：{ $name }
kit-title-own = 今日五件自查 { $day }
kit-title-spot = 五件抽查 { $name } { $day }
kit-none = 今天还没有查。带了哪几件，请点一下：
kit-there = 带了 { $count }/{ $all } 件。
kit-spot-today = 村(居)委今天抽查：{ $count }/{ $all } 件。
kit-item-badge = 工作证
kit-item-register = 登记簿
kit-item-forms = 表格
kit-item-contact_cards = 联系卡
kit-item-camera = 相机
kit-all = 五件都带了
kit-complete = 五件齐全，辛苦了。
kit-own-counts = 五件自查：本月 { $checked }/{ $days } 天次，齐全 { $complete }
kit-spot-counts = 五件抽查：本月 { $checked } 次，齐全 { $complete }

# 滚动自查 / the plan of self-checks
form-problem-few = 这个数字太小了，请再看看。
self_check-set = 自查计划
self_check-dwellings = 这一轮打算自查多少户？请写数字。
self_check-day = 打算哪天前查完？
self_check-day-offered = { $day }（两周一轮）
self_check-sent = 计划已记下。您在工作量里报的“自查”会自动计入。
self_check-line = 自查计划 { $done }/{ $dwellings } 户，{ $day }前
self_check-line-reached = 自查计划 { $done }/{ $dwellings } 户 ✓ 已完成
self_check-line-ended = 自查计划 { $done }/{ $dwellings } 户，{ $day }到期，可以定下一轮了
self_check-soon = ⏰ 自查计划还差 { $left } 户：{ $done }/{ $dwellings }，{ $day }前查完。
self_check-today = ⏰ 自查计划今天到期，还差 { $left } 户：{ $done }/{ $dwellings }。
self_check-ended-short = 这一轮自查到期了：{ $done }/{ $dwellings } 户。下一轮打算查多少？
self_check-ended-reached = 这一轮自查完成了：{ $done }/{ $dwellings } 户，辛苦了。下一轮打算查多少？
self_check-next = 定下一轮
self_check-enter = 去填自查

# 台账 / the ledger
ledger-check = 核查台账
ledger-book = 有台账吗？
ledger-book-yes = 有
ledger-book-no = 没有
ledger-in_order = 登记和注销清楚吗？
ledger-in_order-yes = 清楚
ledger-in_order-no = 不清楚
ledger-sample = 抽查了多少条？没有抽查请跳过。
ledger-correct = 其中多少条准确？
ledger-too-many = 准确的不会多于抽查的，请核对一下。
ledger-sent = 台账核查已记下，协管员也会看到。
ledger-between = ，
ledger-found-book = 有台账
ledger-found-no-book = 没有台账
ledger-found-order = 登记注销清楚
ledger-found-no-order = 登记注销不清楚
ledger-no-sample = 没有抽查
ledger-accuracy = 准确率 { $percent }%（{ $correct }/{ $sample }）
ledger-target = {" "}{ $sign } { $percent }%
ledger-never = 台账还没有核查过。
ledger-last = 台账 { $day }：{ $found }
ledger-told = { $officer }核查了您的台账：{ $found }
ledger-month = 台账核查：本月 { $checked }/{ $count } 人，{ $accuracy }

# 数据室 / the data room
data_room-title = 数据室 { $place }
data_room-head = 数据室负责人：{ $people }
data_room-entry = 数据录入：{ $people }
data_room-nobody = 未定
data_room-missing = 还没有定下{ $tasks }，请在下面点选（再点一次取消）。
data_room-task-head = 负责人
data_room-task-entry = 录入人员
data_room-tick-head = { $sign } 负责人 { $name }
data_room-tick-entry = { $sign } 录入 { $name }
data_room-choose = 数据室人员
