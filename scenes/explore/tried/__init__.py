"""What can be tried on a loss of one's own: the bench below its film, and the picture of where walks end."""
