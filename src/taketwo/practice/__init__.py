"""What to practise next: a programme of rounds, what a learner has done of it, and what follows from both.

Everything here but `source` and `find` is pure: takes and time come in, a suggestion goes out.
"""
