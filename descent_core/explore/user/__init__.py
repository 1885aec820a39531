"""What a user hands over beside a loss: an optimizer, named or made, and closures as they are written for one."""
