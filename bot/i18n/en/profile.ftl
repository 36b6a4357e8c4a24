profile-summary = what others see of you, and changing it
profile-title = My profile
profile-submit = Save
profile-shown = This is what others see of you
profile-meeting = This is what I use when you meet
profile-empty = Still empty: { $lines }. It may stay that way.
profile-change = Do you want to change something?
profile-about = changing your profile
profile-group-work = My work
profile-group-self = About me
profile-group-meet = Meeting
profile-group-reach = Contact and language
profile-name = Name
profile-organisation = Organisation
profile-topics = Topics
profile-role = Role
profile-not-about = Not about
profile-human-line = About me
profile-knows = I know
profile-seeks = I look for
profile-region = Region
profile-place = Place
profile-days = Working days
profile-hours = Working hours
profile-zone = Time zone
profile-formats = Way of meeting
profile-pace = Pace
profile-contact = Contact
profile-language = Language
profile-spoken = I speak
profile-introduces = Introducing
profile-nudges = Messages
profile-contact-chat = through this chat
profile-pace-value = { $pace ->
        [one] 1 coffee a month at most
       *[other] { $pace } coffees a month at most
    }
profile-pace-option = { $pace } a month
profile-language-value = { $language ->
        [en] English
        [fy] Frisian
        [pap] Papiamento
        [de] German
        [fr] French
       *[nl] Dutch
    }
profile-introduces-value = { $answer ->
        [yes] I like to introduce people to each other
       *[no] rather not
    }
profile-day = { $day ->
        [mon] Monday
        [tue] Tuesday
        [wed] Wednesday
        [thu] Thursday
       *[fri] Friday
    }
profile-format = { $format ->
        [walk] walking
        [call] calling
        [online] online
        [shadow] shadowing
       *[live] live
    }
profile-hours-value = from { $start } to { $end }
profile-zone-value = { $zone ->
        [caribbean] Caribbean Netherlands
       *[home] the Netherlands
    }
profile-nudges-all = all
profile-nudges-none = none
profile-nudge = { $nudge ->
        [eve] the day before
        [after] the day after
        [contact] three months on
        [yearly] once a year
       *[arrange] when nothing is arranged yet
    }
profile-route = { $kind ->
        [email] By e-mail
        [phone] By phone
       *[chat] Through this chat
    }
profile-yes = Yes
profile-no = No
profile-hint-empty = Type none to leave this empty.
profile-hint-many = Type the numbers, such as: 1 2 4. Type none to leave this empty.
profile-hint-nudges = Type the numbers, such as: 1 2. Type none for no message at all.
profile-hint-spoken = Type the numbers, such as: 1 2.
profile-ask-organisation = Where do you work now?
profile-ask-topics = What do you work on? Name them all, five at most: this list replaces the old one.
profile-ask-role = What is your role, in one line? For example: water adviser, or permit lawyer.
profile-ask-not-about = What are you not about? That saves you the wrong questions.
profile-ask-human-line = Tell one thing about yourself, outside work. For example: I bake bread and cycle to work.
profile-ask-knows = What do you know from practice that could help another?
profile-ask-seeks = What do you look for in a colleague?
profile-ask-region = In which region do you work? Name a province or area.
profile-ask-place = Where do you like to meet? Name a place that needs no pass, such as: Utrecht Centraal.
profile-ask-days = On which days do you work?
profile-ask-hours = Between which hours do you like to meet? For example: 9:00 to 15:00.
profile-ask-zone = Which time zone do you work in?
profile-ask-formats = How do you like to meet? You may choose more than one.
profile-ask-pace = How many coffees a month suit you, at most?
profile-ask-language = In which language shall I talk to you?
profile-ask-spoken = Which languages do you speak? In the rounds I introduce you to people who share one.
profile-ask-introduces = May I name you when you could introduce two colleagues to each other?
profile-ask-nudges = Which messages about your coffees do you want to get?
profile-ask-contact = How may a colleague reach you, once you both said yes?
profile-ask-email = At which e-mail address?
profile-ask-phone = At which number?
profile-saved = Saved. { $line }: { $value }.
profile-cleared = Saved. Emptied: { $line }.
profile-contact-saved = Saved: { $value }. Only who has coffee with you gets this, once you both said yes.
profile-politician = This place is for officials. Write your role as an official. Are you a politician now? Then type erase-me.
profile-too-long = That does not fit. Keep it under { $most } letters.
profile-many-wrong = I did not understand that. Type the numbers, such as: 1 2 4.
profile-hours-wrong = I did not understand that. Write it like this: 9:00 to 15:00.
profile-zone-wrong = I do not know that time zone. Name a place, such as: Bonaire.
profile-spoken-wrong = I do not know that language. Type the numbers, such as: 1 2.
profile-one-wrong = Choose one of these:
profile-pace-wrong = Type a number from 1 to { $most }. Want nothing for a while? Then type pause.
profile-region-which = Which region do you mean?
profile-region-unknown = I do not know that region. Name a province, such as: Drenthe.
profile-email-wrong = That is no e-mail address. Write it like this: name@organisation.nl.
profile-phone-wrong = That is no number at which I can reach you. Write it like this: 06 12345678.
profile-right = Does this still hold? You work at { $organisation }. You: { $topics }.
profile-right-yes = It does
profile-right-no = Change it
profile-right-about = whether your profile still holds
profile-right-thanks = Good. I will ask again in half a year.
profile-successor = Your organisation is no longer called { $organisation }. Where do you work now?
profile-successor-about = where you work now
