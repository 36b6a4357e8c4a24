channel-name = the rounds of coffee on { $topic }
channel-name-none = the rounds of coffee without a topic
channel-weekly =
    { $weeks ->
        [1] every week on { $day } at { $at }
       *[other] every { $weeks } weeks on { $day } at { $at }
    }
channel-monthly-day = every month on day { $day } at { $at }
channel-monthly-last = every month on the last day at { $at }
channel-monthly-weekday =
    every month on the { $nth ->
        [1] first
        [2] second
        [3] third
        [4] fourth
       *[other] last
    } { $day } at { $at }
channel-by-hand = by hand
channel-welcome = This channel belongs to the topic { $topic }. Here officials of all layers of government meet. Regularly I make pairs for coffee across the layers. Half an hour each, without an agenda.
channel-welcome-none = Here officials of all layers of government meet. Regularly I make pairs for coffee across the layers. Not about a topic, just to get to know each other. Half an hour each, without an agenda.
channel-welcome-how = You may join, and not joining is fine too. Choose Take part, or send me: take part.
channel-join = Take part
channel-not-admin = Only an admin can do that. Nothing has changed. Would you like a channel for your topic? Type: koffie-beheer channel new, and then your topic.
channel-not-opener = Only admins can do that here. Nothing has changed. Would you like a channel for your topic? Ask who runs me: type about.
channel-sensitive-opens = { $topic } is a sensitive topic. Only an admin or whoever proposed the topic opens a channel for it. Nothing has changed. Would you like a channel? Ask who runs me: type about.
channel-not-steward = Only an admin of { $channel } can do that. Nothing has changed.
channel-gone = This channel is no more. Nothing has changed.
channel-bound-already = This conversation belongs to { $channel } already. Nothing has changed.
channel-bound-elsewhere = This conversation belongs to { $channel } already. One conversation has one topic. Nothing has changed.
channel-rhythm-weekend = I hold no rounds at the weekend. Choose a day from Monday to Friday.
channel-rhythm-closed = Hardly anybody is at work then. Choose a time between { $opens } and { $closes }.
channel-short-none = Without a topic
channel-join-summary = join the rounds of coffee of a channel
channel-join-which = What would you like to join?
channel-which-about = the channel
channel-none-yet = There are no rounds of coffee for your topics yet. You can ask for coffee yourself: type coffee.
channel-of-topic-none = There are no rounds of coffee for that topic yet. You can ask for coffee yourself: type coffee.
channel-no-topic = I do not know that topic. Try another word, such as nitrogen. Or propose it: type topic new.
channel-unsure = Do you mean { $one }? Type it once more, with that name.
channel-several = Do you mean { $one } or { $other }? Type it once more, with that name.
channel-too-broad = The theme { $theme } is a whole domain. Choose one concrete topic, such as stikstof or woningbouw.
channel-joined = Great! You take part in { $channel }.
channel-joined-already = You took part in { $channel } already.
channel-next = The next one is on { $moment }. Then I introduce you to a colleague whom you do not know yet.
channel-how-to-leave = Does it not suit for once? Type skip. Not at all any more? Type leave.
channel-joined-none = You take part in no round of coffee. Would you like to? Type take part.
channel-leave-summary = no longer take part in the rounds of coffee
channel-leave-which = What would you like to leave?
channel-left = Fine. You no longer take part in { $channel }. Changed your mind? Type take part.
channel-left-already = You took no part in { $channel }.
channel-admin-summary = open a channel for your topic, and set its rounds of coffee
channel-admin-help = This is what you can set up. Add the name of the topic, or type it in the conversation itself.
channel-admin-unknown = I do not know that. This is what you can set up. Add the name of the topic, or type it in the conversation itself.
channel-admin-more = Type it like this:
channel-admin-channels = A channel
channel-admin-rounds = The rounds
channel-admin-settings = Rhythm, group and rules
channel-admin-people = Setting up together
channel-admin-topics = The topics
channel-admin-new = koffie-beheer channel new nitrogen
channel-admin-bind = koffie-beheer channel bind nitrogen
channel-admin-let-go = koffie-beheer channel unbind
channel-admin-invite = koffie-beheer channel invitation nitrogen
channel-admin-rhythm = koffie-beheer rhythm every 2 weeks on tuesday at 10:00
channel-admin-group = koffie-beheer group 3
channel-admin-start = koffie-beheer round start
channel-admin-today = koffie-beheer round today at 13:00
channel-admin-show = koffie-beheer round show
channel-admin-overview = koffie-beheer overview nitrogen
channel-made = Made: { $channel }.
channel-made-next = Now go to the conversation that it belongs to. Type there: koffie-beheer channel bind { $words }.
channel-new-which = For which topic? Type for example: koffie-beheer channel new nitrogen.
channel-bind-where = That can only be done in the conversation that you want to bind. Go there and type it once more.
channel-bound = Done. This conversation now belongs to { $channel }. Everybody reads here what that means.
channel-let-go = Done. This conversation does not belong to { $channel } any more. Should it again? Type here: koffie-beheer channel bind, and then the topic.
channel-let-go-none = This conversation belongs to no channel. Nothing has changed.
channel-bound-next = Now choose a rhythm, such as: koffie-beheer rhythm every 2 weeks on tuesday at 10:00.
channel-which = Which channel do you mean? Add the name of the topic, or type it in the conversation itself.
channel-none-yet-admin = There is no channel yet. Make one: koffie-beheer channel new nitrogen.
channel-rhythm-unclear = I did not understand that rhythm. Write it like this: every 2 weeks on tuesday at 10:00. Or: first tuesday of the month. Or: by hand.
channel-rhythm-set = Done: from now on { $channel } are held { $rhythm }.
channel-rhythm-first = The first one is on { $moment }. Two working days before I announce it in the channel.
channel-rhythm-by-hand = Nothing begins by itself. Would you like a round? Type: koffie-beheer round start.
channel-rhythm = Rhythm
channel-members = Members
channel-group-unclear = How many people at one table? Choose 2, 3 or 4, such as: koffie-beheer group 3.
channel-stopped = Stopped: { $channel }. You can take part no more, but you can always ask for a coffee yourself: type koffie.
channel-stopped-lately = Stopped: { $channel }. That was less than a day ago. Tomorrow there can be a new channel.
channel-for-others = The rounds are only for { $layers } now. I introduce you as soon as they are for your government too. You can always ask for a coffee yourself: type koffie.
