"""The standard copy of a document as PDF, drawn with ReportLab."""
