"""The web storey: a Django project that stores documents, shows them and calls the library.

Belongs here: pages, storage, requests. Does not: rules, parsers or arithmetic of the field.
In this stage it is for one office on one computer: there are no accounts, and it listens on 127.0.0.1.
"""
