"""The design system: page, components, stylesheet and small behaviours; it knows no model."""
