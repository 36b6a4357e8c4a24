clock = { $now }

line-wrong = Line { $line }: { $why }
line-without-name = write NAME: text, or :as NAME to be someone. :help tells what else there is.
line-no-room = behind # comes the name of a conversation, and then what you say: #stikstof take part
line-no-name = that is no name. A name has 1 to 80 letters.
line-nul = there is a NUL character in it. Leave it out.
line-too-long = this is too long. A message has { $most } characters at most.
line-endless = this line is too long to read.
line-not-utf8 = this is not UTF-8. Save the text as UTF-8.
verb-unknown = I do not know :{ $verb }. Type :help.

as-new = You are { $name } now, who has not joined yet.
as-known = You are { $name } now ({ $description }).
people-none = Nobody has joined yet.
time-unknown = I do not understand that time. Write :time +3d, :time friday 9:00 or :time 2026-12-01 10:00.
time-past = that is over. The clock is at { $now } and only goes forward.
time-far = that is too far away. Go two years ahead at most.
file-none = there is no file. Once you get one, :file shows it.

help-say = NAME: text — someone says something to koffie
help-room = NAME: #stikstof text — somebody says it in the conversation #stikstof
help-as = :as NAME — be someone else; a new name is a new person
help-people = :people — who is here
help-time = :time +3d — move the clock on; also: friday 9:00, 2026-12-01 10:00
help-file = :file — show the last file
help-help = :help — this list
help-quit = :quit — leave

welcome-title = Koffie
welcome-intro = A demo. The organisations are real, the people are invented.
welcome-who = You are { $name }. Type what you like, as in any chat.
welcome-try = Three things to try:
welcome-try-join = join
welcome-try-join-why = take part, in three questions
welcome-try-ask = who works on nitrogen at a water board?
welcome-try-ask-why = see whom you can talk to
welcome-try-as = :as NAME
welcome-try-as-why = be the other, and say yes
welcome-clock = The clock stands still until you move it with :time. :help tells what else there is.
bar-you = You are { $name }
bar-help = :help  ·  Ctrl-D leaves
goodbye = Goodbye.
other-file = type :file to read it
