# 连续两个月低于去年 / below last year two months running
decline-person = 连续两月低于去年：{ $name }（{ $place }）
decline-place = 连续两月低于去年：{ $place }
decline-group-visited = 走访住户（今年 / 去年折算）
decline-group-records = 登记变更注销（今年 / 去年折算）
decline-month = · { $month }　{ $figure } / { $wanted }　在岗 { $days } 天
decline-how = 去年同月按今年在岗的工作日折算，请假不计。
decline-ask = 是什么原因？点一下，镇人口办会看到。
decline-open = 等民警说明原因。
decline-told = 原因：{ $cause }（{ $officer }）
decline-cause-campaign = 去年有集中行动
decline-cause-leave = 请假或抽调
decline-cause-area = 责任区有调整
decline-cause-weather = 天气
decline-cause-other = 其他原因
decline-again = 改原因
decline-noted = 已记下，镇人口办会看到。
decline-words = 请用一句话说明原因，不写具体的人。
