"""The studio: a local web application that leads from a manuscript to its editions, for people without a terminal.

`server` starts it, `application` lists its pages, `protection` decides which requests are answered, `uploads` accepts
files, `workspace` is its folder, `database` its state, and `jobs` run the use cases of `service` in the background.
All pages are rendered on the server and work without a script.
"""
