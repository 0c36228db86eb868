"""Cuts small tables out of the files that mdx2 1.0.4 wrote: python3 subset.py MDX2_FOLDER OUT_FOLDER

Rows are kept whole and in their order; types, attributes and names stay as mdx2 wrote them. Needs h5py.
"""

import os
import sys

import h5py
import numpy as np

source, out = sys.argv[1:]
TABLE = "entry/hkl_table"


def copy(name, to, keep):
    """Copies a file of one table with the rows for which keep is true."""
    with h5py.File(os.path.join(source, name)) as a, h5py.File(os.path.join(out, to), "w") as b:
        for k, v in a.attrs.items():
            if k == "mdx2_version":
                b.attrs[k] = v
        b.create_group("entry").attrs.update(a["entry"].attrs)
        b.create_group(TABLE).attrs.update(a[TABLE].attrs)
        for column, values in a[TABLE].items():
            rows = values[()] if column == "ndiv" else values[()][keep]
            b[TABLE].create_dataset(column, data=rows, compression="gzip", shuffle=True)
            b[TABLE][column].attrs.update(values.attrs)


def voxels(name):
    """Rows of about one voxel in 80, the same voxels in every table."""
    with h5py.File(os.path.join(source, name)) as f:
        h, k, l = (np.rint(3 * f[TABLE][c][()].astype(float)).astype(int) for c in "hkl")
        return (7919 * h + 104729 * k + 1299709 * l) % 80 == 0


# every 160th row before and after the correction, which goes row by row
with h5py.File(os.path.join(source, "split_0/integrated.nxs")) as f:
    some = np.arange(f[TABLE]["h"].shape[0]) % 160 == 0
copy("split_0/integrated.nxs", "integrated_0.nxs", some)
copy("split_0/corrected.nxs", "corrected_0.nxs", some)
# all observations of some voxels of both sweeps, and what became of them: voxels are merged one by one
for i in (0, 1):
    name = f"split_{i}/corrected.nxs"
    copy(name, f"observations_{i}.nxs", voxels(name))
copy("exact/merged.nxs", "merged.nxs", voxels("exact/merged.nxs"))

# the corrections of the detector, on mdx2's own grid of 10 pixels
with h5py.File(os.path.join(source, "split_0/geometry.nxs")) as a:
    with h5py.File(os.path.join(out, "corrections_0.nxs"), "w") as b:
        b.attrs["mdx2_version"] = a.attrs["mdx2_version"]
        b.create_group("entry").attrs.update(a["entry"].attrs)
        a.copy("entry/corrections", b["entry"])
