"""What a user hands over: a file of Python with a loss, its closure, and an optimizer, as torch documents them."""
