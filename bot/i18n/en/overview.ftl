overview-summary = your card, your network and what is open
overview-about = your overview
overview-koffies = Open koffies
overview-no-koffies = Nothing is open.
overview-active = You can be found, and you take part.
overview-paused = You have paused something.
overview-ask = Ask for a koffie
overview-profile = My profile
overview-pause = Take a break
overview-resume = Go on
overview-title = Koffie in numbers
overview-as-of = As of { $day }
overview-by = This overview is from { $operator }.
overview-headline = At the start { $start }% could call somebody at another government. After three months it is { $later }%.
overview-headline-start = At the start { $start }% could call somebody at another government.
overview-headline-none = This overview grows with the network.
overview-officials = Participants
overview-organisations = Organisations
overview-ties = Contacts
overview-days-to-yes = Working days to a yes
overview-days-to-koffie = Working days to koffie
overview-few = fewer than 5
overview-not-yet = too few yet
overview-number = Number
overview-percent = Percentage
overview-nationwide = The whole country
overview-ties-title = Who knows whom, by layer
overview-ties-topic = Who knows whom around { $topic }
overview-ties-between = Most contacts are between { $one } and { $other }: about { $count }.
overview-ties-same = Most contacts are within the layer { $layer }: about { $count }.
overview-ties-none = There are too few contacts to show yet.
overview-ties-about = Each box counts how many pairs know each other. Empty means: fewer than five.
overview-growth-title = How the network grows
overview-growth-says = On { $since } there were about { $before } participants. Now there are about { $now }.
overview-growth-none = Growth can be seen once there are more months.
overview-growth-about = Each month adds a new count.
overview-map-title = Who takes part in which topic
overview-map-says =
    { $whole ->
        [0] Nowhere yet do all four layers take part with five people or more.
        [one] In one of the { $topics } topics all four layers take part, each with five people or more.
       *[other] In { $whole } of the { $topics } topics all four layers take part, each with five people or more.
    }
overview-map-none = There are too few participants to show by topic yet.
overview-map-about = An empty box is a gap: fewer than five, or nobody yet. Do you know somebody there?
overview-koffies-title = From question to koffie
overview-koffies-says = To { $share }% of the questions both said yes.
overview-koffies-none = There are too few koffies to show yet.
overview-koffies-about = Only koffies that are over count. A no and a silence count the same.
overview-koffies-ended = Asked
overview-koffies-agreed = Both said yes
overview-koffies-drunk = Koffie was had
overview-met-title = New contacts across the layers
overview-met-says = Koffie brought about { $count } pairs of different layers together.
overview-met-none = There are too few new contacts to show yet.
overview-met-about = These pairs did not know each other before.
overview-pair = { $one } and { $other }
overview-alive-title = Contacts that last
overview-alive-says = Of the contacts { $share }% are alive after three months.
overview-alive-none = This can be seen once enough contacts are three months old.
overview-alive-about = A contact is alive when one of the two says that they still talk.
overview-alive-after = After { $months } months
overview-calls-title = How many people can call somebody?
overview-calls-about = Answers at the start: { $start }. After three months: { $later }. Nobody has to answer.
overview-calls-start = At the start
overview-calls-later = After three months
overview-felt-title = How did the koffie feel?
overview-felt-says = For { $energy }% the koffie gave energy. For { $equal }% it felt equal.
overview-felt-none = There are too few answers to show yet.
overview-felt-about = So many of the answers were a full yes. Nobody sees who said what.
overview-felt-energy = Gave energy
overview-felt-equal = Felt equal
overview-provinces-title = Participants by province
overview-provinces-says =
    { $count ->
        [0] There are too few participants to show by province yet.
        [one] In one province five people or more take part.
       *[other] In { $count } provinces five people or more take part.
    }
overview-provinces-about = The whole country: organisations without a province of their own, such as a ministry.
overview-colleagues-title = Large and small places
overview-colleagues-says = About { $share }% are the only one of their organisation.
overview-colleagues-none = There are too few participants to show this yet.
overview-colleagues-about = How many colleagues of the same organisation take part?
overview-colleagues-alone = On their own
overview-colleagues-few = Two to four
overview-colleagues-many = Five or more
overview-skip = To the figures
overview-contents = On this page
overview-at-a-glance = In short
overview-as-table = The same figures as a table
overview-download = Download all figures (CSV)
overview-how = How we protect people
overview-how-few = A number under five is never shown. Zero and a few look the same.
overview-how-noise = Each number is shifted a little. So adding and subtracting is never quite right. That way nobody can work out who did something.
overview-how-month = The figures change once a month. A number moves only once five came or went.
overview-how-nobody = Nobody is in it by name. Who said no can be seen nowhere.
overview-subject = Subject
overview-column-row = Line
overview-column = Column
overview-guarded = The numbers are shifted a little, so that nobody can be worked out.
