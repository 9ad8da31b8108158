"""Everything that is printed: the sheet, the booklet and the wall map, as tagged PDF."""
