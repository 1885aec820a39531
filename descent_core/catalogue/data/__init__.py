"""What losses are made of that was not drawn at random: tables that were typed in, each with its source."""
