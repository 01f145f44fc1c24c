"""Result sheets: what they say as plain data, typeset into PDF."""
