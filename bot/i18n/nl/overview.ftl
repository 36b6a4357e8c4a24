overview-summary = jouw kaart, je netwerk en wat er openstaat
overview-about = je overzicht
overview-koffies = Open koffies
overview-no-koffies = Er staat niets open.
overview-active = Je bent vindbaar, en je doet mee.
overview-paused = Je hebt iets op pauze staan.
overview-ask = Vraag om koffie
overview-profile = Mijn profiel
overview-pause = Even pauze
overview-resume = Verder
overview-title = Koffie in cijfers
overview-as-of = Stand van { $day }
overview-by = Dit overzicht is van { $operator }.
overview-headline = Bij de start kon { $start } % iemand bij een andere overheid bellen. Na drie maanden is dat { $later } %.
overview-headline-start = Bij de start kon { $start } % iemand bij een andere overheid bellen.
overview-headline-none = Dit overzicht groeit mee met het netwerk.
overview-officials = Deelnemers
overview-organisations = Organisaties
overview-ties = Contacten
overview-days-to-yes = Werkdagen tot ja
overview-days-to-koffie = Werkdagen tot koffie
overview-few = minder dan 5
overview-not-yet = nog te weinig
overview-number = Aantal
overview-percent = Percentage
overview-nationwide = Heel Nederland
overview-ties-title = Wie kent wie, per laag
overview-ties-topic = Wie kent wie rond { $topic }
overview-ties-between = De meeste contacten zijn er tussen { $one } en { $other }: ongeveer { $count }.
overview-ties-same = De meeste contacten zijn er binnen de laag { $layer }: ongeveer { $count }.
overview-ties-none = Er zijn nog te weinig contacten om te tonen.
overview-ties-about = Elk vak telt hoeveel paren elkaar kennen. Leeg betekent: minder dan vijf.
overview-growth-title = Zo groeit het netwerk
overview-growth-says = Op { $since } waren er ongeveer { $before } deelnemers. Nu zijn het er ongeveer { $now }.
overview-growth-none = De groei is te zien zodra er meer maanden zijn.
overview-growth-about = Elke maand komt er een stand bij.
overview-map-title = Wie doet mee aan welke opgave
overview-map-says =
    { $whole ->
        [0] Nog nergens doen alle vier de lagen mee met vijf mensen of meer.
        [one] Bij één van de { $topics } opgaven doen alle vier de lagen mee, elk met vijf mensen of meer.
       *[other] Bij { $whole } van de { $topics } opgaven doen alle vier de lagen mee, elk met vijf mensen of meer.
    }
overview-map-none = Er zijn nog te weinig deelnemers om per opgave te tonen.
overview-map-about = Een leeg vak is een gat: minder dan vijf, of nog niemand. Ken jij daar iemand?
overview-koffies-title = Van vraag naar koffie
overview-koffies-says = Bij { $share } % van de vragen zeiden allebei ja.
overview-koffies-none = Er zijn nog te weinig koffies om te tonen.
overview-koffies-about = Alleen koffies die voorbij zijn tellen mee. Een nee en een stilte tellen hetzelfde.
overview-koffies-ended = Gevraagd
overview-koffies-agreed = Allebei ja
overview-koffies-drunk = Koffie gedronken
overview-met-title = Nieuwe contacten over de lagen heen
overview-met-says = Koffie bracht ongeveer { $count } paren van verschillende lagen bij elkaar.
overview-met-none = Er zijn nog te weinig nieuwe contacten om te tonen.
overview-met-about = Deze paren kenden elkaar nog niet.
overview-pair = { $one } en { $other }
overview-alive-title = Contacten die blijven
overview-alive-says = Van de contacten leeft { $share } % nog na drie maanden.
overview-alive-none = Dit is te zien zodra er genoeg contacten drie maanden oud zijn.
overview-alive-about = Een contact leeft als een van beiden zegt dat ze elkaar nog spreken.
overview-alive-after = Na { $months } maanden
overview-calls-title = Hoeveel mensen kunnen iemand bellen?
overview-calls-about = Aantal antwoorden bij de start: { $start }. Na drie maanden: { $later }. Niemand hoeft te antwoorden.
overview-calls-start = Bij de start
overview-calls-later = Na drie maanden
overview-felt-title = Hoe voelde de koffie?
overview-felt-says = Aan { $energy } % gaf de koffie energie. Voor { $equal } % voelde het gelijkwaardig.
overview-felt-none = Er zijn nog te weinig antwoorden om te tonen.
overview-felt-about = Zo veel van de antwoorden waren een volle ja. Niemand ziet wie wat zei.
overview-felt-energy = Gaf energie
overview-felt-equal = Voelde gelijkwaardig
overview-provinces-title = Deelnemers per provincie
overview-provinces-says =
    { $count ->
        [0] Er zijn nog te weinig deelnemers om per provincie te tonen.
        [one] In één provincie doen vijf mensen of meer mee.
       *[other] In { $count } provincies doen vijf mensen of meer mee.
    }
overview-provinces-about = Heel Nederland: organisaties zonder eigen provincie, zoals een ministerie.
overview-colleagues-title = Grote en kleine plekken
overview-colleagues-says = Ongeveer { $share } % is de enige van de eigen organisatie.
overview-colleagues-none = Er zijn nog te weinig deelnemers om dit te tonen.
overview-colleagues-about = Hoeveel collega’s van dezelfde organisatie doen er mee?
overview-colleagues-alone = In je eentje
overview-colleagues-few = Met twee tot vier
overview-colleagues-many = Met vijf of meer
overview-skip = Naar de cijfers
overview-contents = Op deze pagina
overview-at-a-glance = In het kort
overview-as-table = Dezelfde cijfers als tabel
overview-download = Download alle cijfers (CSV)
overview-how = Zo beschermen we mensen
overview-how-few = Een getal onder de vijf staat er nooit. Nul en een paar zien er hetzelfde uit.
overview-how-noise = Elk getal is een klein beetje verschoven. Optellen en aftrekken klopt dus niet precies. Zo kan niemand terugrekenen wie iets deed.
overview-how-month = De cijfers veranderen één keer per maand. Een getal schuift pas als er vijf bij zijn gekomen of af zijn gegaan.
overview-how-nobody = Er staat niemand in met naam. Wie nee zei, is nergens te zien.
overview-subject = Onderwerp
overview-column-row = Regel
overview-column = Kolom
overview-guarded = De getallen zijn een klein beetje verschoven, zodat niemand is terug te rekenen.
