"""A trainer and a learner in two terminals, or a class: one log each, of one session, held by the trainer's program.

What is said between the terminals (`protocol`), who may see what (`seats`), and both ends as plain objects (`host`,
`guest`) know no socket and no screen; `server` and `client` carry their text over the network.
"""
