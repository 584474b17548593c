# 会议纪要 / minutes
paper-minutes = 会议纪要
minutes-title = 会议纪要
minutes-file = 会议纪要-{ $place }-{ $day }
minutes-file-corrected = 会议纪要-{ $place }-{ $day }-第{ $version }稿
minutes-button-show = 纪要
minutes-button-lacking = ✎ { $day }的纪要还没写
minutes-button-all = 全部到会
minutes-button-name = 谁来代会
minutes-button-next = 下一步：逐条记 ›
minutes-button-resend = ✓ 发送更正
minutes-button-write = ✎ 记录
minutes-button-photo = 照片
minutes-button-no_photo = ✗ 照片
minutes-button-task = + 定任务
minutes-button-before = ‹ 上一步
minutes-button-after = 下一步 ›
minutes-button-add = + 加一条
minutes-button-review = 看全文
minutes-button-people = ‹ 出席
minutes-button-send = ✓ 发给大家
minutes-button-file = 文件
minutes-button-object = 提意见
minutes-button-amend = ✎ 改纪要
minutes-button-mine = ✎ 请谁代
minutes-button-correct = 更正
minutes-button-keep = 不改，附注意见

minutes-attendance = 出席
minutes-there = 到会 { $count } 人：{ $who }
minutes-stand_in = 派人代 { $count } 人：{ $who }
minutes-absent = 没有来 { $count } 人：{ $who }
minutes-stand_in_for = { $name }（{ $stand_in }代）
minutes-stand_in_named = ✓ 已记下，由{ $who }代您参加。
minutes-point = 第 { $number }/{ $total } 条
minutes-heading = { $kind }：{ $words }（{ $who }）
minutes-nothing = （还没有记录）
minutes-no_words = （没有记录）
minutes-writer = （{ $who } 记）
minutes-photos = 照片 { $count } 张
minutes-photos-left_out = 有的没有收下：这里只收照片，一份纪要最多 { $most } 张。
minutes-more_in_file = ……其余在文件里。
minutes-review = 请核对，确认后发给全体受邀的人。
minutes-amending = 改好后请点“发送更正”：新稿发给全体受邀的人，从那时起再有两个工作日可以提意见。不发，就还是原来的稿子。
minutes-after_correction = 写好后新稿马上发给全体受邀的人，再有两个工作日可以提意见。
minutes-items = 定下的任务
minutes-noted = 附注的意见
minutes-noted_line = { $about }：{ $words }（{ $who }）
minutes-about_point = 第 { $number } 条
minutes-about_people = 出席情况
minutes-column-words = 任务
minutes-column-owner = 负责人
minutes-column-day = 期限

minutes-state-draft = 会议纪要（草案）
minutes-state-corrected = 会议纪要（第 { $version } 稿，已更正）
minutes-state-final = 会议纪要（已定稿）
minutes-term = 有不同意见，请在{ $day }以前（含当天）提出。
minutes-forgotten = 保存期限已过，内容已经删除。
minutes-own-open = 您的意见：{ $words }（等待答复）
minutes-own-corrected = 您的意见：{ $words }（已更正）
minutes-own-kept = 您的意见：{ $words }（不改，已附注）
minutes-objection = { $who }对会议纪要有意见
minutes-written = 纪要写的是：{ $words }
minutes-objects = 意见：{ $words }
minutes-objection-term = 请在{ $day }以前（含当天）答复；没有答复的，意见附注在纪要里。
minutes-objection-late = 现在不能再提意见了：期限已过，或者您已经提了几条。
minutes-decided-open = 期限已过，意见附注在纪要里。
minutes-decided-corrected = ✓ 已更正，新稿发给大家。
minutes-decided-kept = ✓ 不改，意见附注在纪要里。
minutes-decided_meanwhile = 这条意见刚刚已经有人处理了。
minutes-unwritten = ⏰ 这次会议的纪要还没有写。
minutes-news-sent = 会议纪要写好了，请看。
minutes-news-corrected = 会议纪要有更正，请看新稿，再有两个工作日可以提意见。
minutes-news-kept = 您的意见已附注在纪要里。
minutes-newer = 别人刚刚写了这一条，您写的还在。
minutes-full = 条目太多了，请合并几条。
minutes-toast-none = 纪要还没有发出。
minutes-toast-early = 会议还没有开始。
minutes-toast-late = 补写纪要的期限已过。
minutes-toast-sent = 已发出。
minutes-toast-draft = 纪要已经发出，请看最新的。
minutes-toast-final = 纪要已定稿，不再改动。
minutes-toast-same = 没有改动，不用再发。
minutes-toast-kept = 意见已附注。
minutes-toast-corrected_already = 已经有人更正了。
minutes-toast-kept_already = 已经有人决定附注了。

minutes_text-words = { $heading }
    现在写的是：{ $now }

    请写讨论的结果，一两句就行。只写事情、地点和工作，不写居民的姓名。{ $after }
minutes_text-sure = 刚刚写进去的：{ $now }

    您写的：{ $mine }

    留哪一个？
minutes_text-sure-both = 两段都留
minutes_text-sure-mine = 用我写的
minutes_text-sure-theirs = 用刚写进去的
minutes_point-words = 会上又谈了什么？先写一个题目。只写事情、地点和工作，不写居民的姓名。
minutes_photo-photos = 请发照片，例如会上写的大白纸，最多四张，发完点“选好了”。原来的照片会换掉。
minutes_stand_in-absent = 谁派了人代？
minutes_stand_in-words = 谁来代会？例如“司法所张三”。
stand_in-words = 请谁代您参加？例如“司法所张三”。不写也可以，点“放弃”就行。
objection-about = 对哪一条有意见？
objection-words = 请用一句话写您的意见。只写事情、地点和工作，不写居民的姓名。
