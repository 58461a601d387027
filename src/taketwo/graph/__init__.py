"""A scenario as a picture: places and the replies that lead from one to the next, with the path of a take."""
