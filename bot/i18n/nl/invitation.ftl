invitation-summary = een collega uitnodigen om mee te doen
invitation-about = je uitnodiging
invitation-made = Leuk. Stuur het volgende bericht door aan één collega die je kent. Doet die mee met deze code, dan kennen jullie elkaar hier ook.
invitation-letter = Hoi! Bij Koffie leer je collega's van andere overheden kennen: een half uur, zonder agenda. Doe je mee? Stuur Koffie dan deze code: { $code }. Hij werkt één keer, tot en met { $day }.
invitation-take-back = Trek mijn codes in
invitation-taken-back = Gedaan. Geen van je codes werkt nog.
invitation-enough =
    { $count ->
        [1] Je hebt al een uitnodiging lopen. Is die gebruikt of verlopen, dan kan er weer een bij.
       *[other] Je hebt al { $count } uitnodigingen lopen. Is er een gebruikt of verlopen, dan kan er weer een bij.
    }
invitation-enough-today = Je hebt vandaag { $count } keer iemand uitgenodigd. Morgen kan het weer.
invitation-wrong = Deze code werkt niet (meer). Vraag je collega om een nieuwe.
invitation-own = Dit is je eigen code. Stuur hem door aan een collega.
invitation-joined = Leuk: { $name } ging in op je uitnodiging. Jullie kennen elkaar nu ook hier.
invitation-accepted = { $name } nodigde je uit. Jullie kennen elkaar nu ook hier.
code-summary = een uitnodiging gebruiken
