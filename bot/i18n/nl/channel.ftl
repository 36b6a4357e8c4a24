channel-name = de koffierondes over { $topic }
channel-name-none = de koffierondes zonder onderwerp
channel-weekly =
    { $weeks ->
        [1] elke week op { $day } om { $at } uur
       *[other] elke { $weeks } weken op { $day } om { $at } uur
    }
channel-monthly-day = elke maand op de { $day }e om { $at } uur
channel-monthly-last = elke maand op de laatste dag om { $at } uur
channel-monthly-weekday =
    elke maand op de { $nth ->
        [1] eerste
        [2] tweede
        [3] derde
        [4] vierde
       *[other] laatste
    } { $day } om { $at } uur
channel-by-hand = met de hand
channel-welcome = Bij dit kanaal hoort de opgave { $topic }. Hier ontmoeten ambtenaren van alle overheden elkaar. Regelmatig maak ik koffiekoppels over de lagen heen. Steeds een half uur, zonder agenda.
channel-welcome-none = Hier ontmoeten ambtenaren van alle overheden elkaar. Regelmatig maak ik koffiekoppels over de lagen heen. Niet over een opgave, gewoon om kennis te maken. Steeds een half uur, zonder agenda.
channel-welcome-how = Meedoen mag, niet meedoen is ook goed. Kies Doe mee, of stuur mij: doe mee.
channel-join = Doe mee
channel-not-admin = Dat kan alleen een beheerder. Er is niets veranderd. Wil je een kanaal voor jouw opgave? Typ: koffie-beheer kanaal nieuw, en dan je opgave.
channel-not-opener = Dat kan hier alleen een beheerder. Er is niets veranderd. Wil je een kanaal voor jouw opgave? Vraag het aan wie mij beheert: typ over.
channel-sensitive-opens = { $topic } is een gevoelige opgave. Alleen een beheerder of wie de opgave voorstelde opent er een kanaal voor. Er is niets veranderd. Wil je een kanaal? Vraag het aan wie mij beheert: typ over.
channel-not-steward = Dat kan alleen een beheerder van { $channel }. Er is niets veranderd.
channel-gone = Dit kanaal is er niet meer. Er is niets veranderd.
channel-bound-already = Dit gesprek hoort al bij { $channel }. Er is niets veranderd.
channel-bound-elsewhere = Dit gesprek hoort al bij { $channel }. Eén gesprek heeft één opgave. Er is niets veranderd.
channel-rhythm-weekend = In het weekend houd ik geen rondes. Kies een dag van maandag tot en met vrijdag.
channel-rhythm-closed = Dan is bijna niemand aan het werk. Kies een tijd tussen { $opens } en { $closes } uur.
channel-short-none = Zonder onderwerp
channel-join-summary = meedoen met de koffierondes van een kanaal
channel-join-which = Waar wil je aan meedoen?
channel-which-about = het kanaal
channel-none-yet = Er zijn nog geen koffierondes voor jouw opgaven. Je kunt wel zelf om koffie vragen: typ koffie.
channel-of-topic-none = Voor die opgave zijn er nog geen koffierondes. Je kunt wel zelf om koffie vragen: typ koffie.
channel-no-topic = Die opgave ken ik niet. Probeer een ander woord, zoals stikstof. Of stel hem voor: typ opgave nieuw.
channel-unsure = Bedoel je { $one }? Typ het nog eens, met die naam.
channel-several = Bedoel je { $one } of { $other }? Typ het nog eens, met die naam.
channel-too-broad = Het thema { $theme } is een heel terrein. Kies één concrete opgave, zoals stikstof of woningbouw.
channel-joined = Leuk! Je doet mee met { $channel }.
channel-joined-already = Je deed al mee met { $channel }.
channel-next = De volgende is op { $moment } uur. Dan stel ik je voor aan een collega die je nog niet kent.
channel-how-to-leave = Komt het een keer niet uit? Typ sla over. Helemaal niet meer? Typ stop.
channel-joined-none = Je doet met geen enkele koffieronde mee. Wil je dat wel? Typ doe mee.
channel-leave-summary = niet meer meedoen met de koffierondes
channel-leave-which = Waarmee wil je stoppen?
channel-left = Prima. Je doet niet meer mee met { $channel }. Van gedachten veranderd? Typ doe mee.
channel-left-already = Je deed al niet mee met { $channel }.
channel-admin-summary = een kanaal openen voor je opgave, en de koffierondes instellen
channel-admin-help = Dit kun je instellen. Zet er de naam van de opgave bij, of typ het in het gesprek zelf.
channel-admin-unknown = Dat ken ik niet. Dit kun je instellen. Zet er de naam van de opgave bij, of typ het in het gesprek zelf.
channel-admin-more = Typ het zo:
channel-admin-channels = Een kanaal
channel-admin-rounds = De rondes
channel-admin-settings = Ritme, groep en regels
channel-admin-people = Samen beheren
channel-admin-topics = De opgaven
channel-admin-new = koffie-beheer kanaal nieuw stikstof
channel-admin-bind = koffie-beheer kanaal koppel stikstof
channel-admin-let-go = koffie-beheer kanaal los
channel-admin-invite = koffie-beheer kanaal uitnodiging stikstof
channel-admin-rhythm = koffie-beheer ritme elke 2 weken op dinsdag om 10 uur
channel-admin-group = koffie-beheer groep 3
channel-admin-start = koffie-beheer ronde start
channel-admin-today = koffie-beheer ronde vandaag om 13 uur
channel-admin-show = koffie-beheer ronde toon
channel-admin-overview = koffie-beheer overzicht stikstof
channel-made = Gemaakt: { $channel }.
channel-made-next = Ga nu naar het gesprek waar het bij hoort. Typ daar: koffie-beheer kanaal koppel { $words }.
channel-new-which = Voor welke opgave? Typ bijvoorbeeld: koffie-beheer kanaal nieuw stikstof.
channel-bind-where = Dat kan alleen in het gesprek dat je wilt koppelen. Ga daarheen en typ het nog eens.
channel-bound = Gedaan. Dit gesprek hoort nu bij { $channel }. Iedereen leest hier wat dat betekent.
channel-let-go = Gedaan. Dit gesprek hoort niet meer bij { $channel }. Moet het terug? Typ hier: koffie-beheer kanaal koppel, en dan de opgave.
channel-let-go-none = Dit gesprek hoort bij geen kanaal. Er is niets veranderd.
channel-bound-next = Kies nu een ritme, zoals: koffie-beheer ritme elke 2 weken op dinsdag om 10 uur.
channel-which = Welk kanaal bedoel je? Zet de naam van de opgave erbij, of typ het in het gesprek zelf.
channel-none-yet-admin = Er is nog geen kanaal. Maak er een: koffie-beheer kanaal nieuw stikstof.
channel-rhythm-unclear = Dat ritme begreep ik niet. Schrijf het zo: elke 2 weken op dinsdag om 10 uur. Of: eerste dinsdag van de maand. Of: met de hand.
channel-rhythm-set = Gedaan: { $channel } zijn voortaan { $rhythm }.
channel-rhythm-first = De eerste is op { $moment } uur. Twee werkdagen ervoor kondig ik hem aan in het kanaal.
channel-rhythm-by-hand = Er begint niets vanzelf. Wil je een ronde? Typ: koffie-beheer ronde start.
channel-rhythm = Ritme
channel-members = Deelnemers
channel-group-unclear = Hoeveel mensen aan één tafel? Kies 2, 3 of 4, zoals: koffie-beheer groep 3.
channel-stopped = Gestopt: { $channel }. Meedoen kan dus niet meer. Zelf om koffie vragen kan altijd: typ koffie.
channel-stopped-lately = Gestopt: { $channel }. Dat is nog geen dag geleden. Morgen kan hier een nieuw kanaal komen.
channel-for-others = De rondes zijn nu alleen voor { $layers }. Ik stel je voor zodra ze ook voor jouw overheid zijn. Zelf om koffie vragen kan altijd: typ koffie.
