"""A dark room with a dartboard, and what is thrown at it."""
