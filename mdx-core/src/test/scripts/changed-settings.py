"""Writes resources/org/mdx/crystal/changed-settings.tsv: space groups in settings nobody tabulated.

Random changes of basis of tabulated settings and a few odd symbols, as cctbx understands them.
Columns: Hall symbol with change of basis; number; order; 1 if centrosymmetric; Laue class; CRC-32 of
the sorted operators (translations between 0 and 1, joined by blanks); cctbx's own Hall and
Hermann-Mauguin symbols of the group; for each index of HKL 1 if absent; for each its epsilon.

    python3 changed-settings.py > ../resources/org/mdx/crystal/changed-settings.tsv     (cctbx 2021.12)
"""

import random
from zlib import crc32

from cctbx import sgtbx

HKL = [(0, 0, 1), (0, 0, 2), (0, 1, 0), (1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1),
       (1, 1, 1), (1, -1, 0), (0, 1, -1), (1, 0, -1), (2, 1, 0), (0, 3, 1), (1, 2, 3), (0, 0, 4),
       (-2, 4, 0), (3, 3, 0), (0, 2, 2), (-1, 2, 1)]
ODD = ["P 1n", "P 2y'", "-P 31", "H 3", "F 4", "F 4 2", "P -1", "-P", "P 2 3",
       "P 4 3", "C 2y (x+y,-x+y,z)", "P 31 2 (x,y,z+1/3)", "P 4 (x,y,z+1/12)", "p_2AC_2ab",
       "P 2 2x", 'P 2"', "F 2 2 3 (-x+y+z,x-y+z,x+y-z)",
       "I 2 2 3 (y+z,x+z,x+y)", "P 61", "P 21", "C 4", "I 3* 2"]

random.seed(2)
rows = [s.hall().strip() for s in sgtbx.space_group_symbol_iterator()]
symbols = list(ODD)
while len(symbols) < 130:
    base = random.choice(rows)
    if "(" in base:
        continue
    m = [1, 0, 0, 0, 1, 0, 0, 0, 1]
    for _ in range(random.randint(1, 4)):
        i, j = random.sample(range(3), 2)
        f = random.choice((-1, 1))
        for k in range(3):
            m[3 * i + k] += f * m[3 * j + k]
    r = sgtbx.rot_mx(m)
    t = [random.choice((0, 0, random.randint(-11, 11))) for _ in range(3)]
    change = sgtbx.rt_mx(r, sgtbx.tr_vec(t, 12))
    symbols.append("%s (%s)" % (base, change.as_xyz()))

for symbol in symbols:
    g = sgtbx.space_group(symbol)
    ops = sorted(op.mod_positive().as_xyz() for op in g.all_ops())
    try:
        t = g.type()
        names = (t.hall_symbol().strip(), t.lookup_symbol())
    except RuntimeError:
        continue
    print(
        symbol,
        t.number(),
        g.order_z(),
        int(g.is_centric()),
        g.laue_group_type(),
        crc32(" ".join(ops).encode()),
        *names,
        "".join(str(int(g.is_sys_absent(h))) for h in HKL),
        " ".join(str(g.epsilon(h)) for h in HKL),
        sep="\t",
    )
