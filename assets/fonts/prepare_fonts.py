#!/usr/bin/env python3
"""Small steps around pyftsubset for the fonts in this folder.

Needs Python 3 and the package fonttools. See ../SOURCES.md for the order of the steps.

  prepare_fonts.py tabular IN OUT          digits 0-9 in the character map point to the tabular glyphs
  prepare_fonts.py compat IN OUT           add KS X 1001 compatibility hanja (U+F900..) that IN lacks,
                                           drawn with the glyph of the same unified character
  prepare_fonts.py rename IN OUT FAMILY STYLE   give the font another family name, keep its copyright
  prepare_fonts.py han-list                print the code points for the Han font
  prepare_fonts.py icon-list STYLE.CSS NAMES.TXT   print "name U+XXXX" for each icon named
"""

import re
import sys
import unicodedata


def euc(codec):
    """Every two-byte character of a 94x94 set."""
    found = set()
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode(codec)))
            except UnicodeDecodeError:
                pass
    return found


def hanja():
    """The 4,888 hanja of KS X 1001, the compatibility ones among them."""
    return {c for c in euc("euc_kr") if 0x4E00 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF}


def lookups(table, tag):
    """The single substitutions of one OpenType feature."""
    indices = {
        i
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for i in record.Feature.LookupListIndex
    }
    mapping = {}
    for index in sorted(indices):
        for sub in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(sub, "ExtSubTable", sub).mapping)
    return mapping


def tabular(font):
    figures = lookups(font["GSUB"].table, "tnum")
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap:
                table.cmap[code] = figures.get(table.cmap[code], table.cmap[code])
    advances = {font["hmtx"][font.getBestCmap()[c]][0] for c in range(0x30, 0x3A)}
    if len(advances) != 1:
        sys.exit(f"the digits are still not of one width: {sorted(advances)}")


def compat(font):
    best = font.getBestCmap()
    added = 0
    for code in sorted(hanja()):
        unified = ord(unicodedata.normalize("NFC", chr(code)))
        if code not in best and unified in best:
            for table in font["cmap"].tables:
                if table.isUnicode() and table.format in (4, 12):
                    table.cmap[code] = best[unified]
            added += 1
    print(f"{added} compatibility hanja added", file=sys.stderr)


def rename(font, family, style):
    names = font["name"]
    post_script = f"{family.replace(' ', '')}-{style}"
    plain = style == "Regular"
    values = {
        1: family if plain else f"{family} {style}",
        2: "Regular",
        3: f"{font['head'].fontRevision:.3f};{post_script}",
        4: family if plain else f"{family} {style}",
        6: post_script,
    }
    if not plain:
        values.update({16: family, 17: style})
    for name_id in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    for name_id, text in values.items():
        names.setName(text, name_id, 3, 1, 0x409)
    # The copyright and licence lines (0, 13, 14) stay as they are.
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [post_script]
        top = cff.topDictIndex[0]
        top.FullName = values[4]
        top.FamilyName = family


def main(args):
    if args == ["han-list"]:
        codes = euc("gb2312") | hanja() | set(range(0x20, 0x7F))
        print("\n".join(f"U+{c:04X}" for c in sorted(codes)))
        return
    if len(args) == 3 and args[0] == "icon-list":
        css = open(args[1], encoding="utf-8").read()
        code = dict(re.findall(r'\.ph\.ph-([a-z0-9-]+):before\s*{\s*content:\s*"\\([0-9a-f]+)"', css))
        for name in dict.fromkeys(open(args[2], encoding="utf-8").read().split()):
            if name in code:
                print(f"{name} U+{code[name].upper()}")
            else:
                print(f"no icon of the name {name}", file=sys.stderr)
        return
    from fontTools.ttLib import TTFont

    if len(args) < 3 or args[0] not in ("tabular", "compat", "rename"):
        sys.exit(__doc__)
    font = TTFont(args[1], recalcTimestamp=False)
    {"tabular": tabular, "compat": compat, "rename": rename}[args[0]](font, *args[3:])
    font.save(args[2])


if __name__ == "__main__":
    main(sys.argv[1:])
