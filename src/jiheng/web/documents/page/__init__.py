"""How a reading is shown: documents and findings become sections, tables, cells and notes beside them.

Belongs here: what stands where on the page. Does not: judging, computing, looking up.
"""
