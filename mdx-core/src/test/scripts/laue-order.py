"""Writes resources/org/mdx/crystal/laue-order.tsv: in which order cctbx has the operators.

One line per tabulated setting: Hall symbol, CRC-32 of the operators of the tidy group (translations
between 0 and 1), CRC-32 of the rotations of its derived Laue group; texts joined by blanks.

    python3 laue-order.py > ../resources/org/mdx/crystal/laue-order.tsv       (made with cctbx 2021.12)
"""

from zlib import crc32

from cctbx import sgtbx


def crc(ops):
    return crc32(" ".join(op.as_xyz() for op in ops).encode())


for s in sgtbx.space_group_symbol_iterator():
    g = sgtbx.space_group(s.hall())
    g.make_tidy()
    print(
        s.hall().strip(),
        crc([op.mod_positive() for op in g.all_ops()]),
        crc([op.r() for op in g.build_derived_laue_group().all_ops()]),
        sep="\t",
    )
