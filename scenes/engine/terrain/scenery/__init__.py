"""What stands on a land besides all that is recorded: firs and boulders."""
