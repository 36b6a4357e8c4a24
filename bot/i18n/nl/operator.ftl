# What `koffie check` says to who runs the bot.
check-title = Staat alles goed?
check-part = Onderdeel
check-what = Wat ik zie
check-mend = Zo los je het op
check-all-well = Alles staat goed.
check-not-well = { $count ->
    [one] Eén ding vraagt aandacht.
   *[other] { $count } dingen vragen aandacht.
}

check-settings = instellingen
check-settings-well = Alle instellingen zijn goed gelezen.
check-settings-mend = Pas de omgeving of het bestand .env aan. Alle instellingen staan in docs/settings.md.

check-key = geheime sleutel
check-key-well = De sleutel is er.
check-key-none = Er is nog geen sleutel. De eerste start maakt er een.
check-key-fits = De sleutel past bij deze database.
check-key-other = De sleutel past niet bij deze database.
check-key-other-mend = Zet de sleutel terug waarmee deze database is gemaakt. Zonder die sleutel is versleutelde tekst niet te lezen.
check-key-wrong = { $problem }
check-key-mend = Zet koffie.key terug uit je back-up, of stel KOFFIE_SECRET_KEY in.

check-database = database
check-database-none = Er is nog geen database. De eerste start maakt { $file }.
check-database-folder = In de map van { $file } kan ik niets schrijven.
check-database-folder-mend = Geef de gebruiker van Koffie schrijfrechten op die map, of kies een andere KOFFIE_DATABASE_URL.
check-database-well = De database is bereikbaar.
check-database-away = De database is niet bereikbaar ({ $kind }).
check-database-away-mend = Kijk of de database draait en of KOFFIE_DATABASE_URL klopt.

check-schema = versie van de database
check-schema-well = De database heeft de juiste versie.
check-schema-old = De database past nog niet bij dit programma.
check-schema-old-mend = Maak een back-up en typ: koffie migrate
check-schema-newer = De database is gemaakt door een nieuwere versie van Koffie.
check-schema-newer-mend = Werk het programma bij.

check-register = register
check-register-well = { $organisations } organisaties en { $topics } opgaven, van { $dated }.
check-register-none = Er staan nog geen organisaties in.
check-register-none-mend = Typ: koffie migrate
check-register-old = De organisaties zijn van { $dated }, dat is ruim een jaar geleden.
check-register-old-mend = Haal nieuwe gegevens en typ: koffie import organisations BESTAND.csv

check-clockwork = wat er ligt te wachten
check-clockwork-well = Er ligt niets te lang te wachten.
check-clockwork-behind = { $count ->
    [one] Eén ding wacht te lang
   *[other] { $count } dingen wachten te lang
}, het oudste sinds { $since }.
check-clockwork-behind-mend = Kijk of de bot draait (koffie run) en wat er in het log staat.

check-events = berichten naar de bot
check-events-well = Alles van de laatste { $days } dagen is goed verwerkt.
check-events-failed = { $count ->
    [one] Eén bericht gaf een fout
   *[other] { $count } berichten gaven een fout
} in de laatste { $days } dagen.
check-events-failed-mend = Zoek in het log op 'failed' en meld de regel als fout.

check-messages = berichten van de bot
check-messages-well = Alle berichten zijn verstuurd of wachten op hun beurt.
check-messages-unknown = { $count ->
    [one] Van één bericht weet
   *[other] Van { $count } berichten weet
} niemand of het is aangekomen.
check-messages-unknown-mend = Je hoeft niets te doen: het wordt niet nog eens verstuurd. Gebeurt het vaker? Kijk dan naar de verbinding met het platform.
check-messages-faulty = { $count ->
    [one] Eén bericht kon
   *[other] { $count } berichten konden
} niet worden gemaakt.
check-messages-faulty-mend = Zoek in het log op 'outbox row' en meld de regel als fout.

check-due = taken op tijd
check-due-well = Er is geen taak opzij gezet.
check-due-aside = { $count ->
    [one] Eén taak is opzij gezet
   *[other] { $count } taken zijn opzij gezet
} na { $failures } mislukte pogingen.
check-due-aside-mend = Zoek in het log op 'due' en meld de regel als fout.

check-time = klok
check-time-well = Het is { $now } ({ $zone }).
check-time-server = De klok van de database loopt { $seconds } seconden anders dan die van deze machine.
check-time-back = De klok is teruggezet: er zijn berichten van { $newest }.
check-time-mend = Zet op alle machines de tijd gelijk (NTP).

check-audit = logboek
check-audit-well = Het logboek van wissen en melden is heel.
check-audit-broken = Het logboek klopt niet meer bij regel { $row }.
check-audit-broken-mend = Iemand schreef buiten Koffie om in de database. Vergelijk met een back-up.

check-reports = meldingen
check-reports-well = Er zijn geen nieuwe meldingen.
check-reports-unread = { $count ->
    [one] Er is één nieuwe melding.
   *[other] Er zijn { $count } nieuwe meldingen.
}
check-reports-unread-mend = Typ: koffie export BESTAND.json --reports

check-operator = beheerder
check-operator-well = { $operator }, op grond van: { $basis }.
check-operator-missing = Er staat nog niet wie deze bot beheert.
check-operator-missing-mend = Stel KOFFIE_OPERATOR in: zo weten mensen wie hun gegevens bewaart.
check-basis-missing = De wettelijke grondslag is nog niet gekozen.
check-basis-missing-mend = Overleg met je functionaris gegevensbescherming en stel KOFFIE_LEGAL_BASIS in.

check-demo = demo
check-demo-invented = In deze database staan verzonnen mensen.
check-demo-invented-mend = Kies een andere KOFFIE_DATABASE_URL voor echte mensen.
check-demo-real = In deze database staan echte mensen, en de demo speelt met verzonnen mensen.
check-demo-real-mend = Kies een andere KOFFIE_DATABASE_URL voor de demo, of stel een platform in.

check-platform = platform
check-platform-well = Klaar voor gebruik.
check-platform-none = Er is geen platform ingesteld.
check-platform-none-mend = Zie docs/settings.md.
check-platform-failed = De controle zelf ging mis ({ $kind }).
check-platform-failed-mend = Kijk of de machine verbinding heeft met het platform en of de instellingen kloppen.
