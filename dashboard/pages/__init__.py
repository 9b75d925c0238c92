"""The public pages: a layout function each, from a view to HTML parts."""
