profile-summary = wat anderen van je zien, en het wijzigen
profile-title = Mijn profiel
profile-submit = Bewaar
profile-shown = Dit zien anderen van je
profile-meeting = Dit gebruik ik als je afspreekt
profile-empty = Nog leeg: { $lines }. Dat mag zo blijven.
profile-change = Wil je iets wijzigen?
profile-about = je profiel wijzigen
profile-group-work = Mijn werk
profile-group-self = Over mij
profile-group-meet = Afspreken
profile-group-reach = Bereikbaar en taal
profile-name = Naam
profile-organisation = Organisatie
profile-topics = Opgaven
profile-role = Rol
profile-not-about = Niet over
profile-human-line = Over mij
profile-knows = Ik weet
profile-seeks = Ik zoek
profile-region = Regio
profile-place = Plek
profile-days = Werkdagen
profile-hours = Werktijden
profile-zone = Tijdzone
profile-formats = Vorm
profile-pace = Tempo
profile-contact = Contact
profile-language = Taal
profile-spoken = Ik spreek
profile-introduces = Voorstellen
profile-nudges = Berichten
profile-contact-chat = via deze chat
profile-pace-value = { $pace ->
        [one] hoogstens 1 koffie per maand
       *[other] hoogstens { $pace } koffies per maand
    }
profile-pace-option = { $pace } per maand
profile-language-value = { $language ->
        [en] Engels
        [fy] Fries
        [pap] Papiaments
        [de] Duits
        [fr] Frans
       *[nl] Nederlands
    }
profile-introduces-value = { $answer ->
        [yes] ik stel graag mensen aan elkaar voor
       *[no] liever niet
    }
profile-day = { $day ->
        [mon] maandag
        [tue] dinsdag
        [wed] woensdag
        [thu] donderdag
       *[fri] vrijdag
    }
profile-format = { $format ->
        [walk] wandelen
        [call] bellen
        [online] online
        [shadow] meelopen
       *[live] live
    }
profile-hours-value = van { $start } tot { $end }
profile-zone-value = { $zone ->
        [caribbean] Caribisch Nederland
       *[home] Nederland
    }
profile-nudges-all = alle
profile-nudges-none = geen
profile-nudge = { $nudge ->
        [eve] de dag ervoor
        [after] de dag erna
        [contact] na drie maanden
        [yearly] eens per jaar
       *[arrange] als er nog niets is afgesproken
    }
profile-route = { $kind ->
        [email] Per mail
        [phone] Per telefoon
       *[chat] Via deze chat
    }
profile-yes = Ja
profile-no = Nee
profile-hint-empty = Typ geen om dit leeg te maken.
profile-hint-many = Typ de nummers, zoals: 1 2 4. Typ geen om dit leeg te maken.
profile-hint-nudges = Typ de nummers, zoals: 1 2. Typ geen voor geen enkel bericht.
profile-hint-spoken = Typ de nummers, zoals: 1 2.
profile-ask-organisation = Waar werk je nu?
profile-ask-topics = Waaraan werk je? Noem ze allemaal, hoogstens vijf: deze lijst komt in plaats van de oude.
profile-ask-role = Wat is je rol, in één regel? Bijvoorbeeld: adviseur water, of jurist vergunningen.
profile-ask-not-about = Waar ga je niet over? Zo krijg je minder verkeerde vragen.
profile-ask-human-line = Vertel één ding over jezelf, buiten je werk. Bijvoorbeeld: ik bak brood en fiets naar mijn werk.
profile-ask-knows = Wat weet jij uit de praktijk, waar een ander iets aan heeft?
profile-ask-seeks = Wat zoek je bij een collega?
profile-ask-region = In welke regio werk je? Noem een provincie of streek.
profile-ask-place = Waar spreek je graag af? Noem een plek zonder toegangspas, zoals: Utrecht Centraal.
profile-ask-days = Op welke dagen werk je?
profile-ask-hours = Tussen welke uren spreek je graag af? Bijvoorbeeld: 9:00 tot 15:00.
profile-ask-zone = In welke tijdzone werk je?
profile-ask-formats = Hoe spreek je het liefst af? Je mag meer dan één ding kiezen.
profile-ask-pace = Hoeveel koffies per maand passen bij je, hoogstens?
profile-ask-language = In welke taal praat ik met je?
profile-ask-spoken = Welke talen spreek je? Ik breng je in de rondes bij wie er ook een spreekt.
profile-ask-introduces = Mag ik je bij naam noemen als jij twee collega's aan elkaar kunt voorstellen?
profile-ask-nudges = Welke berichten over je koffies wil je krijgen?
profile-ask-contact = Hoe mag een collega je bereiken, na jullie beider ja?
profile-ask-email = Op welk mailadres?
profile-ask-phone = Op welk nummer?
profile-saved = Bewaard. { $line }: { $value }.
profile-cleared = Bewaard. Leeg gemaakt: { $line }.
profile-contact-saved = Bewaard: { $value }. Alleen wie met jou koffie drinkt krijgt dit, na jullie beider ja.
profile-politician = Deze plek is voor ambtenaren. Schrijf je rol als ambtenaar. Ben je nu bestuurder? Typ dan wis-mij.
profile-too-long = Dat past er niet op. Houd het korter dan { $most } letters.
profile-many-wrong = Dat begreep ik niet. Typ de nummers, zoals: 1 2 4.
profile-hours-wrong = Dat begreep ik niet. Schrijf het zo: 9:00 tot 15:00.
profile-zone-wrong = Die tijdzone ken ik niet. Noem een plek, zoals: Bonaire.
profile-spoken-wrong = Die taal ken ik niet. Typ de nummers, zoals: 1 2.
profile-one-wrong = Kies een van deze:
profile-pace-wrong = Typ een getal van 1 tot en met { $most }. Wil je even niets? Typ dan pauze.
profile-region-which = Welke regio bedoel je?
profile-region-unknown = Die regio ken ik niet. Noem een provincie, zoals: Drenthe.
profile-email-wrong = Dat is geen mailadres. Schrijf het zo: naam@organisatie.nl.
profile-phone-wrong = Dat is geen nummer waarop ik je kan bereiken. Schrijf het zo: 06 12345678.
profile-right = Klopt dit nog? Je werkt bij { $organisation }. Je { $topics }.
profile-right-yes = Klopt
profile-right-no = Wijzig
profile-right-about = of je profiel nog klopt
profile-right-thanks = Mooi. Over een half jaar vraag ik het nog eens.
profile-successor = Je organisatie heet niet meer { $organisation }. Waar werk je nu?
profile-successor-about = waar je nu werkt
