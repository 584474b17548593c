# 日历订阅 / personal calendar
feed-title = 邻里
feed-me = 日历订阅：已开通
feed-address = 您的日历地址：
    { $address }

    在手机日历里选“添加订阅日历”，粘贴这个地址，会议就会出现在日历里，改期也会跟着变。

    谁有这个地址谁就能看到，请不要转发。地址只显示这一次。
feed-standing = 日历订阅已开通（{ $day }）。
    地址只在开通时显示一次。没有记下，就换一个新地址，旧的随即失效。
feed-off = 日历订阅已关闭，原来的地址失效了。
feed-not_here = 本镇还没有开通日历订阅，需要的话请联系镇人口办。
feed-button-show = 日历订阅
feed-button-new = 换新地址
feed-button-off = 关闭
feed-button-on = 重新开通
