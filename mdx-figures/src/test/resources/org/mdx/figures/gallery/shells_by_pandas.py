"""Numbers behind the figures of shells, by pandas alone, for ShellParityTest.

python3 shells_by_pandas.py merged.nxs merged_friedel.nxs crystal1.nxs crystal2.nxs geometry.nxs
prints series,s,value: each shell of 0.01 1/Å of voxels on reflections (halo) and of the others (rest).
"""
import sys

import h5py
import numpy as np
import pandas as pd


def table(path):
    with h5py.File(path) as f:
        group = f["entry/hkl_table"]
        return pd.DataFrame({k: group[k][()].astype("f8") for k in group if k != "ndiv"})


merged, friedel, one, two = (table(p) for p in sys.argv[1:5])
with h5py.File(sys.argv[5]) as f:
    a, b, c, al, be, ga = f["entry/crystal/unit_cell"][()]
al, be, ga = np.radians([al, be, ga])
g = np.array([[a * a, a * b * np.cos(ga), a * c * np.cos(be)],
              [a * b * np.cos(ga), b * b, b * c * np.cos(al)],
              [a * c * np.cos(be), b * c * np.cos(al), c * c]])
gstar = np.linalg.inv(g)


def prepare(t):
    hkl = t[["h", "k", "l"]].to_numpy()
    t["s"] = np.sqrt(np.einsum("ij,jk,ik->i", hkl, gstar, hkl))
    t["shell"] = np.floor(t.s / 0.01).astype(int)
    integral = (np.abs(hkl - np.rint(hkl)) < 1e-6).all(axis=1)
    even = np.rint(hkl.sum(axis=1)).astype(int) % 2 == 0  # I 21 3: h + k + l odd is absent
    t["kind"] = np.where(integral & even, "halo", "rest")
    return t[np.isfinite(t.intensity)]


def show(name, s, values):
    for x, v in zip(s, values):
        if np.isfinite(v):
            print(f"{name},{float(x)!r},{float(v)!r}")


def pearson(x, y):
    return np.corrcoef(x, y)[0, 1] if len(x) > 2 and np.std(x) > 0 and np.std(y) > 0 else np.nan


def halves(t):
    t = t[np.isfinite(t.group_0_intensity) & np.isfinite(t.group_1_intensity)]
    return pearson(t.group_0_intensity, t.group_1_intensity)


merged, friedel, one, two = map(prepare, (merged, friedel, one, two))
for kind in ("halo", "rest"):
    shells = merged[merged.kind == kind].groupby("shell")
    s = shells.s.mean()
    show(f"mean {kind}", s, shells.intensity.mean())
    show(f"std {kind}", s, shells.intensity.std())
    show(f"CC half {kind}", s, [halves(t) for _, t in shells])
    mates = friedel[friedel.kind == kind].groupby("shell")
    show(f"CC_Friedel {kind}", mates.s.mean(), [halves(t) for _, t in mates])
    both = one[one.kind == kind].merge(two[two.kind == kind], on=["h", "k", "l"])
    common = both.groupby("shell_x")
    middle = [(n + 0.5) * 0.01 for n, _ in common]
    show(f"CC_rep {kind}", middle, [pearson(t.intensity_x, t.intensity_y) for _, t in common])

shells = merged.groupby("shell")
average, place = [], []
for _, t in shells:
    v = np.sort(t.intensity.to_numpy())
    n = len(v)
    off = 0 if n < 20 else int(np.rint(0.1 * n))
    if n >= 10 and v.mean() / t.intensity_error.mean() >= 1:
        average.append(v[off:n - off].mean())
        place.append(t.s.mean())
show("isotropic", place, average)
