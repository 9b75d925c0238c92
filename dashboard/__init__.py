"""Shows the record: pages, pictures and reports, all made from the same views."""
