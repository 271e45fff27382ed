"""Web pages: the page in a file, what of it is the document and what the site, and its tables on a grid."""
