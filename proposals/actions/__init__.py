"""What can be done with a proposal, one module for each part of its road."""
