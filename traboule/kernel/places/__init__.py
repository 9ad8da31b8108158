"""Where things are: communes, priority neighbourhoods, addresses and distances."""
