"""Pages of the studio: each module answers the requests of one group of addresses."""
