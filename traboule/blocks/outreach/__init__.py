"""Going towards people: contacts, calls, visits, individual messages, follow-up."""
