reach-at-start = One more thing, if you like: choose how many people at another government you can call about your work. I count your answer without your name.
reach-later = You joined three months ago. How many people at another government can you call about your work? I count your answer without your name.
reach-about = whom you can call
reach-nobody = Nobody yet
reach-few = One or two
reach-more = Three or more
reach-thanks = Thank you. I counted it.
