"""The reports that agencies owe by period, and the summary that Sở Nội vụ makes of them."""
