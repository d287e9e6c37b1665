"""The app and live reports in a browser, on loopback, for whoever has the link.

access.py lets nobody else in, terminal.py relays the app (textual-serve), live.py follows studies by their logs,
pictures.py keeps their pictures, pages.py answers with all of it, and server.py holds it together.
"""
