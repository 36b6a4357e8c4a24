after-yes-why =
    { $count ->
        [2] Waarom jullie twee?
       *[other] Waarom jullie?
    }
starter-intro = Om mee te beginnen
starter-practice = Waar loopt het in de praktijk goed, en waar schuurt het?
starter-notice = Wat gaan inwoners of bedrijven merken van jouw werk?
starter-ordinary-day = Hoe ziet een gewone werkdag er bij jou uit?
starter-surprise = Wat verraste je dit jaar het meest in je werk?
starter-missing = Wie missen we nog aan tafel, en wat zou die ons vertellen?
starter-close-up = Wat zou je bij de ander weleens van dichtbij willen zien?
starter-misread = Wat begrijpen anderen vaak verkeerd aan jouw werk?
starter-small-step = Welke kleine stap zou volgende week al helpen?
starter-proud = Welk moment in je werk maakte je trots?
starter-not-written = Wat weet jij uit de praktijk dat in geen enkel stuk staat?
starter-word = Welk woord gebruik jij elke dag, dat een ander misschien anders leest?
starter-first-year = Wat had je in je eerste jaar hier graag al geweten?
starter-how-started = Waar begon deze opgave voor jou?
starter-not-known = Wat weet je nog niet, en wie zou dat wel weten?
starter-elsewhere = Welk voorbeeld van elders laat zien hoe het ook kan?
starter-choice = Voor welke keuze sta je nu, en wat maakt die lastig?
starter-tried = Wat heb je al geprobeerd, en wat leerde je daarvan?
starter-need = Wat heb je van een andere overheid nodig om verder te komen?
starter-on-paper = Wat klopt op papier, maar werkt buiten anders?
starter-solve = Waar loop je in de uitvoering tegenaan, en hoe los je dat op?
starter-better-than-thought = Welke afspraak werkt beter dan je dacht, en hoe komt dat?
starter-differently = Wat zou je de volgende keer anders doen?
starter-stays = Wat moet er blijven als deze opgave klaar is?
starter-hand-over = Wat geef je mee aan wie na jou komt?
starter-counter = Hoe komt een nieuwe regel bij de balie van een gemeente aan?
starter-region = Hoe wordt een landelijk plan een plan voor jouw gebied?
starter-outdoors = Wat zie je buiten, dat vanachter een bureau niet te zien is?
starter-same-area = Waar raken jullie plannen elkaar in hetzelfde gebied?
starter-water-in-plan = Wanneer komt water in een plan aan bod, en wat gaat er dan beter?
starter-street-and-ditch = Waar komt jullie werk samen: in welke straat, sloot of polder?
starter-met-in-practice = Wat kom je in de uitvoering tegen, dat in het beleid nog ontbreekt?
