"""The ways in, chosen: what each command does once its words are understood. Every way returns an exit code."""
