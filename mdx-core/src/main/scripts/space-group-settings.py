"""Writes resources/org/mdx/crystal/settings.tsv: the 530 tabulated settings of the 230 space groups.

Needs cctbx (any version with sgtbx). One line per setting, in the order of International Tables:
number, Hall symbol, Hermann-Mauguin symbol with its extension, Schoenflies symbol, tab separated.
Nothing else is tabulated: operators and all that follows from them come from the Hall symbol.

    python3 space-group-settings.py > ../resources/org/mdx/crystal/settings.tsv
"""

from cctbx import sgtbx

for s in sgtbx.space_group_symbol_iterator():
    print(s.number(), s.hall().strip(), s.universal_hermann_mauguin(), s.schoenflies(), sep="\t")
