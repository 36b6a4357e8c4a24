look-up-summary = ask whom you know, and who would like to meet: who-do-i-know nitrogen water authority
look-up-topic = { $topic }
look-up-topic-at = { $topic } at { $where }
look-up-topic-in = { $topic } in { $region }
look-up-topic-at-in = { $topic } at { $where } in { $region }
look-up-known = You know:
look-up-known-met = { $name }, { $position } (since { $since }, from a koffie)
look-up-known-met-on = { $name }, { $position } (since { $since }, from a koffie about { $topic })
look-up-known-declared = { $name }, { $position } (in this network since { $since })
look-up-known-more = and { $count } more
look-up-via = Through your network: yes, people you know, know someone here.
look-up-via-named = Through your network: yes. { $names } will gladly introduce you.
look-up-willing = { $count ->
    [1] One colleague would like to meet. Shall I ask?
    [2] Two colleagues would like to meet. Whom would you like to speak to? I ask them first.
    [3] Three colleagues would like to meet. Whom would you like to speak to? I ask them first.
   *[other] { $count } colleagues would like to meet. Whom would you like to speak to? I ask them first.
  }
look-up-position = { $position } ({ $layer })
look-up-someone = A colleague at { $where }
look-up-sensitive = This is a sensitive topic. You see names only once you both say yes. So here I do not search by organisation or region.
look-up-ask = Ask for a koffie
look-up-asked = ✓ asked
look-up-agreed = ✓ you both said yes
look-up-nobody = I do not know anyone yet for { $what }. Shall I tell you when someone joins?
look-up-nobody-else = I do not know anyone else yet for { $what }. Shall I tell you when someone joins?
look-up-watch = Yes, tell me
look-up-wider = Search wider
look-up-neighbour = Search { $topic }
look-up-gap = Say that this layer is missing
look-up-forward = Pass it on
look-up-watching = I will. When someone joins for { $what }, you will hear from me.
look-up-gap-told = Thank you. The admin now sees that this layer is missing here. Not that you asked.
look-up-forward-intro = You can pass this on to a colleague:
look-up-forward-text = Hi! On Koffie we are looking for someone for { $what }. You get to know colleagues at other layers of government: half an hour, no agenda. Send Koffie a message with the word join. It takes 2 minutes.
look-up-which-topic = Which topic do you mean?
look-up-one-at-a-time = I search one topic at a time. Which one first?
look-up-too-broad = { $theme } is a wide field. Which topic do you mean?
look-up-no-topic = What is it about? Type for instance: who-do-i-know nitrogen water authority
look-up-no-topic-choose = What is it about? Choose one of your own topics, or type another one.
look-up-no-topic-at = At { $where }: what is it about? Choose one of your own topics, or type another one.
look-up-no-topic-in = In { $region }: what is it about? Choose one of your own topics, or type another one.
look-up-which-organisation = Do you mean { $names }?
look-up-about = your search
look-up-hidden = You cannot be found at the moment, so you cannot search either. That way nobody here only looks on.
look-up-become-findable = Let me be found
look-up-limit = You searched { $count } times today. Tomorrow you can search again. That keeps this list from being an address book.
look-up-topic-closed = This topic is closed. Are you looking for another one?
look-up-koepel = Umbrella organisations do not take part in this topic. Their members do.
watch-came = Someone joined for { $what }. Would you like to see who?
watch-show = Show me
