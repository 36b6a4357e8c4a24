look-up-summary = vraag wie je kent, en wie wil kennismaken: wie-ken-ik stikstof waterschap
look-up-topic = { $topic }
look-up-topic-at = { $topic } bij { $where }
look-up-topic-in = { $topic } in { $region }
look-up-topic-at-in = { $topic } bij { $where } in { $region }
look-up-known = Je kent:
look-up-known-met = { $name }, { $position } (sinds { $since }, van een koffie)
look-up-known-met-on = { $name }, { $position } (sinds { $since }, van een koffie over { $topic })
look-up-known-declared = { $name }, { $position } (in dit netwerk sinds { $since })
look-up-known-more = en nog { $count }
look-up-via = Via je netwerk: ja, mensen die jij kent, kennen hier iemand.
look-up-via-named = Via je netwerk: ja. { $names } stelt je graag voor.
look-up-willing = { $count ->
    [1] Eén collega wil kennismaken. Zal ik het vragen?
    [2] Twee collega's willen kennismaken. Wie wil je spreken? Ik vraag het eerst.
    [3] Drie collega's willen kennismaken. Wie wil je spreken? Ik vraag het eerst.
   *[other] { $count } collega's willen kennismaken. Wie wil je spreken? Ik vraag het eerst.
  }
look-up-position = { $position } ({ $layer })
look-up-someone = Een collega bij { $where }
look-up-sensitive = Dit is een gevoelige opgave. Namen zie je pas als jullie allebei ja zeggen. Daarom zoek ik hier niet op organisatie of regio.
look-up-ask = Vraag om koffie
look-up-asked = ✓ gevraagd
look-up-agreed = ✓ jullie zeiden allebei ja
look-up-nobody = Ik ken nog niemand voor { $what }. Zal ik het zeggen als er iemand bij komt?
look-up-nobody-else = Verder ken ik nog niemand voor { $what }. Zal ik het zeggen als er iemand bij komt?
look-up-watch = Ja, zeg het me
look-up-wider = Zoek breder
look-up-neighbour = Zoek bij { $topic }
look-up-gap = Zeg dat deze laag mist
look-up-forward = Stuur door
look-up-watching = Doe ik. Komt er iemand bij voor { $what }, dan hoor je het van mij.
look-up-gap-told = Dank je. De beheerder ziet nu dat deze laag hier mist. Niet dat jij het vroeg.
look-up-forward-intro = Dit kun je doorsturen aan een collega:
look-up-forward-text = Hoi! Bij Koffie zoeken we nog iemand voor { $what }. Je leert er collega's van andere overheden kennen: een half uur, zonder agenda. Stuur Koffie een bericht met het woord aanmelden. Dat duurt 2 minuten.
look-up-which-topic = Welke opgave bedoel je?
look-up-one-at-a-time = Ik zoek op één opgave tegelijk. Met welke begin je?
look-up-too-broad = Met { $theme } kun je nog veel kanten op. Welke opgave bedoel je?
look-up-no-topic = Over welke opgave gaat het? Typ bijvoorbeeld: wie-ken-ik stikstof waterschap
look-up-no-topic-choose = Over welke opgave gaat het? Kies er een van jezelf, of typ een andere.
look-up-no-topic-at = Bij { $where }: over welke opgave gaat het? Kies er een van jezelf, of typ een andere.
look-up-no-topic-in = In { $region }: over welke opgave gaat het? Kies er een van jezelf, of typ een andere.
look-up-which-organisation = Bedoel je { $names }?
look-up-about = je zoekvraag
look-up-hidden = Nu ben je zelf niet vindbaar, en dan kun je ook niet zoeken. Zo kijkt hier niemand alleen maar toe.
look-up-become-findable = Maak mij vindbaar
look-up-limit = Je hebt vandaag { $count } keer gezocht. Morgen kun je weer zoeken. Zo blijft deze lijst geen adresboek.
look-up-topic-closed = Deze opgave is gesloten. Zoek je een andere?
look-up-koepel = Koepels doen bij deze opgave niet mee. Hun leden wel.
watch-came = Er is iemand bij gekomen voor { $what }. Wil je zien wie?
watch-show = Laat zien
