koffie-summary = koffie vragen, of zien wat er openstaat
koffie-topic = { $nl }
koffie-yes = Graag
koffie-not-now = Nu even niet
koffie-known = Ken ik al
koffie-other = Niet ik, wel …
koffie-yes-at = Graag, met { $place }
koffie-known-at = Ken ik al: { $place }
koffie-none-now = Nu even niet
koffie-question = Zin in koffie?
koffie-people = Voor { $people }.
koffie-person = { $name } ({ $place })
koffie-colleague = een collega bij { $place }
koffie-somewhere = een andere overheid
koffie-nameless =
    { $seats ->
        [2] Ik noem nog geen namen. Dat doe ik als jullie allebei ja zeggen.
       *[other] Ik noem nog geen namen. Dat doe ik als jullie allemaal ja zeggen.
    }
koffie-how = Een half uur, zonder agenda. Je spreekt niet namens je organisatie. Antwoorden kan tot en met { $day }.
koffie-why-topic-both = Jullie werken allebei aan de opgave { $topic }.
koffie-why-topic-leads = Jullie hebben allebei de opgave { $topic }. Een van jullie leidt die.
koffie-why-topic-shared = Jullie hebben allebei te maken met de opgave { $topic }.
koffie-why-topic-one = Een van jullie werkt aan de opgave { $topic }, de ander wil er meer over weten.
koffie-why-layers = Jullie werken bij verschillende overheden: { $one } en { $other }.
koffie-why-province = Jullie werken allebei in { $province }.
koffie-why-meet = Jullie kennen elkaar nog niet.
koffie-bundle =
    { $count ->
        [2] Twee collega's willen kennismaken. Kies er één, of verwijs door.
        [3] Drie collega's willen kennismaken. Kies er één, of verwijs door.
       *[other] { $count } collega's willen kennismaken. Kies er één, of verwijs door.
    }
koffie-bundle-together =
    { $count ->
        [2] Twee collega's willen kennismaken. Kies er één, nodig ze samen uit, of verwijs door.
       *[other] Drie collega's willen kennismaken. Kies er één, nodig ze samen uit, of verwijs door.
    }
koffie-together = Nodig ze samen uit
koffie-together-asked = Mooi. Ik vraag het iedereen tegelijk, jou ook. Deze vraag komt in de plaats van de losse vragen.
koffie-together-not-now = Samen kan nu niet meer. Kies gerust een van de collega's. Er is niets veranderd.
koffie-why-together = Jullie wilden kennismaken. Zo doen jullie dat in één keer, samen.
koffie-about = koffie met { $others }
koffie-about-topic = koffie over { $topic } met { $others }
koffie-about-bundle = de collega's die willen kennismaken
koffie-about-more-open = je andere vragen
koffie-nothing-open = Er staat nu geen vraag van mij open. Zin in koffie? Typ koffie.
koffie-again = Het gaat om de { $about }.
koffie-reminder = Ik wacht nog op je antwoord. Het gaat om de { $about }. Geen tijd? Nee is ook goed. Na { $day } vervalt de vraag vanzelf.
koffie-off = De { $about } komt er nu niet van. Dat zegt niets over jou.
koffie-look-on = Zoek verder
koffie-pause = Even pauze
koffie-agreed =
    { $more ->
        [0] Leuk, jullie zeggen allebei ja. { $me }, dit is { $others }.
       *[other] Leuk, jullie zeggen allemaal ja. { $me }, dit zijn { $others }.
    }
koffie-route = Contact { $route }
koffie-agreed-next = Ik stel je zo een paar momenten voor. Liever zelf iets kiezen? Dat kan ook.
koffie-introduced =
    { $more ->
        [0] { $all }, jullie zeggen allebei ja. Dit gesprek is van jullie twee.
       *[other] { $all }, jullie zeggen allemaal ja. Dit gesprek is van jullie samen.
    }
koffie-introduced-next = Ik stel jullie ieder apart een paar momenten voor. Ik lees hier niet mee.
koffie-all-known =
    { $seats ->
        [2] Jullie zeggen allebei dat jullie elkaar al kennen: { $others }. Dat onthoud ik.
       *[other] Jullie zeggen allemaal dat jullie elkaar al kennen: { $others }. Dat onthoud ik.
    }
koffie-more-open =
    { $count ->
        [1] Je hebt nog één andere vraag open. Zal ik die intrekken? De ander merkt er niets van.
       *[other] Je hebt nog { $count } andere vragen open. Zal ik die intrekken? De anderen merken er niets van.
    }
koffie-take-back = Trek in
koffie-leave-open = Laat open
koffie-left-open = Prima, die vragen blijven open.
koffie-withdrawn =
    { $count ->
        [1] Ingetrokken. De ander merkt er niets van.
       *[other] Ingetrokken. De anderen merken er niets van.
    }
koffie-asked-now = Mooi. Ik vraag het nu aan jullie allebei.
koffie-asked-later = Mooi. Ik vraag het aan jullie allebei op { $moment }.
koffie-thanks-yes =
    { $seats ->
        [2] Leuk! Zodra jullie allebei ja zeggen, hoor je het. Na { $day } vervalt de vraag vanzelf.
       *[other] Leuk! Zodra jullie allemaal ja zeggen, hoor je het. Na { $day } vervalt de vraag vanzelf.
    }
koffie-thanks-not-now =
    { $seats ->
        [2] Prima. De ander hoort dat niet van mij. Bedenk je je? Typ koffie. Dat kan tot en met { $day }.
       *[other] Prima. De anderen horen dat niet van mij. Bedenk je je? Typ koffie. Dat kan tot en met { $day }.
    }
koffie-thanks-known =
    { $seats ->
        [2] Goed om te weten. Jij krijgt deze collega niet meer in je lijsten. Zegt de ander het ook? Dan zet ik jullie bij elkaars bekenden.
       *[other] Goed om te weten. Jij krijgt deze collega's niet meer in je lijsten. Zeggen de anderen het ook? Dan zet ik jullie bij elkaars bekenden.
    }
koffie-none-left = Je hebt op alle vragen al antwoord gegeven. Er is niets veranderd.
koffie-other-title = Niet ik, wel …
koffie-other-submit = Doorgeven
koffie-other-prompt = Wie kan dit beter doen? Typ de naam van je collega.
koffie-other-empty = Typ de naam van je collega, of stop.
koffie-other-thanks = Dank je. Doet je collega hier mee? Dan stel ik die als eerste voor als de ander verder zoekt. Doet je collega nog niet mee? Stuur dan dit door:
koffie-forward = „Hoi! Iemand bij een andere overheid zocht een collega voor een half uur koffie. Ik dacht aan jou. Wil je? Meld je dan aan bij Koffie.”
koffie-forward-topic = „Hoi! Iemand bij een andere overheid zocht een collega voor een half uur koffie over { $topic }. Ik dacht aan jou. Wil je? Meld je dan aan bij Koffie.”
koffie-needs-route = Leuk! Jullie zitten niet in dezelfde chat. Geef eerst een mailadres of nummer. De ander krijgt het pas als jullie allebei ja zeggen. Daarna kun je Graag kiezen.
koffie-proposal =
    { $count ->
        [1] Ik denk aan deze collega. Zal ik het vragen? Jullie krijgen de vraag allebei tegelijk.
       *[other] Wie bedoel je? Jullie krijgen de vraag allebei tegelijk.
    }
koffie-ask = Vraag om koffie
koffie-ask-one = Vraag er een aan
koffie-no-person = Ik vind niemand met die naam die ik nu kan vragen. Noem gerust een opgave, zoals: koffie over stikstof.
koffie-nobody = Ik heb nu niemand om voor te stellen. Noem een andere opgave, zoals: koffie over woningbouw.
koffie-nobody-topic = Ik heb hiervoor nu niemand om voor te stellen. Zullen we breder kijken?
koffie-nobody-look = Kijk breder
koffie-open =
    { $count ->
        [1] Je hebt één koffie open.
       *[other] Je hebt { $count } koffies open.
    }
koffie-card = De { $about }
koffie-status-planned = Ik vraag het jullie allebei op { $moment }.
koffie-status-silent = Ik wacht op jouw antwoord. Dat kan tot en met { $day }.
koffie-status-yes = Jij zei: Graag. Na { $day } vervalt de vraag vanzelf.
koffie-status-not-now = Jij zei: Nu even niet. Veranderen kan tot en met { $day }.
koffie-status-known = Jij zei: Ken ik al. Veranderen kan tot en met { $day }.
koffie-status-other = Jij noemde iemand anders. Veranderen kan tot en met { $day }.
koffie-answer = Antwoord
koffie-change = Verander
koffie-withdraw = Trek in
koffie-refused = Deze koffie is er niet (meer). Er is niets veranderd.
koffie-refused-left = Je doet aan deze koffie niet meer mee. Er is niets veranderd.
koffie-refused-over = Deze vraag is verlopen. Er is niets veranderd. Typ koffie als je weer zin hebt.
koffie-refused-agreed = Jullie zeiden al allebei ja. Er is niets veranderd.
koffie-oneself = Dat ben jij zelf. Koffie drinken kan gelukkig ook alleen.
koffie-not-findable = Wie zelf te vinden is, kan vragen. Jij staat nu niet in de lijst. Typ verder, dan kan het weer.
koffie-acquainted = Jullie kennen elkaar al. Stuur gerust zelf een bericht.
koffie-open-already = Die vraag staat al open, tot en met { $day }. Typ koffie om hem te zien.
koffie-agreed-already = Jullie zeiden al allebei ja. Stuur gerust zelf een bericht.
koffie-apart = Jullie koffie kwam er net niet van. Zoek gerust iemand anders. Over een tijd kan het weer.
koffie-unavailable = Deze collega kan ik nu niet vragen. Zoek gerust iemand anders.
koffie-limit =
    { $count ->
        [1] Je hebt al een vraag open. Vanaf { $day } kan er weer een bij. Zo krijgt iedereen rustig de tijd.
       *[other] Je hebt al { $count } vragen open. Vanaf { $day } kan er weer een bij. Zo krijgt iedereen rustig de tijd.
    }
koffie-full = Deze collega heeft nu genoeg koffies. Er is weer plek vanaf { $day }. Dat geldt voor iedereen.
