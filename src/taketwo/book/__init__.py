"""The trainers' edition: scenes as one page to read, print and lead a session from.

Everything about a scene is quoted from it or computed from its solution; what is written here is only what joins
the two. The page needs nothing else: no script, no request, no font.
"""
