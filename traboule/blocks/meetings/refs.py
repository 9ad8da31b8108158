"""How addresses name a meeting: « 2026-3 », the third of that year."""


class Ref:
    """A year and a number, as one word of an address."""

    regex = r"[0-9]{4}-[1-9][0-9]{0,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    """A year, in four figures."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"
