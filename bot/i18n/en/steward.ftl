steward-group = At one table
steward-group-size =
    { $size ->
        [2] 2 people
       *[other] { $size } people
    }
steward-state = Rounds
steward-running = going on
steward-paused = paused
steward-paused-until = paused until the end of { $last }
steward-is-stopped = stopped
steward-layers = Who can take part
steward-layers-all = everyone, of all governments
steward-gap = Rest between two coffees
steward-gap-usual = { $days } days, as everywhere
steward-gap-days = { $days } days
steward-month = How often
steward-month-own = at everyone's own pace
steward-month-most =
    { $count ->
        [one] once a month at most
       *[other] { $count } times a month at most
    }
steward-across = With whom
steward-across-only = only somebody of another layer
steward-across-rather = rather somebody of another layer
steward-distance = Distance
steward-anywhere = any
steward-near = rather nearby
steward-far = rather far away
steward-koepels = Umbrella organisations take part
steward-yes = yes
steward-no = no
steward-formats = How you speak to each other
steward-formats-all = all ways
steward-favours = Who goes first
steward-favours-none = as everywhere
steward-favour-new = new organisations first
steward-favour-small = small organisations first
steward-favour-parts = leaders with workers
steward-set = Done. From now on, { $channel } go like this:
steward-undo = Undo
steward-undo-about = your last change
steward-meanwhile = Mind: { $who } had just set this otherwise, on { $moment }. That was: { $what }.
steward-same = It was so already. Nothing has changed.
steward-stopped = Stopped: { $channel }. Nothing has changed. Would you like to go on? Within a day, type: koffie-beheer undo. After that there can be a new channel.
steward-gap-range = Choose { $least } to { $most } days of rest, such as: koffie-beheer rules gap 14 days.
steward-month-range = Choose { $least } to { $most } times a month, such as: koffie-beheer rules at most 2 a month.
steward-layers-one = With one layer you do not get to know each other. Choose two at least, such as: koffie-beheer layers rijk provincie.
steward-layers-unclear = Which governments take part? Choose from rijk, provincie, gemeente, waterschap and others, or all. Such as: koffie-beheer layers provincie gemeente.
steward-rules = The rules of { $channel }:
steward-rules-how = Would you like something else? Type, for instance: koffie-beheer rules near, at most 1 a month. Or: gap 14 days, other layer, umbrellas yes, formats live call, new organisations first.
steward-rules-unclear = I do not know that rule. Nothing has changed. Write it like this: koffie-beheer rules near, at most 1 a month. Type koffie-beheer rules to see what there is.
steward-skipped = Done. The round of { $moment } is off: { $channel }. I say so in the channel.
steward-skipped-next = The next one is on { $moment }.
steward-skip-none = No round is coming yet, so there is nothing to skip.
steward-pause-past = That day has passed. Choose a day ahead, such as: koffie-beheer pause until 1 March.
steward-pause-which = Do you mean { $one } or { $other }? Type it again, with that day.
steward-pause-unclear = I did not understand until when. Write it like this: koffie-beheer pause until 1 March.
steward-paused-now = Done. Now { $state }: { $channel }. I say so in the channel.
steward-paused-open = Who got a question already can simply answer. I ask nobody anything new.
steward-paused-back = To begin again, type: koffie-beheer resume.
steward-runs-already = Not paused: { $channel }. Nothing has changed.
steward-resumed = Done. Going on: { $channel }. I say so in the channel.
steward-rests-still = Rounds are paused now. To begin again, type: koffie-beheer resume.
steward-stopped-now = Done. This ends { $channel }. I thank everyone in the channel. In a day I forget who took part.
steward-told-running = The coffee rounds here go on.
steward-told-paused = The coffee rounds here are paused for a while. Did you get a question? You can simply answer it. You can always ask for a coffee yourself: type koffie.
steward-told-paused-until = The coffee rounds here are paused until the end of { $last }. Did you get a question? You can simply answer it. You can always ask for a coffee yourself: type koffie.
steward-told-stopped = The coffee rounds here have ended. Thank you for taking part! Did you get a question? You can simply answer it. You can always ask for a coffee yourself: type koffie.
steward-told-skipped = The coffee round of { $moment } is off, this once.
steward-told-next = The next one is on { $moment }.
steward-told-revived = The coffee round of { $moment } is on after all.
steward-told-in = You help to set up { $channel } again.
steward-undone = Undone. This holds again for { $channel }:
steward-undone-act =
    { $act ->
        [skip] Undone. The round is on after all: { $channel }.
        [phase] Undone. The phase is as it was.
        [code-off] Undone. The code works again.
        [bound] Undone. That conversation does not belong to { $channel } any more.
        [steward-asked] Undone. The question does not hold any more. Did that colleague say yes already? Then they do not set this up any more: { $channel }.
        [topic-name] Undone. The name of the topic is as it was.
        [topic-words] Undone. The other words are as they were.
        [topic-themes] Undone. The theme is as it was.
        [topic-parts] Undone. The sub-questions are as they were. Who chose one that was gone chooses it again.
        [topic-sensitive] Undone. The topic is a usual one again.
        [topic-open] Undone. The topic is sensitive again.
        [topic-team] Undone. The line is at the topic again.
       *[other] Undone: { $channel }.
    }
steward-undo-none = You changed nothing here in the last day. There is nothing to undo.
steward-undo-otherwise =
    { $act ->
        [round] The last thing you did: { $what }. Would you rather not have that round? Type: koffie-beheer round skip.
        [round-today] The last thing you did: { $what }. Would you rather not have that round? Type: koffie-beheer round skip.
        [let-go] The last thing you did: { $what }. Should it belong again? Type in that conversation: koffie-beheer channel bind, and then the topic.
        [topic-merged] The last thing you did: { $what }. To take one out again, type: koffie-beheer topic split, and then its name.
        [topic-closed] The last thing you did: { $what }. To open it again, type: koffie-beheer topic reopen, and then its name.
       *[other] The last thing you did: { $what }. To have it otherwise, set it back yourself. Type koffie-beheer help to see how.
    }
steward-undone-already = That was undone already.
steward-undo-late = It is too late for that. Nothing has changed. Set it as you like: type koffie-beheer.
steward-undo-changed = Somebody has changed this since. So I leave it as it is. Type koffie-beheer log to see what happened.
steward-card = This is how { $channel } are set up:
steward-stewards = Admins
steward-stewards-none = nobody yet
steward-card-how = To change something, type: koffie-beheer settings.
steward-log = What changed in { $channel }:
steward-log-empty = Nothing has changed yet.
steward-log-line = { $moment }, { $who }: { $what }
steward-log-undone = { $moment }, { $who }: { $what } (undone)
steward-log-somebody = somebody who is no longer here
steward-log-set = { $setting }: { $value }
steward-did =
    { $act ->
        [skip] skipped one round
        [opened] opened the channel
        [bound] bound a conversation
        [let-go] let a conversation go
        [topic-new] proposed the topic
        [steward-asked] asked a colleague to set this up too
        [steward-in] one more admin
        [steward-out] one admin less
        [round] started a round
        [round-today] started a round of one day
        [code-off] withdrew the invitation code
        [topic-name] gave the topic another name
        [topic-words] chose other words for the topic
        [topic-themes] chose the theme of the topic
        [topic-parts] chose the sub-questions
        [topic-sensitive] made the topic a sensitive one
        [topic-open] made the topic a usual one again
        [topic-team] took a line about a team off
        [topic-closed] closed the topic
        [topic-reopened] opened the topic again
        [topic-merged] merged two topics
        [topic-split] split two topics again
       *[other] something else
    }
steward-example-show = koffie-beheer channel show
steward-example-layers = koffie-beheer layers rijk provincie gemeente
steward-example-rules = koffie-beheer rules near, at most 1 a month
steward-example-skip = koffie-beheer round skip
steward-example-pause = koffie-beheer pause until 1 March
steward-example-resume = koffie-beheer resume
steward-example-stop = koffie-beheer stop
steward-example-log = koffie-beheer log
steward-example-undo = koffie-beheer undo
steward-who = Whom do you mean? Write it like this: koffie-beheer admin add Jan de Vries.
steward-asked = If I know this colleague, I ask whether they want to help: { $channel }. You hear of a yes. I tell no more than that.
steward-in-already = They do so already. Nothing has changed.
steward-question = { $name } asks whether you want to help set up { $channel }.
steward-question-what = You then choose the rhythm and the rules together. You never see who says yes or no to a coffee.
steward-question-yes = Yes, I will
steward-question-no = Rather not
steward-question-about = whether you want to help
steward-question-lapsed = That question has lapsed. Nothing has changed.
steward-accepted = Good! You are an admin now: { $channel }.
steward-declined = Fine. I say nothing about it.
steward-told-accepted = { $name } is an admin from now on: { $channel }.
steward-told-out = You are no longer an admin: { $channel }. You can still take part in the coffee.
steward-removed-self = Done. You do not set this up any more: { $channel }. You can simply go on taking part.
steward-removed = Done. They are no longer an admin: { $channel }.
steward-out-nobody = They are no admin here. Nothing has changed. Type koffie-beheer channel show to see who is.
steward-out-several = There are two admins by that name. Write the whole name.
steward-out-last = You are the last admin here. Ask somebody first: koffie-beheer admin add, and then the name. Or stop: koffie-beheer stop.
steward-export = Here are the settings and the figures: { $channel }. There is nothing of anybody in it.
steward-example-add = koffie-beheer admin add Jan de Vries
steward-example-remove = koffie-beheer admin remove Jan de Vries
steward-example-export = koffie-beheer export csv
steward-form-title = Set up the channel
steward-form-submit = Save
steward-form-which = Which channel would you like to set up?
steward-form-rhythm = When is there a coffee round?
steward-form-rhythm-hint = Is your rhythm not there? Then type afterwards: koffie-beheer rhythm last Thursday of the month at 9:00.
steward-form-group = How many people at one table?
steward-form-group-hint = Choose 2, 3 or 4. Now it is { $size }.
steward-form-layers = Who can take part?
steward-form-layers-hint = Now that is: { $layers }. Choose two or more, such as: 1 2 3.
steward-form-group-unclear = I did not understand that. Choose 2, 3 or 4.
steward-form-layers-unclear = I did not understand that. Choose two or more, such as: rijk provincie. Or: all.
steward-form-layers-one = With one layer you do not get to know each other. Choose two at least, such as: rijk provincie.
steward-form-pause-unclear = I did not understand until when. Write it like this: until 1 March.
steward-form-pause-past = That day has passed. Choose a day ahead, such as: until 1 March.
steward-form-pause = A pause?
steward-form-pause-hint = Rather until another day? Then type afterwards: koffie-beheer pause until 1 March.
steward-form-run = no pause
steward-form-open = paused until I type resume
steward-form-same = Nothing has changed. All is as it was.
steward-form-meanwhile = Somebody else changed this meanwhile. I left that, in { $channel }:
steward-example-form = koffie-beheer settings
