"""How well the served pipeline understands people whose lines it has not seen."""
