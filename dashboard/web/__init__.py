"""The web: addresses, documents, the API, and the server that gives them out."""
