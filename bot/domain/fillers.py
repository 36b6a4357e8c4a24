"""Words in a question that carry no topic, layer, organisation or region."""

ARTICLES = frozenset("de het een t the a an onze mijn deze dit die dat our my".split())

AT = frozenset("bij van namens vanuit at from by".split())
"""After these an organisation follows."""

IN = frozenset("in rond rondom nabij omgeving near around within regio region".split())
"""After these a region follows."""

INNER = frozenset("beleid gebied overheid overheden policy".split())
"""Fillers that a topic's name may begin or end with ("landelijk gebied")."""

FILLERS = (
    ARTICLES
    | AT
    | IN
    | frozenset(
        """
        wie wat waar welke wanneer hoe ken kent kennen ik je jij jullie we wij me mij iemand collega
        collegas mensen
        persoon ambtenaar ambtenaren beleidsmedewerker beleidsmedewerkers medewerker medewerkers adviseur
        adviseurs
        contact contactpersoon contactpersonen tegenhanger
        er gaat gaan over aan om op voor met te tot en of ook maar als dan nog wel niet naar uit per ter via
        werk werkt werken werkzaam doet doen zit zitten is zijn was heb hebt heeft hebben kan kun kunt kunnen
        weet weten iets alles verstand kennis ervaring bezig houdt houden zich mee daar daarvan hier
        zoek zoekt zoeken wil willen zou graag help helpen helpt spreken praten vinden vind
        hoi hallo hey dag goedemorgen goedemiddag beste alsjeblieft aub svb svp bedankt dank
        opgave opgaven dossier dossiers onderwerp onderwerpen thema themas beleid gebied laag lagen overheid
        overheden
        allemaal goed nu eens even misschien binnen tegen tussen ons hun hen ze zij hij
        who what which where knows know i im you your someone somebody anyone anybody colleague colleagues
        people
        person official officials works work working on about for with does do did is are am be can could
        would should
        have has had need needs look looking find help me to and or also please hi hello thanks there any some
        topic topics issue issues policy contact in into it
        """.split()
    )
)
