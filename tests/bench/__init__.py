"""`make bench`: what a request costs, as a ratio to a bare Django view in the same run.

CPU of the web processes and of PostgreSQL together, at 1,000 and at 100,000 proposals. Ratios and
query counts hold between machines; absolute times do not.
"""
