"""People: accounts of private persons and brands, who follows whom, who blocked whom.

May import images, live, web and below. Accounts themselves (sign-up, sign-in, passwords,
e-mail addresses, second factors) are django-allauth's; accounts.py is our glue to it.
Begin with models.py, then relations.py for the deeds.
"""
