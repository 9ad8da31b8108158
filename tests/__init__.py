"""The house's rules as tests, the journeys of people, and what all tests share."""
