network-title = Jouw netwerk
network-count = { $count ->
    [1] Je kent hier één collega:
   *[other] Je kent hier { $count } collega's:
  }
network-empty = Je kent hier nog niemand. Dat begint met één koffie.
network-layer = { $layer }: { $names }
network-more = nog { $count }
network-by-topic = Per opgave:
network-topic = { $topic }: je kent iemand bij { $known }, nog niemand bij { $gaps }.
network-topic-none = { $topic }: je kent nog niemand bij { $gaps }.
network-topic-all = { $topic }: je kent iemand bij elke laag die meedoet.
network-no-topics = Je hebt nog geen opgaven. Typ profiel om te zeggen waaraan je werkt.
network-step = Zal ik iemand zoeken voor { $topic } bij { $where }?
network-search = Ja, zoek
network-wait = Er is nog niemand voor { $topic } bij { $where }. Zal ik het zeggen als er iemand bij komt?
know-summary = zeg dat je iemand kent: ken-ik Anna de Vries bij gemeente Utrecht
know-how = Wie ken je al? Typ bijvoorbeeld: ken-ik Anna de Vries bij gemeente Utrecht
know-noted = Genoteerd. Doet deze collega hier mee, dan vraag ik of jullie elkaar kennen. Na een ja zie je dat bij wie-ken-ik. Anders hoor je niets, en dat zegt niets over jou. Zet de organisatie erbij, dan weet ik zeker wie je bedoelt.
know-limit = Je hebt vandaag { $count } namen genoemd. Morgen kan het weer. Zo krijgt niemand te veel vragen.
know-question = { $name } zegt dat jullie elkaar kennen. Klopt dat?
know-yes = Klopt
know-no = Nee, of liever niet
know-about = kennen jullie elkaar
know-both = Mooi. Jij en { $name } kennen elkaar nu ook hier.
know-left = Prima. Ik zeg er niets over.
know-lapsed = Deze vraag is verlopen. Er is niets veranderd.
