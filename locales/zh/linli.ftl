# 写法
list-separator = 、
list-labelled = { $label }：{ $value }

# 语言 / people
role-coordinator = 社区综合协管员
role-cadre = 村(居)委干部
role-officer = 社区民警
role-deputy = 代理民警
role-town_office = 镇人口办
former-colleague = 前同事
language-zh = 中文
language-en = English
language-which = 请选择语言
language-set = 已改用中文。

# 开始
start-stranger = 您好，这里是邻里。要提供线索（可以匿名），请发送 /tip；需要居住证明，请发送 /visits；有查询码的，直接发送查询码。工作人员请打开邀请链接，或发送 /start 加邀请码。紧急情况请直接拨打 110、119 或 120。
start-known = 您好，{ $names }。发送 /help 可以看到您能做的事。
start-wrong = 这个邀请码不对，请核对后再试，或向镇人口办重新索取。
start-used = 这个邀请码已经用过了。如不是您本人使用，请告知镇人口办。
start-expired = 这个邀请码已过期，请向镇人口办索取新的邀请码。
start-too-often = 试的次数太多了，请半小时后再试。
start-bound = { $name }，您好。您已登记为{ $role }。发送 /help 可以看到您能做的事。
invite-expired = { $name }（{ $role }）的邀请码已过期，还没有登记，暂时不能使用邻里。请重新邀请。

calendar-ends = 工作日历只到 { $day }，之后的放假调休还不知道，暂按法定节假日和周末计算。国务院办公厅公布安排后，请管理员导入：
    linli calendar import 文件

# 命令
command-start = 登记或重新开始
command-report = 报告可疑情况或违规，查看我的报告
command-alerts = 我负责的警情
command-duty = 现在由谁负责
command-me = 我的信息
command-language = 语言 Language
command-help = 我能做什么
command-tip = 提供线索
command-cancel = 放弃正在填写的表
command-unknown = 没有这个命令。发送 /help 可以看到您能做的事。
cancel-nothing = 现在没有正在填写的表。
help-title = 您可以：
me-title = 您在邻里的登记：
me-line = { $name } · { $role } · { $places }
me-standing = 未填完的表 { $drafts } 份，未办结的报告 { $reports } 份。
me-kept = 除此以外，保存您提交的报告、查阅报告的记录、账号编号和所选语言。
me-stranger = 您还没有登记，这里没有保存您的任何信息。
duty-title = 现在由谁负责：
duty-unreachable = （暂时联系不上）
duty-on_leave = （请假）
not-understood = 没有明白您的意思。发送 /report 可以报告，发送 /help 可以看到您能做的事。
edited-not-read = 改过的消息不会被读取。要改答案，请用卡片上的按钮。
not-yours = 这件事不在您的职责或辖区内。
no-place = 您还没有分到责任区，请联系镇人口办。
card-closed = 这张卡片已经关闭。
card-old = 这是旧卡片，请看最新的那张。
keep = 保留不动
group-private = 群里只提示，请私聊办理：{ $link }
office-missed = 警情 { $number }：联系不上{ $names }，已转下一位。请设法让其恢复联系。
group-none = 现在没有待接手的警情。
group-alert = 🔔 { $number } · { $standing }
group-open = 私聊查看
update-parked = 刚才这条消息没有处理成，已经留存并告知管理人员。请再试一次，或换一种方式。
possible-repeat = 〔可能重复 · possible repeat〕

# 表
form-step = 第 { $number }/{ $total } 步
form-back = ‹ 上一步
form-skip = 跳过
form-cancel = 放弃
form-done = 选好了
form-submit = 提交
form-none = 无
form-now = 现在的答案：{ $value }
form-photos = 照片 { $count } 张
form-location = 共享的位置
form-cancelled = 已放弃，没有保存任何内容。
form-draft-again = 您还有一份没填完，接着填吧。
form-problem-short = 写得太短了，请至少写 10 个字。
form-problem-long = 写得太长了，请写短一些。
form-problem-empty = 这是空的，请再写一次。
form-problem-other = 这个答案不合适，请再试一次。
form-problem-buttons = 这一步请用按钮选择。
form-problem-button = 这个按钮现在不能用。
form-problem-text-wanted = 这一步请用文字回答。
form-problem-photo-wanted = 这一步请发照片，或者跳过。
form-problem-photos = 最多 { $most } 张照片，前面的已经保留。
form-problem-missing = 还有问题没有回答。
screening-stop = 这段话提到的是某人是什么人（“{ $words }”），不是做了什么，所以没有收下。请写下看到的行为：谁在哪里做了什么动作。前面的答案都在。
moment-unreadable = 没有看懂这个时间。可以写“昨晚九点半”“21:30”或“11-20 8点”。
moment-future = 这个时间还没有到，请写事情发生的时间。
moment-too_long_ago = 这个时间太久以前了，请写最近 30 天内的时间。
moment-impossible = 没有这个时间，请核对一下。
draft-forgotten = 您有一份表还没填完。发消息或点卡片就能接着填，{ $hours } 小时后自动清除。
draft-expired = 这份表放得太久，已清除。发送 /report 可以重新填写。

# 报告
report-which = 要报告什么？
    正在发生或有人有危险，请先拨打 { $emergency }。
report-suspicious = 可疑情况
report-mine = 我的报告
reports-mine = 您最近的报告：
reports-none = 您还没有报告。
state-open = 办理中
state-closed = 已办结
state-withdrawn = 已撤回
when-now = 现在
when-hour = 一小时内
when-earlier = 今天早些时候

suspicious-ongoing = 事情还在发生，或者有人有危险吗？
suspicious-ongoing-label = 还在发生
suspicious-ongoing-yes = 是
suspicious-ongoing-no = 否
suspicious-go_on = 请先拨打 { $emergency }。
    打过电话、自己也安全以后，还要继续填写吗？
suspicious-go_on-yes = 继续填写
suspicious-behaviours = 看到了什么行为？可以选多项。
suspicious-behaviours-label = 行为
suspicious-behaviours-trying_doors = 试拉门窗或车门
suspicious-behaviours-breaking_in = 闯入或毁坏
suspicious-behaviours-following = 尾随或骚扰他人
suspicious-behaviours-asking_alarms = 打听防盗、作息或钥匙
suspicious-behaviours-no_order = 送货或维修却说不出订单
suspicious-behaviours-covert_exchange = 隐蔽交接物品
suspicious-behaviours-dangerous_goods = 危险物品
suspicious-behaviours-fire_hazard = 故意造成火灾或电气隐患
suspicious-behaviours-fraud = 上门或电话行骗
suspicious-behaviours-other = 其他行为
suspicious-where = 在哪里？可以点按钮、写地点，或发送现场的位置。
suspicious-where-label = 地点
place-gone = 这个地点已经停用或不归您负责了，请另选一个。其他答案都在。
suspicious-when = 什么时候？可以点按钮，或写“昨晚九点半”“21:30”“11-20 8点”。
suspicious-when-label = 时间
suspicious-same = 这里一天内已有这样的报告。是同一件事吗？
    是的话，就少问几步，您随那一份一起得到答复。
suspicious-same-label = 同一件事
suspicious-deed = 请用自己的话写下做了什么（10–1000 字）。
    写行为，不写是什么人；身份证号、护照号和电话号码会自动隐去。
suspicious-deed-label = 经过
suspicious-scene = 现在到现场怎么认出来？如车辆、衣着、去向。办结时清除。
suspicious-scene-label = 现场特征
suspicious-photos = 有照片吗？最多 4 张。
suspicious-photos-label = 照片
suspicious-may_ask = 民警可以再向您询问吗？
suspicious-may_ask-label = 可以询问
suspicious-may_ask-yes = 可以
suspicious-may_ask-no = 不用
suspicious-review = 请核对，点“✎”可以修改：

reporter-card = { $what } { $number }
    { $where } · { $about }

    { $standing }
reporter-add = 补充
reporter-withdraw = 撤回
reporter-answer = 回答
withdraw-sure = 要撤回报告 { $number } 吗？撤回后不再办理。
withdraw-yes = 撤回
standing-sent = 正在送往{ $name }
standing-arrived = 已送达{ $name }，尚未查看
standing-unreachable = 联系不上{ $name }
standing-on_leave = { $name }请假，没有惊动
standing-nobody = 现在联系不上任何负责人。情况紧急请直接拨打 { $emergency }。
standing-acknowledged = { $name }已查看并接手
standing-on_the_way = { $name }正在前往
standing-closed = 已办结：{ $outcome }
standing-withdrawn = 已撤回
told-acknowledged = { $what } { $number }：{ $name }已接手。
told-on_the_way = { $what } { $number }：{ $name }正在前往。
told-waiting = { $what } { $number }：{ $name }不再负责，正在另找人接手。
told-closed = { $what } { $number } 已办结：{ $outcome }。谢谢您。
told-question = { $what } { $number }：{ $name }想问您：
    { $line }
addition-line = 要补充什么？请写一条。
addition-line-label = 补充
addition-sent = 补充已记下。
answer-line = 请写下您的回答。
answer-line-label = 回答
answer-sent = 回答已转给民警。

# 警情
alert-title-suspicious = 🔔 可疑情况 { $number }
alert-title-tip = 🔔 线索 { $number }
alert-title-violation = 🔔 违规 { $number }
alert-unverified = 未经核实
alert-ongoing = ⚠ 事情可能还在发生
alert-nobody = ⚠ 还没有人接手
alert-skipped-unreachable = 联系不上：{ $names }
alert-skipped-on_leave = 请假，没有惊动：{ $names }
alert-where = 地点：{ $where }
alert-when = 时间：{ $when }（{ $minutes } 分钟前）
alert-when-hours = 时间：{ $when }（{ $hours } 小时前）
alert-scene = 现场特征：{ $scene }
alert-reporter-staff = 报告人：{ $name }
alert-reporter-resident = 居民署名：{ $name }
alert-reporter-anonymous = 匿名提供
alert-acknowledge = 接手
alert-way = 正在前往
alert-close = 办结
alert-ask = 询问报告人
alert-hand = 移交
alert-accept = 接受移交
alert-offered = { $name }想移交给您
alert-yours = 由您办理。
alert-taken = { $name }已接手。
alert-closed = { $number } · { $outcome }
alert-addition = { $number } 报告人补充：{ $line }
alert-answer = { $number } 报告人回答：{ $line }
exchange-addition = ＋ { $line }
exchange-question = 问：{ $line }
exchange-answer = 答：{ $line }
hand-whom = 移交给谁？对方接受后才算移交。
hand-nobody = 现在没有可以移交的人。
hand-offered = 已请{ $name }接受，接受前仍由您办理。
ask-impossible = 报告人不接受询问，或已联系不上。
alert_close-outcome = 结果是什么？
alert_close-outcome-label = 结果
alert_close-outcome-dealt_with = 已处理
alert_close-outcome-passed_on = 已移送
alert_close-outcome-nothing_found = 未发现异常
alert_close-outcome-unfounded = 不属实
alert_close-line = 需要写一句说明吗？
alert_close-line-label = 说明
alert_close-sent = 已办结。
alert_ask-line = 想问报告人什么？
alert_ask-line-label = 问题
alert_ask-sent = 问题已转给报告人。
outcome-dealt_with = 已处理
outcome-passed_on = 已移送
outcome-nothing_found = 未发现异常
outcome-unfounded = 未能证实
alert-state-waiting = 待接手
alert-state-acknowledged = 已接手
alert-state-on_the_way = 前往中
alert-state-closed = 已办结
alerts-title-open = 未办结，新的在前：
alerts-title-waiting = 还没有人接手，新的在前：
alerts-title-mine = 由您办理，新的在前：
alerts-title-closed = 已办结，新的在前：
alerts-none = 这里没有警情。
alerts-newest = ‹ 最新的
alerts-older = 更早的 ›
alerts-open = 未办结
alerts-waiting = 待接手
alerts-mine = 我办理的
alerts-closed = 已办结

# 各类报告
kind-suspicious = 报告
kind-tip = 线索
kind-violation = 违规报告
alert-about-staff = 涉及本社区工作人员，只转镇人口办
alert-known-saw = 本人看到
alert-known-heard = 本人听到
alert-known-told = 听别人说
alert-move = 转其他社区
move-where = 这件事属于哪个社区？转过去后由那里的民警接手。
move-done = 已转{ $place }。
told-moved = { $what } { $number }：{ $name }已转给{ $place }办理。
told-news = 线索 { $number } 有新消息。发送查询码就能看到。

# 违规
report-violation = 违规情况（地点）
violation-kind = 是哪一类违规？
violation-kind-label = 类别
violation-kind-illegal_subletting = 违规群租、转租
violation-kind-blocked_fire_exit = 占堵消防通道
violation-kind-ebike_charging = 电动车室内充电
violation-kind-unlicensed_premises = 无证经营场所
violation-kind-dangerous_structure = 危险建筑或搭建
violation-kind-noise = 噪声扰民
violation-kind-waste = 乱倒垃圾
violation-kind-other = 其他
violation-kind-gone = 这个类别已经停用，请另选一个。其他答案都在。
violation-where = 在哪里？可以点按钮、写地点，或发送现场的位置。
violation-where-label = 地点
violation-same = 这里一天内已有这样的报告。是同一件事吗？
    是的话，就少问几步，复查按那一份的日子，您随那一份一起得到答复。
violation-same-label = 同一件事
violation-deed = 那里是什么情况？（10–1000 字）
    只写地点和情况，不写住户是谁；身份证号、护照号和电话号码会自动隐去。
violation-deed-label = 情况
violation-attachments = 有照片或文件吗？最多 4 个，每个 20 MB 以内。
    拍摄地点、设备等信息会先清除，清除不了的不会转出。
violation-attachments-label = 附件
violation-day = 哪天和民警一起去复查？可以点按钮，或写“12-1”“下周五”“三天后”。
    对方确认后才算定下。
violation-day-label = 共同复查
violation-review = 请核对，点“✎”可以修改：
violation_close-outcome = 结果是什么？
violation_close-outcome-label = 结果
violation_close-outcome-mended = 已整改
violation_close-outcome-passed_on = 已移送主管部门
violation_close-outcome-nothing_found = 未发现问题
violation_close-outcome-unfounded = 不属实
violation_close-line = 需要写一句说明吗？
violation_close-line-label = 说明
violation_close-sent = 已办结。
outcome-mended = 已整改

# 日子
day-offered = { $day }（{ $days } 个工作日后）
day-off = { $day }（{ $wanted }休息，顺延）
day-unreadable = 没有看懂是哪天。可以写“12-1”“下周五”“三天后”。
day-past = 这天已经过了或就是今天，请写明天起 { $days } 天以内的日子。
day-too_far = 这天太远了，请写明天起 { $days } 天以内的日子。
day-impossible = 没有这一天，请核对一下。
day-came = 选的日子已经到了，请另选一天。其他答案都在。

# 共同复查
followup-line = 共同复查：{ $day } · { $state }
followup-limited = { $day }复查过，已责令限期整改
followup-proposed = { $name }提议，等{ $other }确认
followup-waiting = { $name }提议，等有人接手后确认
followup-agreed = 双方已确认
followup-alone = 报告人已离岗，由民警复查
followup-visited = 已复查，等民警写结果
followup-confirm = 确认复查日
followup-move = 改期
followup-mended = 已整改
followup-limit = 限期整改
followup-passed_on = 移送主管部门
followup-open = 打开
followup-visit = 已复查
followup-went-on = 这次复查已有新进展，不能再这样改，请看最新的卡片。
followup-told-agreed = { $number }：{ $name }确认了 { $day } 共同复查。
followup-told-move = { $number }：{ $name }提议改到 { $day } 复查，请确认。
followup-told-limit = { $number }：{ $name }已责令限期整改，{ $day } 再去复查，请确认。
followup-told-visited = { $number }：{ $name }记下了 { $day } 已复查。
followup-before = ◷ { $number } 的共同复查快到了。
followup-today = ◷ { $number }：今天共同复查。
followup-overdue = ⚠ { $number } 的共同复查已过期 { $days } 个工作日。
followup-office = ⚠ 过期未复查的违规报告 { $count } 件：
followup-office-line = { $number } · { $place } · { $day }（过期 { $days } 个工作日）
followup_move-day = 改到哪天？可以点按钮，或写“12-1”“下周五”“三天后”。
followup_move-day-label = 复查日
followup_move-sent = 已请对方确认新的复查日。
followup_limit-day = 限期到哪天？那天再一起复查。可以点按钮，或写“12-1”“下周五”“三天后”。
followup_limit-day-label = 期限
followup_limit-sent = 已记下期限，并请对方确认复查日。

# 同一件事
same-line = { $number } · { $what } · { $where } · { $when }
same-none = 都不是
same-yes = 是同一件事
same-no = 不是，或不清楚
same-gone = 您选的那一份刚刚办结或撤回了，请再选一次。其他答案都在。
alert-same = 同一件事的报告 +{ $count } 份
alert-same-deed = ＋ { $number }：{ $line }
alert-same-as = 与…同一件事
alert-apart = 拆开
alert-joined = { $number } 已并入 { $first }。
same-which = 与哪一份是同一件事？选中的并入这一份，报告人一起得到答复。
same-nothing = 本社区一天内没有别的可以并入的同类警情。
same-joined = 已并入。
apart-which = 拆开哪一份？拆开后另行通知负责的人。
apart-done = { $number } 已拆开，另行通知。
told-apart = { $what } { $number }：已单独办理，正在通知负责的人。

# 附件
form-attachments = 附件 { $count } 个
form-attached = 附件已收下，正在检查。这一步还请用文字或按钮回答。
form-problem-attachments = 最多 { $most } 个附件，前面的已经保留。
attachments-pending = 附件还在检查，请过几秒再提交。其他答案都在。
attachment-refused-empty = 这个附件是空的，没有收下。
attachment-refused-too_large = 这个附件超过 20 MB，没有收下。请发小一些的。
attachment-refused-type = 这种文件不能收，没有收下。可以发照片、PDF、录音或录像。
attachment-refused-pixels = 这张图片尺寸太大，没有收下。请缩小后再发。
attachment-refused-damaged = 这个附件打不开，没有收下。请换一个试试。
attachment-refused-encrypted = 这个文件有密码，没有收下。请去掉密码再发。
attachment-refused-script = 这个 PDF 里带有程序，没有收下。请另存为普通 PDF，或拍照发来。
attachment-refused-uncleanable = 这个附件里的拍摄信息无法清除，为保护您，没有收下。
attachment-refused-full = 这里暂时存不下附件，没有收下。文字可以照常提交。
attachment-refused-gone = 平台上已经没有这个附件了，没有收下。请再发一次。

# 线索
tip-which = 要向哪个社区提供线索？
    有人有危险，请先拨打 { $emergency }。
tip-nowhere = 现在还不能提供线索。有人有危险，请拨打 { $emergency }。
tip-place-gone = 这张海报上的社区已经停用，请另选一个。
tip-mine = 您署名提供过的线索：
tip-cool-down = 现在收到的线索比较多，暂时不能再收，请晚些再来。紧急情况请直接拨打 { $emergency }。
tip-signed = 向{ $committee }提供线索

    有人有危险，请先拨打 { $emergency }。
    请写某人做了什么，不写某人是什么人。

    匿名：不保存您的账号，只凭查询码回来查看；填写的消息随后清除。
    署名：保存您的称呼和这个聊天，办结后通知您。
    聊天平台自己仍然知道您用过这里。
    内容加密保存，办结后 { $days } 天清除。
tip-signed-label = 方式
tip-signed-no = 匿名
tip-signed-yes = 署名
tip-name = 怎么称呼您？跳过就用您账号的显示名。
tip-name-label = 称呼
tip-kind = 是哪一类事情？
tip-kind-label = 类别
tip-kind-theft = 盗窃
tip-kind-fraud = 诈骗
tip-kind-home_violence = 家庭暴力
tip-kind-drugs = 毒品
tip-kind-dangerous_goods = 危险物品
tip-kind-fire_hazard = 火灾隐患
tip-kind-road_danger = 道路危险
tip-kind-other = 其他
tip-deed = 发生了什么？请写下做了什么（10–1000 字）。
    身份证号、护照号和电话号码会自动隐去。
tip-deed-label = 经过
tip-where = 在哪里？可以写地点，或发送位置。
tip-where-label = 地点
tip-when = 什么时候？可以点按钮，或写“昨晚九点半”“21:30”“11-20 8点”。
tip-when-label = 时间
tip-same = 这件事可能已经有人反映过。是同一件事吗？
    是的话，就少问几步。
tip-same-label = 同一件事
tip-known = 您是怎么知道的？
tip-known-label = 来源
tip-known-saw = 看到的
tip-known-heard = 听到的
tip-known-told = 别人告诉的
tip-attachments = 有照片或文件吗？最多 4 个，每个 20 MB 以内。
    拍摄地点、设备等信息会先清除，清除不了的不会转出。
tip-attachments-label = 附件
tip-about_staff = 这件事涉及社区或派出所的工作人员吗？
    涉及的，只转镇人口办。
tip-about_staff-label = 涉及工作人员
tip-about_staff-no = 不涉及
tip-about_staff-yes = 是，涉及工作人员
tip-may_ask = 民警可以再向您询问吗？
tip-may_ask-label = 可以询问
tip-may_ask-yes = 可以
tip-may_ask-no = 不用
tip-ask_how = 民警可以再向您询问吗？
    选“提醒我”时，要把这个聊天加密记到办结为止；选“凭查询码看”则什么也不记。
tip-ask_how-label = 可以询问
tip-ask_how-code = 可以，我凭查询码看
tip-ask_how-tell = 可以，有消息提醒我
tip-ask_how-no = 不用
tip-review = 请核对，点“✎”可以修改：
tip-proof = 提交凭证（可保存）
    编号：{ $number }
    时间：{ $when }
    社区：{ $committee }
    内容校验：{ $hash }
receipt-code = 查询码：{ $code }
    请抄下来，这是回来查看的唯一办法。在任何账号里把它发给我，就能看进展、回答询问、补充或撤回。
receipt-title = 线索 { $number }（{ $when }）
receipt-write = 直接写下一条消息，就会转给民警。一刻钟不用自动关上。
receipt-taken = 已转给民警。
receipt-end = 看完了
receipt-again = 已经关上了，请再发一次查询码。
receipt-slip = 这个查询码抄错了：请逐个核对。查询码里没有 0、1、O、I、L。
receipt-wrong = 没有这个查询码，或者线索已按期清除。
receipt-too-often = 试的次数太多了，请半小时后再试。
tip_close-outcome = 结果是什么？
tip_close-outcome-label = 结果
tip_close-outcome-dealt_with = 已处理
tip_close-outcome-passed_on = 已移送
tip_close-outcome-nothing_found = 未发现异常
tip_close-outcome-unfounded = 不属实
tip_close-outcome-abusive = 恶意滥用，一天内不再收
tip_close-line = 需要写一句说明吗？
tip_close-line-label = 说明
tip_close-sent = 已办结。
outcome-abusive = 未能证实

# 海报
poster-title = 反映线索和隐患
poster-scan = 手机扫码，用 Telegram 反映给社区民警
poster-by_hand = 不能扫码时，请在手机上打开这个网址
poster-purpose = 请告诉我们
poster-purpose-act = 什么时候，在哪里，有人做了什么。如盗窃、诈骗、家庭暴力、火灾隐患、道路隐患。
poster-purpose-anonymous = 可以匿名，也可以署名。
poster-purpose-code = 提交后会得到查询码，请记下。凭码可以查看答复、补充或撤回。
poster-limits = 这里不受理
poster-limits-person = 某人是什么人、从哪里来、信仰什么。我们只看做了什么。
poster-limits-quarrel = 邻里之间的争执，如停车纠纷。请找居委会或村委会调解。
poster-emergency = 正在发生，或有人有危险：请不要在这里等候，直接拨打
poster-platform = 匿名线索不保存您的账号，除非您要求提醒。聊天平台 Telegram 自己仍知道您的账号、手机号码和您发送的内容。

# 镇人口办
command-tips = 线索台账
command-readlog = 查阅记录
readlog-title = 查阅记录，新的在前（/readlog 后面加编号，只看一份）：
readlog-none = 没有查阅记录。
readlog-unknown = 没有这个编号，或者已按期清除。
readlog-line = { $when } { $name }（{ $role }）{ $number } · { $through }
through-alert = 派送
through-list = 从列表打开
through-link = 从群里的链接打开
through-group = 在群里接手
through-handover = 移交
through-card = 卡片更新
through-same = 与同一事件一起看到
tips-title = 线索台账
tips-counted = { $name } { $count }
tips-by-overdue = 第一次答复
tips-by-state = 未办结
tips-by-ended = 近 30 天办完
tips-by-age = 提交至今
tips-by-place = 社区
tips-by-kind = 类别
tips-overdue = 逾期未答
tips-open = 全部未办结
tips-age-day = 不到一天
tips-age-week = 一至七天
tips-age-older = 七天以上
tips-list = 未办结的线索，逾期的和较早的在前：
tips-none = 这里没有线索。
tips-hours = { $hours } 小时
tips-days = { $days } 天
tips-kept = 匿名线索由民警办理，逾期转给您或涉及工作人员时才能打开。
tips-before = ‹ 前一页
tips-after = 后一页 ›
