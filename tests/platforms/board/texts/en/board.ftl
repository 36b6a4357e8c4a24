board-well = The board answers.
board-away = The board does not answer.
