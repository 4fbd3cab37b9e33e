"""What a person should know: one row per person, kind and target, with a count.

May import people and below. Other rooms call telling.tell(); nobody writes rows themselves.
"""
