"""Makes the page's font and the printer's fonts from their published packages (maintenance only).

``python prepare.py VARIABLE_FILES STATIC_FILES`` takes the ``files`` folders of the npm packages
``@fontsource-variable/atkinson-hyperlegible-next`` and ``@fontsource/atkinson-hyperlegible-next``.
"""

# mypy: disable-error-code="import-untyped"

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
FAMILY = "Atkinson Hyperlegible Next"
STYLES = {"Regular": "400-normal", "Bold": "700-normal", "Italic": "400-italic"}
PAGE_CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸ‘’‚“”„‹›–—•…€−\u2009\u202f\u2011"),
]
STAND_INS = {0x202F: 0x2009, 0x2011: 0x2D}
"""Characters of French typography that the font lacks, and those whose shape is theirs."""


def add_stand_ins(font: TTFont) -> None:
    """Give the narrow no-break space and the no-break hyphen the shapes of their twins."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            for missing, twin in STAND_INS.items():
                table.cmap.setdefault(missing, table.cmap[twin])


def page_font(files: Path) -> None:
    """One variable file, from regular to bold, with French and English characters."""
    font = TTFont(files / "atkinson-hyperlegible-next-latin-wght-normal.woff2")
    add_stand_ins(font)
    options = Options(hinting=False, layout_features=["kern", "locl", "ccmp", "tnum"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=PAGE_CHARACTERS)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": (400, 700)})
    font.flavor = "woff2"
    font.save(HERE.parent / "static/ui/fonts/atkinson-hyperlegible-next.woff2")


def printer_font(files: Path, style: str, source: str) -> None:
    """One static TrueType file under the family name that the typesetter asks for."""
    parts = []
    for subset in ("latin", "latin-ext"):
        part = TTFont(files / f"atkinson-hyperlegible-next-{subset}-{source}.woff2")
        part.flavor = None
        path = HERE / f"{subset}.part"
        part.save(path)
        parts.append(path)
    font = Merger().merge([str(path) for path in parts])
    for path in parts:
        path.unlink()
    add_stand_ins(font)
    for name_id, text in {
        1: FAMILY,
        2: style,
        4: f"{FAMILY} {style}",
        6: f"AtkinsonHyperlegibleNext-{style}",
    }.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    for name_id in (16, 17, 25):
        font["name"].removeNames(nameID=name_id)
    font.save(HERE / f"AtkinsonHyperlegibleNext-{style}.ttf")


if __name__ == "__main__":
    variable_files, static_files = map(Path, sys.argv[1:])
    page_font(variable_files)
    for style, source in STYLES.items():
        printer_font(static_files, style, source)
