"""Helping an author: a new scenario, a draft from a call, a scenario that is read again while it is played, a schema.

Nothing here prints or asks: the ways in do. Nothing here is needed to play a scenario that is finished.
"""
