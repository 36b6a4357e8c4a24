agenda-summary = your appointments, and what you can do with them
agenda-title =
    { $count ->
        [1] You have one appointment.
       *[other] You have { $count } appointments.
    }
agenda-empty = You have no appointments now. Fancy a coffee? Type coffee.
agenda-hindered = Did something come up? Choose what you want.
agenda-hindered-choosing = Choose what does suit you. Rather no coffee at all? Type cancel.
meeting-move-summary = choosing another time
meeting-off-summary = calling off a coffee
meeting-late-summary = saying that you are a little late
meeting-ourselves-summary = choosing a time yourselves
meeting-about = a time for your coffee
meeting-about-which = which coffee you mean
meeting-about-arranged = whether something is arranged
meeting-moment = { $moment }
meeting-moment-abroad = { $moment } ({ $here } where you are)
meeting-question =
    { $count ->
        [1] I have a time for your coffee with { $others }. Does it suit you?
        [2] I have two times for your coffee with { $others }. Which ones suit you?
       *[other] I have three times for your coffee with { $others }. Which ones suit you?
    }
meeting-question-again =
    { $count ->
        [1] Those times did not match. I have another one for your coffee with { $others }. Does it suit you?
        [2] Those times did not match. I have two more for your coffee with { $others }. Which ones suit you?
       *[other] Those times did not match. I have three more for your coffee with { $others }. Which ones suit you?
    }
meeting-question-moved =
    { $count ->
        [1] Your coffee with { $others } gets another time. Does this one suit you?
       *[other] Your coffee with { $others } gets another time. Which ones suit you?
    }
meeting-question-marked = For your coffee with { $others } I noted: { $moments }. Does another one suit you? That helps.
meeting-question-all-marked = For your coffee with { $others } I noted: { $moments }. As soon as there is a time, you will hear it.
meeting-unseen = Nobody else sees what you choose.
meeting-none = None of these
meeting-no-more = No others
meeting-ourselves = Arrange it ourselves
meeting-noted = Noted: { $moment }. Does another one suit you? That helps.
meeting-heard = Thank you. As soon as there is a time, you will hear it.
meeting-live = In person: { $place }.
meeting-live-station = In person, at { $place } station. Nobody needs a pass there.
meeting-walk = A walk, from { $place }.
meeting-call = By phone: { $name } calls you.
meeting-call-you = By phone: you call.
meeting-online = Online, through a link that I send along.
meeting-online-link = To the online meeting
meeting-visit = A visit: you join { $name } for half a day.
meeting-visit-at = A visit: you join { $name } for half a day. You meet here: { $place }.
meeting-visit-you = A visit: somebody joins you for half a day.
meeting-fixed = It is settled: coffee with { $others } on { $moment }.
meeting-change = Did something come up? Type reschedule or cancel.
meeting-eve = Almost there: coffee with { $others } on { $moment }.
meeting-no-time = I find no time for your coffee with { $others }. Will you arrange it yourselves? A short message is enough:
meeting-ourselves-you = Fine, you arrange it yourselves. A short message is enough:
meeting-ourselves-other = { $name } would like to arrange the time with you directly. A short message is enough:
meeting-already-yours = You are already arranging it yourselves. Want times from me after all? Type reschedule.
meeting-moved = Fine. You get new times, and so does the other.
meeting-moved-otherwise = That time does not work out. You get other times, and so does the other.
meeting-not-among = That time is not among them. Does one of these suit you as well?
meeting-several = That fits more than one of them. Choose one or more.
meeting-choose-unclear = Name a day and a time, such as Tuesday 14:00.
meeting-wish-unclear = Name a day and a time. Type for example: reschedule to Tuesday 14:00.
meeting-wish-soon = That is very soon. Choose a time at least a day from now.
meeting-wish-far = That is far off. Choose a time within four weeks.
meeting-wish-closed = That is outside office hours. Choose a time on a working day.
meeting-wish-same = That is the time as it stands. Feel free to choose another one.
meeting-off = The { $about } will not take place. That says nothing about you.
meeting-off-at = The { $about } of { $moment } will not take place. That says nothing about you.
meeting-off-told = The { $about } will not take place. I will pass it on.
meeting-off-told-at = The { $about } of { $moment } will not take place. I will pass it on.
meeting-one-less = About the { $about }: one of you cannot make it. It goes on with those who can.
meeting-late = { $name } is a little late. The coffee goes on as planned.
meeting-late-minutes =
    { $minutes ->
        [1] { $name } is a minute late. The coffee goes on as planned.
       *[other] { $name } is { $minutes } minutes late. The coffee goes on as planned.
    }
meeting-late-told = No problem. I pass it on.
meeting-late-not-now = You have no coffee that is about to begin. Another time? Type reschedule.
meeting-nothing-yet = Your coffee with { $others } has no time yet. Shall I suggest some?
meeting-propose = Suggest times
meeting-arranged = We arranged something
meeting-after-all-not = No coffee after all
meeting-arranged-thanks = Good. Enjoy it together!
meeting-call-off = It is off
meeting-move = Reschedule
meeting-entry = Calendar file
meeting-choose = Choose a time
meeting-choosing = The time is not chosen yet.
meeting-by-yourselves = You arrange the time yourselves.
meeting-card = Coffee with { $others }
meeting-which = Which coffee do you mean?
meeting-this-one = This one
meeting-refused = This appointment is not there (any more). Nothing has changed.
meeting-refused-closed = That time can no longer be chosen. Nothing has changed. Type appointments to see how things stand.
meeting-refused-past = That time is over. Feel free to choose another one.
meeting-refused-moves = You moved the time a few times already. Give each other a call, or type arrange ourselves.
calendar-title = Coffee with { $names }
calendar-title-bare = Coffee
calendar-description = Half an hour, without an agenda. Did something come up? Tell Koffie, in the chat: reschedule or cancel.
calendar-description-visit = Half a day along with somebody, without an agenda. Did something come up? Tell Koffie, in the chat: reschedule or cancel.
calendar-call = By phone
calendar-take-out = This file takes the appointment out of your calendar.
calendar-off = Coffee is off
call-summary = ten minutes on the phone, today (call Bram)
call-question = { $name } has one question for you. Ten minutes on the phone, today?
call-about = whether you can take a call today
call-yes = Yes, call me
call-no = Not today
call-asked = I will ask. Hear nothing today? Then it will be another time.
call-can = { $name } has time today. Feel free to call. Contact { $route }
call-told = Good. I say that today is fine. You will get a call.
call-not-today = Fine. The other does not hear that from me.
call-over = That question was for another day. Nothing has changed.
call-later = I cannot arrange that for today. Feel free to send a message yourself.
call-who = Whom do you want to call?
call-choose = Call
call-nobody = You can call whoever said yes to coffee with you. Begin with coffee.
call-again = I asked that today already.
