#!/usr/bin/env python3
"""Builds the bundled fonts from Inter in the npm package inter-ui 4.1.1 (SIL OFL 1.1).

    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    python3 build_fonts.py package ../main/resources/dev/tidemark/resources/fonts

Needs fonttools 4.38 and brotli (Debian: python3-fonttools python3-brotli). Not part of the build. JavaFX
loads no WOFF2 and cannot enable font features. So this script converts the fonts, keeps only the scripts
that the bundles and most European texts need, and creates one font with tabular figures. It renames the
fonts, so that an installed Inter does not replace them.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2AF), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
    (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x27BF), (0xFFFD, 0xFFFD),
]
CUTS = [
    # source, file, family, style, tabular figures
    ("web/Inter-Regular.woff2", "inter-regular.ttf", "Tidemark Inter", "Regular", False),
    ("web/Inter-SemiBold.woff2", "inter-bold.ttf", "Tidemark Inter", "Bold", False),
    ("web/Inter-Italic.woff2", "inter-italic.ttf", "Tidemark Inter", "Italic", False),
    ("web/Inter-Medium.woff2", "inter-medium.ttf", "Tidemark Inter Medium", "Regular", False),
    ("web/Inter-Regular.woff2", "inter-tabular.ttf", "Tidemark Inter Tabular", "Regular", True),
    ("display/InterDisplay-SemiBold.woff2", "inter-display.ttf", "Tidemark Inter Display", "Regular", False),
]


def freeze(font: TTFont, tag: str) -> int:
    """Maps characters to the glyphs that the font feature would substitute."""
    table = font["GSUB"].table
    lookups = {i for f in table.FeatureList.FeatureRecord if f.FeatureTag == tag for i in f.Feature.LookupListIndex}
    mapping = {}
    for index in sorted(lookups):
        for sub in table.LookupList.Lookup[index].SubTable:
            sub = getattr(sub, "ExtSubTable", sub)
            mapping.update(getattr(sub, "mapping", {}))
    count = 0
    for cmap in font["cmap"].tables:
        for code, glyph in list(cmap.cmap.items()):
            if glyph in mapping and (0x30 <= code <= 0x39 or code in (0x20, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A)):
                cmap.cmap[code] = mapping[glyph]
                count += 1
    return count


def rename(font: TTFont, family: str, style: str) -> None:
    full = family if style == "Regular" else f"{family} {style}"
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 5, 7, 8, 9, 11, 12, 13, 14)]
    for name_id, text in ((1, family), (2, style), (3, f"{full} 4.1.1"), (4, full), (6, full.replace(" ", ""))):
        table.setName(text, name_id, 3, 1, 0x409)
        table.setName(text, name_id, 1, 0, 0)
    font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    selection = {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01}[style]
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | selection
    font["head"].macStyle = {"Regular": 0, "Bold": 1, "Italic": 2}[style]


def main(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path, file, family, style, tabular in CUTS:
        font = TTFont(source / path)
        if tabular:
            print(file, "tabular characters:", freeze(font, "tnum"))
        options = subset.Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "calt"]
        options.hinting = False
        options.name_IDs = ["*"]
        options.notdef_outline = True
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
        subsetter.subset(font)
        rename(font, family, style)
        font.flavor = None
        font.save(target / file)
        widths = {font["hmtx"][font.getBestCmap()[0x30 + d]][0] for d in range(10)}
        print(file, (target / file).stat().st_size, "digit widths", sorted(widths))


main(Path(sys.argv[1]), Path(sys.argv[2]))
