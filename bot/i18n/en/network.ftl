network-title = Your network
network-count = { $count ->
    [1] You know one colleague here:
   *[other] You know { $count } colleagues here:
  }
network-empty = You do not know anyone here yet. It starts with one koffie.
network-layer = { $layer }: { $names }
network-more = { $count } more
network-by-topic = By topic:
network-topic = { $topic }: you know someone at { $known }, nobody yet at { $gaps }.
network-topic-none = { $topic }: you know nobody yet at { $gaps }.
network-topic-all = { $topic }: you know someone at every layer that takes part.
network-no-topics = You have no topics yet. Type profile to say what you work on.
network-step = Shall I look for someone for { $topic } at { $where }?
network-search = Yes, search
network-wait = There is nobody yet for { $topic } at { $where }. Shall I tell you when someone joins?
know-summary = say that you know someone: i-know Anna de Vries at Utrecht
know-how = Whom do you know already? Type for instance: i-know Anna de Vries at Utrecht
know-noted = Noted. If this colleague takes part here, I will ask whether you know each other. After a yes you see it in who-do-i-know. Otherwise you hear nothing, and that says nothing about you. Add the organisation, so that I am sure whom you mean.
know-limit = You named { $count } people today. Tomorrow you can go on. That way nobody gets too many questions.
know-question = { $name } says that you know each other. Is that right?
know-yes = That is right
know-no = No, or rather not
know-about = do you know each other
know-both = Good. You and { $name } now know each other here too.
know-left = Fine. I will not say anything about it.
know-lapsed = This question has lapsed. Nothing has changed.
