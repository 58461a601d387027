"""What to practise next: a programme of rounds, what a learner has done of it, and what follows from both.

`programme`, `progress`, `suggest` and `surprise` are pure: takes and time come in, a suggestion goes out. `source` and
`find` read files, `words` says it, `command` prints it.
"""
