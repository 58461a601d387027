"""The trainer's weighted rating of a take, what it comes to, and how far raters agree.

A form is read from a file; ratings are events in the take; everything else is computed from these two. Nothing here
drives a take or makes a sentence for another room: the words about ratings stand in `words`.
"""
