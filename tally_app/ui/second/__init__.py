"""Double entry on the screen: typing a form a second time, settling differences, and the list of units."""
