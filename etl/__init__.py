"""Reads a committee's recurring SEND tables into one tidy, checked time series."""
