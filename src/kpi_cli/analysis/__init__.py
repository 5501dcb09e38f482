"""Pure analysis: plan and day -> what every number is and how it came about."""
