why-parts = Een van jullie leidt de opgave { $topic }, de ander werkt eraan.
why-practice = Een van jullie maakt beleid, de ander voert het uit.
why-column = Jullie werken in verschillende vakgebieden.
why-rare-topic = De opgave { $topic } hebben maar weinig collega's. Jullie wel.
why-far = Jullie werken in een ander deel van het land.
