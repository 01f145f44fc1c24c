"""Sentences, in the reader's language. Everything below holds facts only."""
