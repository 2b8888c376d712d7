"""Tables that come in as CSV files and Excel workbooks, and schedules that go out as CSV."""
