"""One command of `manage.py` a file; the file's name is what one types."""
