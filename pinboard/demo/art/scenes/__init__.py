"""The tables: per interest, which motif is painted with which palette and proportions."""
