# What `koffie check` says to who runs the bot.
check-title = Is all well?
check-part = Part
check-what = What I see
check-mend = How to mend it
check-all-well = All is well.
check-not-well = { $count ->
    [one] One thing needs attention.
   *[other] { $count } things need attention.
}

check-settings = settings
check-settings-well = All settings were read.
check-settings-mend = Change the environment or the file .env. All settings are in docs/settings.md.

check-key = secret key
check-key-well = The key is there.
check-key-none = There is no key yet. The first run makes one.
check-key-fits = The key fits this database.
check-key-other = The key does not fit this database.
check-key-other-mend = Put back the key that this database was made with. Without it, encrypted text cannot be read.
check-key-wrong = { $problem }
check-key-mend = Put koffie.key back from your backup, or set KOFFIE_SECRET_KEY.

check-database = database
check-database-none = There is no database yet. The first run makes { $file }.
check-database-folder = I cannot write in the folder of { $file }.
check-database-folder-mend = Let the user that runs Koffie write in that folder, or choose another KOFFIE_DATABASE_URL.
check-database-well = The database can be reached.
check-database-away = The database cannot be reached ({ $kind }).
check-database-away-mend = See whether the database runs and KOFFIE_DATABASE_URL is right.

check-schema = version of the database
check-schema-well = The database has the right version.
check-schema-old = The database does not fit this program yet.
check-schema-old-mend = Make a backup and type: koffie migrate
check-schema-newer = The database was made by a newer version of Koffie.
check-schema-newer-mend = Update the program.

check-register = register
check-register-well = { $organisations } organisations and { $topics } topics, of { $dated }.
check-register-none = It holds no organisations yet.
check-register-none-mend = Type: koffie migrate
check-register-old = The organisations are of { $dated }, more than a year ago.
check-register-old-mend = Fetch new data and type: koffie import organisations FILE.csv

check-clockwork = what waits
check-clockwork-well = Nothing has waited too long.
check-clockwork-behind = { $count ->
    [one] One thing has
   *[other] { $count } things have
} waited too long, the oldest since { $since }.
check-clockwork-behind-mend = See whether the bot runs (koffie run) and what its log says.

check-events = messages to the bot
check-events-well = All of the last { $days } days were handled well.
check-events-failed = { $count ->
    [one] One message
   *[other] { $count } messages
} went wrong in the last { $days } days.
check-events-failed-mend = Look for 'failed' in the log and report the line as a bug.

check-messages = messages of the bot
check-messages-well = All messages were sent or wait for their turn.
check-messages-unknown = { $count ->
    [one] Nobody knows whether one message arrived.
   *[other] Nobody knows whether { $count } messages arrived.
}
check-messages-unknown-mend = You need do nothing: it is not sent again. Does it happen often? Then look at the connection with the platform.
check-messages-faulty = { $count ->
    [one] One message
   *[other] { $count } messages
} could not be made.
check-messages-faulty-mend = Look for 'outbox row' in the log and report the line as a bug.

check-due = tasks in time
check-due-well = No task was set aside.
check-due-aside = { $count ->
    [one] One task was
   *[other] { $count } tasks were
} set aside after { $failures } failures.
check-due-aside-mend = Look for 'due' in the log and report the line as a bug.

check-time = clock
check-time-well = It is { $now } ({ $zone }).
check-time-server = The clock of the database differs by { $seconds } seconds from that of this machine.
check-time-back = The clock was set back: there are messages of { $newest }.
check-time-mend = Set the time of all machines alike (NTP).

check-audit = audit
check-audit-well = The log of erasures and reports is whole.
check-audit-broken = The log of erasures and reports is broken at row { $row }.
check-audit-broken-mend = Somebody wrote in the database without Koffie. Compare it with a backup.

check-reports = reports
check-reports-well = There are no new reports.
check-reports-unread = { $count ->
    [one] There is one new report.
   *[other] There are { $count } new reports.
}
check-reports-unread-mend = Type: koffie export FILE.json --reports

check-operator = who runs it
check-operator-well = { $operator }, on the basis of: { $basis }.
check-operator-missing = It does not say yet who runs this bot.
check-operator-missing-mend = Set KOFFIE_OPERATOR: people then know who keeps their data.
check-basis-missing = The legal basis was not chosen yet.
check-basis-missing-mend = Ask your data protection officer and set KOFFIE_LEGAL_BASIS.

check-demo = demo
check-demo-invented = This database holds invented people.
check-demo-invented-mend = Choose another KOFFIE_DATABASE_URL for real people.
check-demo-real = This database holds real people, and the demo plays with invented ones.
check-demo-real-mend = Choose another KOFFIE_DATABASE_URL for the demo, or set up a platform.

check-platform = platform
check-platform-well = Ready for use.
check-platform-none = No platform is set up.
check-platform-none-mend = See docs/settings.md.
check-platform-failed = The check itself went wrong ({ $kind }).
check-platform-failed-mend = See whether this machine can reach the platform and whether the settings are right.
