# 日历订阅 / personal calendar
feed-title = Linli
feed-me = Calendar feed: on
feed-address = The address of your calendar:
    { $address }

    In your phone's calendar choose “add a subscribed calendar” and paste this address: your meetings appear there, and move when they are moved.

    Whoever has this address can read it, so do not pass it on. It is shown only this once.
feed-standing = Your calendar feed is on since { $day }.
    Its address is shown only when it is made. If you did not keep it, take a new one; the old one is then worth nothing.
feed-off = Your calendar feed is off; its address is worth nothing any more.
feed-not_here = The town has not switched calendar feeds on. If you need one, please ask the town office.
feed-button-show = Calendar feed
feed-button-new = New address
feed-button-off = Switch off
feed-button-on = Switch on again
