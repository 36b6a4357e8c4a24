tie-summary-line = whom you did not speak for long, and whom you still speak
tie-question = A few months ago you and { $name } ({ $place }) got to know each other. Do you still talk now and then?
tie-about = whether you two still talk
tie-alone = Yes, without you too
tie-yes = Yes
tie-no = No
tie-alone-thanks = Good, that is how it should be. I will not ask about it again.
tie-yes-thanks = Good to hear.
tie-no-thanks = That happens. Would you like another coffee? Then I ask you both at the same time.
tie-again = Coffee again
tie-again-about = whether I ask for another coffee
koffie-why-again = You two know each other already. Perhaps it is time to catch up.
tie-not-now = Not now
tie-not-now-thanks = Fine. Later is good too: type still-in-touch.
tie-yearly = Once a year I look back with you. You know { $count } colleagues here. Whom do you still speak?
tie-yearly-one = Once a year I look back with you. Do you and { $name } ({ $place }) still talk now and then?
tie-yearly-about = whom you still speak
tie-tick = Tick them off
tie-form-title = Whom do you still speak?
tie-form-submit = Save
tie-which = Whom did you speak in the past year?
tie-which-hint = Type the numbers or the names, such as: 1, 3. Nobody? Type none.
tie-one = { $name }
tie-ticked-none = Thank you. Would you like to speak somebody again? Type still-in-touch.
tie-ticked =
    { $count ->
        [1] Good, you two still talk. Does that go well without me too? Then I will not ask about it again.
       *[other] Good, you still speak { $count } colleagues. Does that go well without me too? Then I will not ask about it again.
    }
tie-all-alone = Yes, it does
tie-keep-asking = Keep asking
tie-keep-thanks = Fine. I will ask again in a year.
tie-nobody-listed = There is nobody to tick off now. Would you like to get to know somebody? Type koffie.
tie-gone = This contact is not there any more. Nothing has changed.
tie-title = Your contacts
tie-summary =
    { $count ->
        [1] You know one colleague here: { $steps }.
       *[other] You know { $count } colleagues here: { $steps }.
    }
tie-strength =
    { $step ->
        [new] { $count } new
        [lasting] { $count } lasting
        [alone] { $count } without me too
       *[quiet] { $count } quiet
    }
tie-none-quiet = There is nobody whom you did not speak for long. Well done.
tie-quiet =
    { $count ->
        [1] As far as I know, you did not speak this colleague for half a year or longer:
       *[other] As far as I know, you did not speak these colleagues for half a year or longer:
    }
tie-last = Last time in { $month }.
tie-quiet-step = A short message is enough. Did you speak somebody after all? Tick them off.
