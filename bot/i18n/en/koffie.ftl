koffie-summary = ask for a koffie, or see what is open
koffie-topic = { $en }
koffie-yes = Yes please
koffie-not-now = Not now
koffie-known = We have met
koffie-other = Not me, but …
koffie-yes-at = Yes please, with { $place }
koffie-known-at = We have met: { $place }
koffie-none-now = Not now
koffie-question = Fancy a coffee?
koffie-people = For { $people }.
koffie-person = { $name } ({ $place })
koffie-colleague = a colleague at { $place }
koffie-somewhere = another government
koffie-nameless =
    { $seats ->
        [2] I give no names yet. I will when you both say yes.
       *[other] I give no names yet. I will when you all say yes.
    }
koffie-how = Half an hour, no agenda. You do not speak for your organisation. You can answer until { $day }.
koffie-why-topic-both = You both work on the task { $topic }.
koffie-why-topic-leads = You both have the task { $topic }. One of you leads it.
koffie-why-topic-shared = You both have to do with the task { $topic }.
koffie-why-topic-one = One of you works on the task { $topic }, the other would like to know more about it.
koffie-why-layers = You work at different governments: { $one } and { $other }.
koffie-why-province = You both work in { $province }.
koffie-why-meet = You have not met yet.
koffie-bundle =
    { $count ->
        [2] Two colleagues would like to meet you. Choose one, or name someone else.
        [3] Three colleagues would like to meet you. Choose one, or name someone else.
       *[other] { $count } colleagues would like to meet you. Choose one, or name someone else.
    }
koffie-bundle-together =
    { $count ->
        [2] Two colleagues would like to meet you. Choose one, invite them together, or name someone else.
       *[other] Three colleagues would like to meet you. Choose one, invite them together, or name someone else.
    }
koffie-together = Invite them together
koffie-together-asked = Lovely. I ask everyone at the same time, you too. This question takes the place of the separate ones.
koffie-together-not-now = Together is not possible any more. Feel free to choose one of them. Nothing has changed.
koffie-why-together = You wanted to meet. This way you do that in one go, together.
koffie-about = coffee with { $others }
koffie-about-topic = coffee about { $topic } with { $others }
koffie-about-bundle = the colleagues who would like to meet you
koffie-about-more-open = your other requests
koffie-nothing-open = No question of mine is open now. Fancy a coffee? Type coffee.
koffie-again = This is about the { $about }.
koffie-reminder = I am still waiting for your answer. It concerns the { $about }. No time? No is fine too. After { $day } the question lapses by itself.
koffie-off = The { $about } will not happen for now. That says nothing about you.
koffie-look-on = Look further
koffie-pause = Take a break
koffie-agreed =
    { $more ->
        [0] Great, you both said yes. { $me }, meet { $others }.
       *[other] Great, you all said yes. { $me }, meet { $others }.
    }
koffie-route = Contact { $route }
koffie-agreed-next = I suggest a few times to you in a moment. Rather choose one yourselves? That is fine too.
koffie-introduced =
    { $more ->
        [0] { $all }, you both say yes. This conversation is for the two of you.
       *[other] { $all }, you all say yes. This conversation is for all of you.
    }
koffie-introduced-next = I suggest a few times to each of you apart. I do not read along here.
koffie-all-known =
    { $seats ->
        [2] You both say that you have met: { $others }. I will remember that.
       *[other] You all say that you have met: { $others }. I will remember that.
    }
koffie-more-open =
    { $count ->
        [1] You have one other request open. Shall I take it back? The other will not notice.
       *[other] You have { $count } other requests open. Shall I take them back? The others will not notice.
    }
koffie-take-back = Take back
koffie-leave-open = Leave open
koffie-left-open = Fine, they stay open.
koffie-withdrawn =
    { $count ->
        [1] Taken back. The other will not notice.
       *[other] Taken back. The others will not notice.
    }
koffie-asked-now = Good. I am asking you both now.
koffie-asked-later = Good. I will ask you both on { $moment }.
koffie-thanks-yes =
    { $seats ->
        [2] Great! As soon as you both say yes, you will hear. After { $day } the question lapses by itself.
       *[other] Great! As soon as you all say yes, you will hear. After { $day } the question lapses by itself.
    }
koffie-thanks-not-now =
    { $seats ->
        [2] Fine. The other will not hear that from me. Changed your mind? Type coffee, until { $day }.
       *[other] Fine. The others will not hear that from me. Changed your mind? Type coffee, until { $day }.
    }
koffie-thanks-known =
    { $seats ->
        [2] Good to know. This colleague will not be in your lists any more. Does the other say so too? Then I count you as acquainted.
       *[other] Good to know. These colleagues will not be in your lists any more. Do the others say so too? Then I count you as acquainted.
    }
koffie-none-left = You have answered all of them before. Nothing has changed.
koffie-other-title = Not me, but …
koffie-other-submit = Pass on
koffie-other-prompt = Who would be better? Type your colleague's name.
koffie-other-empty = Type your colleague's name, or stop.
koffie-other-thanks = Thank you. Does your colleague take part here? Then I will propose them first when the other looks further. Not yet? Then pass this on:
koffie-forward = “Hi! Someone at another government was looking for a colleague for half an hour of coffee. I thought of you. Would you like to? Then join Koffie.”
koffie-forward-topic = “Hi! Someone at another government was looking for a colleague for half an hour of coffee about { $topic }. I thought of you. Would you like to? Then join Koffie.”
koffie-needs-route = Great! You two are not on the same chat. Please give an e-mail address or number first. The other gets it only when you both say yes. After that you can choose Yes please.
koffie-proposal =
    { $count ->
        [1] I am thinking of this colleague. Shall I ask? You both get the question at the same time.
       *[other] Whom do you mean? You both get the question at the same time.
    }
koffie-ask = Ask for a coffee
koffie-ask-one = Ask for one
koffie-no-person = I find nobody by that name whom I can ask now. You can also name a task, such as: coffee about nitrogen.
koffie-nobody = I have nobody to propose now. Name another task, such as: coffee about housing.
koffie-nobody-topic = I have nobody to propose for this now. Shall we look wider?
koffie-nobody-look = Look wider
koffie-open =
    { $count ->
        [1] You have one coffee open.
       *[other] You have { $count } coffees open.
    }
koffie-card = The { $about }
koffie-status-planned = I will ask you both on { $moment }.
koffie-status-silent = I am waiting for your answer. You have until { $day }.
koffie-status-yes = You said: Yes please. After { $day } the question lapses by itself.
koffie-status-not-now = You said: Not now. You can change that until { $day }.
koffie-status-known = You said: We have met. You can change that until { $day }.
koffie-status-other = You named someone else. You can change that until { $day }.
koffie-answer = Answer
koffie-change = Change
koffie-withdraw = Take back
koffie-refused = This coffee is not there (any more). Nothing has changed.
koffie-refused-left = You no longer take part in this coffee. Nothing has changed.
koffie-refused-over = This question has lapsed. Nothing has changed. Type coffee when you would like one again.
koffie-refused-agreed = You both said yes already. Nothing has changed.
koffie-oneself = That is you. Luckily you can also have coffee by yourself.
koffie-not-findable = Who can be found may ask. You are not on the list now. Type continue, then you can again.
koffie-acquainted = You have met already. Feel free to send a message yourself.
koffie-open-already = That question is open already, until { $day }. Type coffee to see it.
koffie-agreed-already = You both said yes already. Feel free to send a message yourself.
koffie-apart = Your coffee did not happen just now. Feel free to look for someone else. In a while you can ask again.
koffie-unavailable = I cannot ask this colleague now. Feel free to look for someone else.
koffie-limit =
    { $count ->
        [1] You have a request open already. From { $day } on you can ask another. That way everyone gets the time to answer.
       *[other] You have { $count } requests open already. From { $day } on you can ask another. That way everyone gets the time to answer.
    }
koffie-full = This colleague has enough coffees now. There is room from { $day } on. That goes for everyone.
