agenda-summary = je afspraken, en wat je ermee kunt
agenda-title =
    { $count ->
        [1] Je hebt één afspraak.
       *[other] Je hebt { $count } afspraken.
    }
agenda-empty = Je hebt nu geen afspraken. Zin in koffie? Typ koffie.
agenda-hindered = Komt er iets tussen? Kies wat je wilt.
agenda-hindered-choosing = Kies gerust wat wel past. Wil je de koffie niet meer? Typ afzeggen.
meeting-move-summary = een ander moment kiezen
meeting-off-summary = een koffie afzeggen
meeting-late-summary = zeggen dat je iets later bent
meeting-ourselves-summary = zelf een moment kiezen
meeting-about = een moment voor je koffie
meeting-about-which = welke koffie je bedoelt
meeting-about-arranged = of er iets is afgesproken
meeting-moment = { $moment }
meeting-moment-abroad = { $moment } (bij jou { $here })
meeting-question =
    { $count ->
        [1] Ik weet een moment voor je koffie met { $others }. Past dat?
        [2] Ik weet twee momenten voor je koffie met { $others }. Welke passen jou?
       *[other] Ik weet drie momenten voor je koffie met { $others }. Welke passen jou?
    }
meeting-question-again =
    { $count ->
        [1] Die momenten vielen niet samen. Ik weet er nog een voor je koffie met { $others }. Past dat?
        [2] Die momenten vielen niet samen. Ik weet er nog twee voor je koffie met { $others }. Welke passen jou?
       *[other] Die momenten vielen niet samen. Ik weet er nog drie voor je koffie met { $others }. Welke passen jou?
    }
meeting-question-moved =
    { $count ->
        [1] Je koffie met { $others } krijgt een ander moment. Past dit?
       *[other] Je koffie met { $others } krijgt een ander moment. Welke passen jou?
    }
meeting-question-marked = Voor je koffie met { $others } heb ik genoteerd: { $moments }. Past er nog een? Dan lukt het sneller.
meeting-question-all-marked = Voor je koffie met { $others } heb ik genoteerd: { $moments }. Zodra er een moment is, hoor je het.
meeting-unseen = Niemand anders ziet wat je kiest.
meeting-none = Geen van deze
meeting-no-more = Meer niet
meeting-ourselves = Zelf regelen
meeting-noted = Genoteerd: { $moment }. Past er nog een? Dan lukt het sneller.
meeting-heard = Dank je. Zodra er een moment is, hoor je het.
meeting-live = Live: { $place }.
meeting-live-station = Live, op station { $place }. Daar heeft niemand een pas nodig.
meeting-walk = Wandelen, vanaf { $place }.
meeting-call = Bellen: { $name } belt jou.
meeting-call-you = Bellen: jij belt.
meeting-online = Online, via een link die ik meestuur.
meeting-online-link = Naar het online gesprek
meeting-visit = Meelopen: jij gaat een dagdeel mee met { $name }.
meeting-visit-at = Meelopen: jij gaat een dagdeel mee met { $name }. Jullie spreken af op deze plek: { $place }.
meeting-visit-you = Meelopen: jij krijgt een dagdeel bezoek.
meeting-fixed = Het staat: koffie met { $others } op { $moment }.
meeting-change = Komt er iets tussen? Typ verzetten of afzeggen.
meeting-eve = Bijna zover: koffie met { $others } op { $moment }.
meeting-no-time = Ik vind geen moment voor je koffie met { $others }. Spreken jullie zelf iets af? Een kort bericht is genoeg:
meeting-ourselves-you = Prima, jullie regelen het zelf. Een kort bericht is genoeg:
meeting-ourselves-other = { $name } spreekt het moment graag zelf met je af. Een kort bericht is genoeg:
meeting-already-yours = Jullie regelen het al zelf. Toch momenten van mij? Typ verzetten.
meeting-moved = Prima. Je krijgt nieuwe momenten, net als de ander.
meeting-moved-otherwise = Dat moment komt niet uit. Je krijgt andere momenten, net als de ander.
meeting-not-among = Dat moment is er niet bij. Past een van deze ook?
meeting-several = Dat past bij meer momenten. Kies er een of meer.
meeting-choose-unclear = Noem een dag en een tijd, zoals dinsdag 14:00.
meeting-wish-unclear = Noem een dag en een tijd. Typ bijvoorbeeld: verzetten naar dinsdag 14:00.
meeting-wish-soon = Dat is al heel gauw. Kies een moment dat minstens een dag verder ligt.
meeting-wish-far = Dat is nog ver weg. Kies een moment binnen vier weken.
meeting-wish-closed = Dat is buiten kantoortijd. Kies een moment op een werkdag.
meeting-wish-same = Dat is het moment dat al staat. Kies gerust een ander.
meeting-off = De { $about } gaat niet door. Dat zegt niets over jou.
meeting-off-at = De { $about } van { $moment } gaat niet door. Dat zegt niets over jou.
meeting-off-told = De { $about } gaat niet door. Ik laat het weten.
meeting-off-told-at = De { $about } van { $moment } gaat niet door. Ik laat het weten.
meeting-one-less = Voor de { $about }: een van jullie kan toch niet. Het gaat door met wie er wel is.
meeting-late = { $name } is iets later. De koffie gaat gewoon door.
meeting-late-minutes =
    { $minutes ->
        [1] { $name } is een minuut later. De koffie gaat gewoon door.
       *[other] { $name } is { $minutes } minuten later. De koffie gaat gewoon door.
    }
meeting-late-told = Geen probleem. Ik geef het door.
meeting-late-not-now = Je hebt geen koffie die zo begint. Een ander moment? Typ verzetten.
meeting-nothing-yet = Je koffie met { $others } heeft nog geen moment. Zal ik er een paar voorstellen?
meeting-propose = Stel momenten voor
meeting-arranged = We hebben iets afgesproken
meeting-after-all-not = Toch geen koffie
meeting-arranged-thanks = Mooi. Veel plezier samen!
meeting-call-off = Gaat niet door
meeting-move = Verzetten
meeting-entry = Agendabestand
meeting-choose = Kies een moment
meeting-choosing = Het moment is nog niet gekozen.
meeting-by-yourselves = Jullie regelen het moment zelf.
meeting-card = Koffie met { $others }
meeting-which = Welke koffie bedoel je?
meeting-this-one = Deze
meeting-refused = Deze afspraak is er niet (meer). Er is niets veranderd.
meeting-refused-closed = Dat moment kan niet meer gekozen worden. Er is niets veranderd. Typ agenda om te zien hoe het staat.
meeting-refused-past = Dat moment is al geweest. Kies gerust een ander.
meeting-refused-moves = Jullie hebben het moment al een paar keer verzet. Bel elkaar even, of typ zelf regelen.
calendar-title = Koffie met { $names }
calendar-title-bare = Koffie
calendar-description = Een half uur, zonder agenda. Komt er iets tussen? Zeg het tegen Koffie, in de chat: verzetten of afzeggen.
calendar-description-visit = Een dagdeel meelopen, zonder agenda. Komt er iets tussen? Zeg het tegen Koffie, in de chat: verzetten of afzeggen.
calendar-call = Per telefoon
calendar-take-out = Met dit bestand haal je de afspraak uit je agenda.
calendar-off = Koffie gaat niet door
call-summary = tien minuten bellen, vandaag (bel Bram)
call-question = { $name } heeft één vraag voor je. Tien minuten bellen, vandaag?
call-about = of je vandaag kunt bellen
call-yes = Ja, bel maar
call-no = Vandaag niet
call-asked = Ik vraag het. Hoor je vandaag niets? Dan komt het een andere keer.
call-can = { $name } heeft vandaag tijd. Bel gerust. Contact { $route }
call-told = Mooi. Ik zeg dat het vandaag kan. Je wordt zo gebeld.
call-not-today = Prima. De ander hoort dat niet van mij.
call-over = Die vraag was voor een andere dag. Er is niets veranderd.
call-later = Vandaag lukt dat niet via mij. Stuur gerust zelf een bericht.
call-who = Wie wil je bellen?
call-choose = Bellen
call-nobody = Bellen kan met wie al ja zei tegen koffie met jou. Begin met koffie.
call-again = Dat vroeg ik vandaag al.
