"""What sources state, side by side: typed, pasted or imported, each compared with what is computed."""
