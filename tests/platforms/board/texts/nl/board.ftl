board-well = Het bord antwoordt.
board-away = Het bord antwoordt niet.
