"""What is done with homes, as people read it in what is held on them."""

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    # The stock and its checks.
    # Listings.
    # Finding, contacts and visits.
    # Exchanges and their files.
)
