"""A mail server and an SMS provider, for codes that people sign in with."""
