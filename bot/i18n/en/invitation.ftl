invitation-summary = invite a colleague to take part
invitation-about = your invitation
invitation-made = Good. Pass the next message on to one colleague whom you know. If they take part with this code, you know each other here too.
invitation-letter = Hi! At Koffie you get to know colleagues of other governments: half an hour, without an agenda. Will you join? Then send Koffie this code: { $code }. It works once, until { $day }.
invitation-take-back = Take my codes back
invitation-taken-back = Done. None of your codes works any more.
invitation-enough =
    { $count ->
        [1] You have an invitation out already. Once it is used or over, there is room for another.
       *[other] You have { $count } invitations out already. Once one is used or over, there is room for another.
    }
invitation-enough-today = You invited { $count } people today. Tomorrow you can again.
invitation-wrong = This code does not work (any more). Ask your colleague for a new one.
invitation-own = This is your own code. Pass it on to a colleague.
invitation-joined = Good news: { $name } took up your invitation. You know each other here too now.
invitation-accepted = { $name } invited you. You know each other here too now.
code-summary = use an invitation
