clock = { $now }

line-wrong = Regel { $line }: { $why }
line-without-name = schrijf NAAM: tekst, of :as NAAM om iemand te zijn. :help zegt wat er nog meer kan.
line-no-room = na # komt de naam van een gesprek, en dan wat je zegt: #stikstof doe mee
line-no-name = dat is geen naam. Een naam heeft 1 tot 80 letters.
line-nul = hierin staat een NUL-teken. Laat dat weg.
line-too-long = dit is te lang. Een bericht heeft ten hoogste { $most } tekens.
line-endless = deze regel is te lang om te lezen.
line-not-utf8 = dit is geen UTF-8. Bewaar de tekst als UTF-8.
verb-unknown = :{ $verb } ken ik niet. Typ :help.

as-new = Je bent nu { $name }. Die is nog niet aangemeld.
as-known = Je bent nu { $name } ({ $description }).
people-none = Er is nog niemand aangemeld.
time-unknown = dat tijdstip begrijp ik niet. Schrijf bijvoorbeeld :time +3d, :time vrijdag 9:00 of :time 2026-12-01 10:00.
time-past = dat is al geweest. De klok staat op { $now } en gaat alleen vooruit.
time-far = dat is te ver weg. Ga ten hoogste twee jaar vooruit.
file-none = er is geen bestand. Krijg je er een, dan laat :file het zien.

help-say = NAAM: tekst — iemand zegt iets tegen koffie
help-room = NAAM: #stikstof tekst — iemand zegt het in het gesprek #stikstof
help-as = :as NAAM — wees iemand anders; een nieuwe naam is een nieuw iemand
help-people = :people — wie er zijn
help-time = :time +3d — zet de klok vooruit, ook: vrijdag 9:00, 2026-12-01 10:00
help-file = :file — laat het laatste bestand zien
help-help = :help — dit overzicht
help-quit = :quit — stoppen

welcome-title = Koffie
welcome-intro = Een proefopstelling. De organisaties zijn echt, de mensen zijn verzonnen.
welcome-who = Je bent { $name }. Typ wat je wilt, zoals in een chat.
welcome-try = Drie dingen om te proberen:
welcome-try-join = aanmelden
welcome-try-join-why = meedoen, in drie vragen
welcome-try-ask = wie gaat er over stikstof bij een waterschap?
welcome-try-ask-why = zien wie je kunt spreken
welcome-try-as = :as NAAM
welcome-try-as-why = de ander zijn, en ja zeggen
welcome-clock = De klok staat stil tot je hem verzet met :time. :help zegt wat er nog meer kan.
bar-you = Je bent { $name }
bar-help = :help  ·  Ctrl-D stopt
goodbye = Tot ziens.
other-file = typ :file om het te lezen
