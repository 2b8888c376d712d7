"""What is worked on: drafts with their past, and the list of cases that is found again by words."""
