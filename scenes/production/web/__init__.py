"""Web pages: the page of a film, and the front page of the series."""
