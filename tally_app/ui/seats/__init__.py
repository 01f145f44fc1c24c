"""Seats as votes are typed: a region's seats and quotients, and the chamber."""
