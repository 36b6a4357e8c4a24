erasure-summary = erase all that I keep of you
erasure-about = whether I erase all of you
erasure-question = I erase what I keep: your profile, your coffees and your answers. What your colleague already has, or what stands in this talk, I cannot take back.
erasure-yes = Erase everything
erasure-no = No, keep it
erasure-done = Done. I know nothing of you any more.
erasure-stay = Good. Everything stays as it is.
erasure-nothing = I keep nothing of you.
idle-question = We have not spoken for a while. Do you want to go on taking part? If I hear nothing, I erase all of you on { $day }. That is fine too.
idle-about = whether you want to stay
idle-stay = I stay
idle-erase = Erase me
idle-erased = I heard nothing more from you. As agreed I have erased everything. You are always welcome.
my-data-summary = all that I keep of you
my-data-nothing = I keep nothing of you. Take part? Type join.
my-data-also = I also keep this
my-data-joined = You take part since
my-data-day = { $day }
my-data-consent = Why I may
my-data-consent-value = { $basis ->
        [consent] you said yes (text of { $version })
       *[task] public task (text of { $version })
    }
my-data-accounts = Accounts
my-data-acquaintances = Whom you know
my-data-koffies = Coffees
my-data-blocked = Blocked
my-data-lookups = Look-ups of this week
my-data-watches = What you want to hear of
my-data-written = What you wrote me
my-data-file = The file holds everything, to the letter. Something not right? Type profile.
