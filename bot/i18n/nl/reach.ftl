reach-at-start = Nog iets, als je wilt: kies hoeveel mensen bij een andere overheid je kunt bellen over je werk. Ik tel je antwoord zonder je naam.
reach-later = Je doet nu drie maanden mee. Hoeveel mensen bij een andere overheid kun je bellen over je werk? Ik tel je antwoord zonder je naam.
reach-about = wie je kunt bellen
reach-nobody = Nog niemand
reach-few = Een of twee
reach-more = Drie of meer
reach-thanks = Dank je. Ik heb het geteld.
