"""A page that shows a scene while it is written: its beats' pictures, drawn anew at each save."""
