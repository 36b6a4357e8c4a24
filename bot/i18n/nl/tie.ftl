tie-summary-line = wie je lang niet sprak, en wie je nog spreekt
tie-question = Een paar maanden terug leerden jij en { $name } ({ $place }) elkaar kennen. Spreken jullie elkaar nog weleens?
tie-about = of jullie elkaar nog spreken
tie-alone = Ja, zonder jou ook
tie-yes = Ja
tie-no = Nee
tie-alone-thanks = Mooi, zo hoort het. Ik vraag er niet meer naar.
tie-yes-thanks = Fijn om te horen.
tie-no-thanks = Dat kan. Wil je weer eens koffie? Dan vraag ik het jullie allebei tegelijk.
tie-again = Weer eens koffie
tie-again-about = of ik weer een koffie vraag
koffie-why-again = Jullie kennen elkaar al. Misschien is het tijd om weer bij te praten.
tie-not-now = Nu niet
tie-not-now-thanks = Prima. Later kan het ook: typ dan nog-contact.
tie-yearly = Eens per jaar kijk ik met je terug. Je kent hier { $count } collega's. Wie spreek je nog?
tie-yearly-one = Eens per jaar kijk ik met je terug. Spreken jij en { $name } ({ $place }) elkaar nog weleens?
tie-yearly-about = wie je nog spreekt
tie-tick = Afvinken
tie-form-title = Wie spreek je nog?
tie-form-submit = Bewaar
tie-which = Wie sprak je het afgelopen jaar?
tie-which-hint = Typ de nummers of de namen, zoals: 1, 3. Niemand? Typ geen.
tie-one = { $name }
tie-ticked-none = Dank je. Wil je iemand weer eens spreken? Typ nog-contact.
tie-ticked =
    { $count ->
        [1] Mooi, jullie spreken elkaar nog. Gaat dat zonder mij ook goed? Dan vraag ik er niet meer naar.
       *[other] Mooi, je spreekt nog { $count } collega's. Gaat dat zonder mij ook goed? Dan vraag ik er niet meer naar.
    }
tie-all-alone = Ja, dat gaat goed
tie-keep-asking = Blijf het vragen
tie-keep-thanks = Prima. Over een jaar vraag ik het weer.
tie-nobody-listed = Er is nu niemand om af te vinken. Wil je iemand leren kennen? Typ koffie.
tie-gone = Dit contact staat er niet meer bij. Er is niets veranderd.
tie-title = Jouw contacten
tie-summary =
    { $count ->
        [1] Je kent hier één collega: { $steps }.
       *[other] Je kent hier { $count } collega's: { $steps }.
    }
tie-strength =
    { $step ->
        [new] { $count } nieuw
        [lasting] { $count } blijvend
        [alone] { $count } op eigen benen
       *[quiet] { $count } stil
    }
tie-none-quiet = Er is niemand die je lang niet sprak. Mooi zo.
tie-quiet =
    { $count ->
        [1] Voor zover ik weet, sprak je deze collega een half jaar of langer niet:
       *[other] Voor zover ik weet, sprak je deze collega's een half jaar of langer niet:
    }
tie-last = Voor het laatst in { $month }.
tie-quiet-step = Een kort berichtje is genoeg. Sprak je iemand toch? Vink die dan af.
