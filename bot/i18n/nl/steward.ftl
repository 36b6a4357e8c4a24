steward-group = Aan één tafel
steward-group-size =
    { $size ->
        [2] 2 mensen
       *[other] { $size } mensen
    }
steward-state = Rondes
steward-running = gaan gewoon door
steward-paused = op pauze
steward-paused-until = op pauze tot en met { $last }
steward-is-stopped = gestopt
steward-layers = Wie mee kan doen
steward-layers-all = iedereen, van alle overheden
steward-gap = Rust tussen twee koffies
steward-gap-usual = { $days } dagen, zoals overal
steward-gap-days = { $days } dagen
steward-month = Hoe vaak
steward-month-own = in ieders eigen tempo
steward-month-most =
    { $count ->
        [one] hoogstens 1 keer per maand
       *[other] hoogstens { $count } keer per maand
    }
steward-across = Met wie
steward-across-only = alleen iemand van een andere laag
steward-across-rather = liefst iemand van een andere laag
steward-distance = Afstand
steward-anywhere = maakt niet uit
steward-near = liefst in de buurt
steward-far = liefst ver weg
steward-koepels = Koepels doen mee
steward-yes = ja
steward-no = nee
steward-formats = Hoe je elkaar spreekt
steward-formats-all = alle vormen
steward-favours = Voorrang
steward-favours-none = zoals overal
steward-favour-new = nieuwe organisaties eerst
steward-favour-small = kleine organisaties eerst
steward-favour-parts = trekkers met uitvoerders
steward-set = Gedaan. Zo gaan { $channel } voortaan:
steward-undo = Ongedaan maken
steward-undo-about = je laatste wijziging
steward-meanwhile = Let op: { $who } had dit net anders gezet, op { $moment } uur. Dat was: { $what }.
steward-same = Dat was al zo. Er is niets veranderd.
steward-stopped = Gestopt: { $channel }. Er is niets veranderd. Wil je verder? Typ binnen een dag: koffie-beheer ongedaan. Daarna kan er een nieuw kanaal komen.
steward-gap-range = Kies tussen { $least } en { $most } dagen rust, zoals: koffie-beheer regels tussenpoos 14 dagen.
steward-month-range = Kies { $least } tot { $most } keer per maand, zoals: koffie-beheer regels hoogstens 2 per maand.
steward-layers-one = Met één laag leer je elkaar niet kennen. Kies er minstens twee, zoals: koffie-beheer lagen rijk provincie.
steward-layers-unclear = Welke overheden doen mee? Kies uit rijk, provincie, gemeente, waterschap en overig, of alle. Zoals: koffie-beheer lagen provincie gemeente.
steward-rules = De regels van { $channel }:
steward-rules-how = Wil je iets anders? Typ bijvoorbeeld: koffie-beheer regels nabij, hoogstens 1 per maand. Of: tussenpoos 14 dagen, andere laag, koepels ja, vormen live bellen, nieuwe organisaties eerst.
steward-rules-unclear = Die regel ken ik niet. Er is niets veranderd. Schrijf het zo: koffie-beheer regels nabij, hoogstens 1 per maand. Typ koffie-beheer regels om te zien wat er kan.
steward-skipped = Gedaan. De ronde van { $moment } uur gaat niet door: { $channel }. Ik zeg het in het kanaal.
steward-skipped-next = De volgende is op { $moment } uur.
steward-skip-none = Er komt nog geen ronde aan, dus er is niets om over te slaan.
steward-pause-past = Die dag is al voorbij. Kies een dag die nog komt, zoals: koffie-beheer pauze tot 1 maart.
steward-pause-which = Bedoel je { $one } of { $other }? Typ het nog eens, met die dag.
steward-pause-unclear = Tot wanneer begreep ik niet. Schrijf het zo: koffie-beheer pauze tot 1 maart.
steward-paused-now = Gedaan: { $channel } zijn { $state }. Ik zeg het in het kanaal.
steward-paused-open = Wie al een vraag kreeg, kan gewoon antwoorden. Ik vraag niemand meer iets nieuws.
steward-paused-back = Weer beginnen? Typ: koffie-beheer verder.
steward-runs-already = Niet op pauze: { $channel }. Er is niets veranderd.
steward-resumed = Gedaan: { $channel } gaan weer verder. Ik zeg het in het kanaal.
steward-rests-still = Nu zijn de rondes op pauze. Weer beginnen? Typ: koffie-beheer verder.
steward-stopped-now = Gedaan: { $channel } stoppen. Ik bedank iedereen in het kanaal. Over een dag vergeet ik wie meedeed.
steward-told-running = De koffierondes hier gaan weer verder.
steward-told-paused = De koffierondes hier hebben even pauze. Kreeg je al een vraag? Die kun je gewoon beantwoorden. Zelf om koffie vragen kan altijd: typ koffie.
steward-told-paused-until = De koffierondes hier hebben pauze tot en met { $last }. Kreeg je al een vraag? Die kun je gewoon beantwoorden. Zelf om koffie vragen kan altijd: typ koffie.
steward-told-stopped = De koffierondes hier stoppen. Dank je wel dat je meedeed! Kreeg je al een vraag? Die kun je gewoon beantwoorden. Zelf om koffie vragen kan altijd: typ koffie.
steward-told-skipped = De koffieronde van { $moment } uur gaat een keer niet door.
steward-told-next = De volgende is op { $moment } uur.
steward-told-revived = De koffieronde van { $moment } uur gaat toch door.
steward-told-in = Je beheert weer mee: { $channel }.
steward-undone = Ongedaan gemaakt. Dit geldt weer voor { $channel }:
steward-undone-act =
    { $act ->
        [skip] Ongedaan gemaakt. De ronde gaat toch door: { $channel }.
        [phase] Ongedaan gemaakt. De fase is weer zoals die was.
        [code-off] Ongedaan gemaakt. De code werkt weer.
        [bound] Ongedaan gemaakt. Het gesprek hoort niet meer bij { $channel }.
        [steward-asked] Ongedaan gemaakt. De vraag geldt niet meer. Zei die collega al ja? Dan beheert die niet meer mee: { $channel }.
        [topic-name] Ongedaan gemaakt. De naam van de opgave is weer zoals die was.
        [topic-words] Ongedaan gemaakt. De andere woorden zijn weer zoals ze waren.
        [topic-themes] Ongedaan gemaakt. Het thema is weer zoals het was.
        [topic-parts] Ongedaan gemaakt. De deelvragen zijn weer zoals ze waren. Wie er een koos die weg was, kiest die opnieuw.
        [topic-sensitive] Ongedaan gemaakt. De opgave is weer gewoon.
        [topic-open] Ongedaan gemaakt. De opgave is weer gevoelig.
        [topic-team] Ongedaan gemaakt. De regel staat weer bij de opgave.
       *[other] Ongedaan gemaakt: { $channel }.
    }
steward-undo-none = Je hebt hier de laatste dag niets veranderd. Er is niets om ongedaan te maken.
steward-undo-otherwise =
    { $act ->
        [round] Je laatste stap was: { $what }. Wil je die ronde niet? Typ: koffie-beheer ronde sla over.
        [round-today] Je laatste stap was: { $what }. Wil je die ronde niet? Typ: koffie-beheer ronde sla over.
        [let-go] Je laatste stap was: { $what }. Moet het terug? Typ in dat gesprek: koffie-beheer kanaal koppel, en dan de opgave.
        [topic-merged] Je laatste stap was: { $what }. Moet er weer een uit? Typ: koffie-beheer opgave splitsen, en dan de naam.
        [topic-closed] Je laatste stap was: { $what }. Moet die weer open? Typ: koffie-beheer opgave heropen, en dan de naam.
       *[other] Je laatste stap was: { $what }. Moet het anders? Zet het zelf weer zoals het was. Typ koffie-beheer hulp om te zien hoe.
    }
steward-undone-already = Dat was al ongedaan gemaakt.
steward-undo-late = Daarvoor is het te laat. Er is niets veranderd. Zet het zelf zoals je het wilt: typ koffie-beheer.
steward-undo-changed = Iemand heeft dit daarna weer veranderd. Daarom laat ik het zo. Typ koffie-beheer logboek om te zien wat er gebeurde.
steward-card = Zo staat het met { $channel }:
steward-stewards = Beheerders
steward-stewards-none = nog niemand
steward-card-how = Iets veranderen? Typ: koffie-beheer instellen.
steward-log = Wat er veranderde bij { $channel }:
steward-log-empty = Er is nog niets veranderd.
steward-log-line = { $moment } uur, { $who }: { $what }
steward-log-undone = { $moment } uur, { $who }: { $what } (ongedaan gemaakt)
steward-log-somebody = iemand die hier niet meer is
steward-log-set = { $setting }: { $value }
steward-did =
    { $act ->
        [skip] één ronde overgeslagen
        [opened] kanaal geopend
        [bound] een gesprek gekoppeld
        [let-go] een gesprek losgemaakt
        [topic-new] de opgave voorgesteld
        [steward-asked] een collega gevraagd mee te beheren
        [steward-in] een beheerder erbij
        [steward-out] een beheerder minder
        [round] een ronde gestart
        [round-today] een ronde van één dag gestart
        [code-off] de uitnodigingscode ingetrokken
        [topic-name] de opgave een andere naam gegeven
        [topic-words] andere woorden voor de opgave gekozen
        [topic-themes] het thema van de opgave gekozen
        [topic-parts] de deelvragen gekozen
        [topic-sensitive] de opgave op gevoelig gezet
        [topic-open] de opgave weer gewoon gemaakt
        [topic-team] een regel over een team weggehaald
        [topic-closed] de opgave gesloten
        [topic-reopened] de opgave heropend
        [topic-merged] twee opgaven samengevoegd
        [topic-split] twee opgaven weer gesplitst
       *[other] iets anders
    }
steward-example-show = koffie-beheer kanaal toon
steward-example-layers = koffie-beheer lagen rijk provincie gemeente
steward-example-rules = koffie-beheer regels nabij, hoogstens 1 per maand
steward-example-skip = koffie-beheer ronde sla over
steward-example-pause = koffie-beheer pauze tot 1 maart
steward-example-resume = koffie-beheer verder
steward-example-stop = koffie-beheer stop
steward-example-log = koffie-beheer logboek
steward-example-undo = koffie-beheer ongedaan
steward-who = Wie bedoel je? Schrijf het zo: koffie-beheer beheerder erbij Jan de Vries.
steward-asked = Als ik deze collega ken, vraag ik of die mee wil beheren: { $channel }. Bij een ja hoor je het. Meer vertel ik niet.
steward-in-already = Die beheert al mee. Er is niets veranderd.
steward-question = { $name } vraagt of je mee wilt beheren: { $channel }.
steward-question-what = Je kiest dan samen het ritme en de regels. Wie ja of nee zegt op een koffie, zie je nooit.
steward-question-yes = Ja, ik doe het
steward-question-no = Liever niet
steward-question-about = of je mee wilt beheren
steward-question-lapsed = Die vraag is vervallen. Er is niets veranderd.
steward-accepted = Fijn! Je beheert nu mee: { $channel }.
steward-declined = Prima. Ik zeg er niets over.
steward-told-accepted = { $name } beheert voortaan mee: { $channel }.
steward-told-out = Je beheert niet meer mee: { $channel }. Meedoen met de koffie kan gewoon.
steward-removed-self = Gedaan. Je beheert niet meer mee: { $channel }. Meedoen met de koffie kan gewoon.
steward-removed = Gedaan. Die beheert niet meer mee: { $channel }.
steward-out-nobody = Die beheert hier niet mee. Er is niets veranderd. Typ koffie-beheer kanaal toon om te zien wie wel.
steward-out-several = Er beheren er twee mee met die naam. Schrijf de hele naam.
steward-out-last = Jij bent de laatste beheerder hier. Vraag eerst iemand erbij: koffie-beheer beheerder erbij, en dan de naam. Of stop: koffie-beheer stop.
steward-export = Hier zijn de instellingen en de cijfers: { $channel }. Er staat niets in over personen.
steward-example-add = koffie-beheer beheerder erbij Jan de Vries
steward-example-remove = koffie-beheer beheerder eraf Jan de Vries
steward-example-export = koffie-beheer export csv
steward-form-title = Kanaal instellen
steward-form-submit = Opslaan
steward-form-which = Welk kanaal wil je instellen?
steward-form-rhythm = Wanneer is er een koffieronde?
steward-form-rhythm-hint = Staat jouw ritme er niet bij? Typ dan straks: koffie-beheer ritme laatste donderdag van de maand om 9 uur.
steward-form-group = Hoeveel mensen aan één tafel?
steward-form-group-hint = Kies 2, 3 of 4. Nu is het { $size }.
steward-form-layers = Wie kan er meedoen?
steward-form-layers-hint = Nu is dat: { $layers }. Kies er twee of meer, zoals: 1 2 3.
steward-form-group-unclear = Dat begreep ik niet. Kies 2, 3 of 4.
steward-form-layers-unclear = Dat begreep ik niet. Kies er twee of meer, zoals: rijk provincie. Of: alle.
steward-form-layers-one = Met één laag leer je elkaar niet kennen. Kies er minstens twee, zoals: rijk provincie.
steward-form-pause-unclear = Tot wanneer begreep ik niet. Schrijf het zo: tot 1 maart.
steward-form-pause-past = Die dag is al voorbij. Kies een dag die nog komt, zoals: tot 1 maart.
steward-form-pause = Even pauze?
steward-form-pause-hint = Liever tot een andere dag? Typ dan straks: koffie-beheer pauze tot 1 maart.
steward-form-run = geen pauze
steward-form-open = op pauze tot ik verder typ
steward-form-same = Er is niets veranderd. Alles staat nog zoals het stond.
steward-form-meanwhile = Iemand anders veranderde intussen dit. Dat liet ik zo, bij { $channel }:
steward-example-form = koffie-beheer instellen
