"""What contradicts what, worst first, with the way to the cell."""
