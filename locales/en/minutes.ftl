# minutes
paper-minutes = minutes
minutes-title = Minutes
minutes-file = minutes-{ $place }-{ $day }
minutes-file-corrected = minutes-{ $place }-{ $day }-version-{ $version }
minutes-button-show = Minutes
minutes-button-lacking = ✎ Minutes of { $day } not written
minutes-button-all = All there
minutes-button-name = Name a stand-in
minutes-button-next = Next: the points ›
minutes-button-resend = ✓ Send the correction
minutes-button-write = ✎ Write
minutes-button-photo = Photo
minutes-button-no_photo = ✗ Photos
minutes-button-task = + Action item
minutes-button-before = ‹ Back
minutes-button-after = Next ›
minutes-button-add = + Add a point
minutes-button-review = See it all
minutes-button-people = ‹ Attendance
minutes-button-send = ✓ Send to everybody
minutes-button-file = Document
minutes-button-object = Object
minutes-button-amend = ✎ Amend
minutes-button-mine = ✎ Who comes?
minutes-button-correct = Correct
minutes-button-keep = Keep, note it

minutes-attendance = Attendance
minutes-there = There, { $count }: { $who }
minutes-stand_in = Stand-in for { $count }: { $who }
minutes-absent = Not there, { $count }: { $who }
minutes-stand_in_for = { $name } (by { $stand_in })
minutes-stand_in_named = ✓ Noted: { $who } comes for you.
minutes-point = Point { $number }/{ $total }
minutes-heading = { $kind }: { $words } ({ $who })
minutes-nothing = (nothing written yet)
minutes-no_words = (nothing written)
minutes-writer = (written by { $who })
minutes-photos = Photos: { $count }
minutes-photos-left_out = Some were not kept: photos only, and no more than { $most } in all.
minutes-more_in_file = … the rest is in the document.
minutes-review = Please check; it then goes to everybody invited.
minutes-amending = When it is right, send the correction: the new version goes to everybody invited, with two working days for objections from then. Until then the version that was sent holds.
minutes-after_correction = Once written, the new version goes to everybody invited, with two working days for objections.
minutes-items = Action items
minutes-noted = Objections noted
minutes-noted_line = { $about }: { $words } ({ $who })
minutes-about_point = Point { $number }
minutes-about_people = Attendance
minutes-column-words = What
minutes-column-owner = Who
minutes-column-day = By

minutes-state-draft = Minutes (draft)
minutes-state-corrected = Minutes (version { $version }, corrected)
minutes-state-final = Minutes (final)
minutes-term = Objections until the end of { $day }, please.
minutes-forgotten = The time for keeping these is over; their words are erased.
minutes-own-open = Your objection: { $words } (not answered yet)
minutes-own-corrected = Your objection: { $words } (corrected)
minutes-own-kept = Your objection: { $words } (text kept, objection noted)
minutes-objection = { $who } objects to the minutes
minutes-written = The minutes say: { $words }
minutes-objects = Objection: { $words }
minutes-objection-term = Please answer until the end of { $day }; otherwise the minutes note the objection.
minutes-objection-late = No objections any more: the time is over, or you have made a few already.
minutes-decided-open = The time is over; the minutes note the objection.
minutes-decided-corrected = ✓ Corrected; the new version goes to everybody.
minutes-decided-kept = ✓ Kept; the minutes note the objection.
minutes-decided_meanwhile = Somebody has just dealt with this objection.
minutes-unwritten = ⏰ The minutes of this meeting are not written.
minutes-news-sent = The minutes are here.
minutes-news-corrected = The minutes were corrected; here is the new version, with two working days for objections.
minutes-news-kept = The minutes note your objection.
minutes-newer = Somebody else has just written this point; your words are still here.
minutes-full = These are too many points; please put some together.
minutes-toast-none = The minutes were not sent yet.
minutes-toast-early = The meeting has not begun yet.
minutes-toast-late = The time for writing minutes is over.
minutes-toast-sent = Sent.
minutes-toast-draft = The minutes were sent; please see the newest.
minutes-toast-final = The minutes are final.
minutes-toast-same = Nothing has changed; nothing was sent.
minutes-toast-kept = The objection is noted.
minutes-toast-corrected_already = Somebody has corrected it already.
minutes-toast-kept_already = Somebody has noted it already.

minutes_text-words = { $heading }
    Now it says: { $now }

    What came of it? A sentence or two. Only acts, places and work; no names of residents. { $after }
minutes_text-sure = Just written: { $now }

    Yours: { $mine }

    Which one stays?
minutes_text-sure-both = Keep both
minutes_text-sure-mine = Use mine
minutes_text-sure-theirs = Use theirs
minutes_point-words = What else came up? A heading first. Only acts, places and work; no names of residents.
minutes_photo-photos = Send photos, of the flip chart for instance, four at most, then press done. They replace those there are.
minutes_stand_in-absent = Who sent somebody?
minutes_stand_in-words = Who came in their place? "Zhang San, justice office", for instance.
stand_in-words = Who comes in your place? "Zhang San, justice office", for instance. You need not say; just cancel.
objection-about = What do you object to?
objection-words = Your objection in one sentence, please. Only acts, places and work; no names of residents.
