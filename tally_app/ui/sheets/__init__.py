"""Result sheets in the window: looked at, printed, saved."""
