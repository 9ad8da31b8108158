"""What the exchange of homes measures."""

from traboule.kernel.spaces.blocks import Indicator

INDICATORS: tuple[Indicator, ...] = ()
