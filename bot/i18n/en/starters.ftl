after-yes-why =
    { $count ->
        [2] Why you two?
       *[other] Why you?
    }
starter-intro = To begin with
starter-practice = Where does it go well in practice, and where does it chafe?
starter-notice = What will residents or businesses notice of your work?
starter-ordinary-day = What does an ordinary working day look like for you?
starter-surprise = What surprised you most in your work this year?
starter-missing = Who is still missing at the table, and what would they tell us?
starter-close-up = What would you like to see up close at the other's work?
starter-misread = What do others often get wrong about your work?
starter-small-step = Which small step would help as soon as next week?
starter-proud = Which moment in your work made you proud?
starter-not-written = What do you know from practice that no document says?
starter-word = Which word do you use every day that somebody else may read differently?
starter-first-year = What would you have liked to know in your first year here?
starter-how-started = Where did this task begin for you?
starter-not-known = What do you not know yet, and who would know?
starter-elsewhere = Which example from elsewhere shows another way?
starter-choice = Which choice is before you now, and what makes it hard?
starter-tried = What did you try already, and what did you learn from it?
starter-need = What do you need from another government to get further?
starter-on-paper = What is right on paper, but works differently outside?
starter-solve = What do you run into when you carry it out, and how do you solve that?
starter-better-than-thought = Which agreement works better than you thought, and why?
starter-differently = What would you do differently next time?
starter-stays = What must stay once this task is done?
starter-hand-over = What do you hand on to who comes after you?
starter-counter = How does a new rule arrive at the counter of a municipality?
starter-region = How does a national plan become a plan for your area?
starter-outdoors = What do you see outside that cannot be seen from behind a desk?
starter-same-area = Where do your plans touch in the same area?
starter-water-in-plan = When does water come up in a plan, and what gets better then?
starter-street-and-ditch = Where does your work meet: in which street, ditch or polder?
starter-met-in-practice = What do you meet when carrying it out that the policy still lacks?
