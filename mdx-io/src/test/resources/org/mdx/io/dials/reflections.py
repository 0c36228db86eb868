"""Makes small.refl, small_2.pickle and small_4.pickle with DIALS (3.12), for ReflectionFileTest:

    cd mdx-io/src/test/resources/org/mdx/io/dials && /usr/bin/python3 reflections.py

Three reflections with a column of each type. Text is only in the pickles: of text in a .refl DIALS
writes addresses in memory.
"""

import pickle

from dials.array_family import flex
from dials.model.data import Shoebox

t = flex.reflection_table()
t["id"] = flex.int([0, 1, -1])
t["flags"] = flex.size_t([4, 32 + 4 + 1, 2**26 + 512])
t["entering"] = flex.bool([True, False, True])
t["d"] = flex.double([1.5, -0.1, -1e300])
t["vec2"] = flex.vec2_double([(1, 2), (3, 4), (5, 6.25)])
t["xyzobs.px.value"] = flex.vec3_double([(1, 2, 0.5), (-0.001, 1e-310, 1.5), (7, 8, 300.25)])
t["ub"] = flex.mat3_double([tuple(range(9)), tuple(range(9, 18)), tuple(range(18, 27))])
t["bbox"] = flex.int6([(0, 2, 0, 1, 3, 4), (-5, -3, 2, 4, 0, 3), (0, 0, 0, 0, 0, 0)])
t["miller_index"] = flex.miller_index([(1, -2, 3), (0, 0, 300), (-70000, 2**31 - 1, 0)])
s = Shoebox(1, (-5, -3, 2, 4, 0, 3))
s.allocate()
for i in range(12):
    z, y, x = i // 4, i // 2 % 2, i % 2
    s.data[z, y, x] = i + 0.5
    s.mask[z, y, x] = i % 8
    s.background[z, y, x] = 0.25 * i - 1
t["shoebox"] = flex.shoebox([Shoebox(0, (0, 2, 0, 1, 3, 4)), s, Shoebox()])
t.experiment_identifiers()[0] = "a-0"
t.experiment_identifiers()[1] = "b-1"
t.as_msgpack_file("small.refl")
t["text"] = flex.std_string(["a", "", "more than fifteen characters"])
for protocol in (2, 4):
    with open("small_%d.pickle" % protocol, "wb") as f:
        pickle.dump(t, f, protocol=protocol)
