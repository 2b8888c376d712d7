"""Schedules of costs: what a version holds, how a file is read into one, searched, and compared with another."""
