"""The state machine: position, moves, commands, events; `decide` and `evolve`. Pure: no clock, no file, no chance."""
