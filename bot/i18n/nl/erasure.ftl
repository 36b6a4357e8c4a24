erasure-summary = alles wissen wat ik van je bewaar
erasure-about = of ik alles van je wis
erasure-question = Ik wis wat ik bewaar: je profiel, je koffies en je antwoorden. Wat al bij je collega of in dit gesprek staat, kan ik niet terughalen.
erasure-yes = Wis alles
erasure-no = Toch niet
erasure-done = Klaar. Ik weet niets meer van je.
erasure-stay = Fijn. Alles blijft zoals het is.
erasure-nothing = Ik bewaar niets van je.
idle-question = We spraken elkaar een tijd niet. Wil je blijven meedoen? Hoor ik niets, dan wis ik op { $day } alles van je. Dat is ook goed.
idle-about = of je wilt blijven
idle-stay = Ik blijf
idle-erase = Wis mij
idle-erased = Ik hoorde niets meer van je. Zoals afgesproken heb ik alles gewist. Je bent altijd welkom.
my-data-summary = alles wat ik van je bewaar
my-data-nothing = Ik bewaar niets van je. Meedoen? Typ aanmelden.
my-data-also = Dit bewaar ik ook
my-data-joined = Je doet mee sinds
my-data-day = { $day }
my-data-consent = Waarom dit mag
my-data-consent-value = { $basis ->
        [consent] jij zei ja (tekst van { $version })
       *[task] publieke taak (tekst van { $version })
    }
my-data-accounts = Accounts
my-data-acquaintances = Wie je kent
my-data-koffies = Koffies
my-data-blocked = Geblokkeerd
my-data-lookups = Zoekvragen van deze week
my-data-watches = Waar je bericht van wilt
my-data-written = Wat je mij schreef
my-data-file = In het bestand staat alles, tot op de letter. Iets niet goed? Typ profiel.
