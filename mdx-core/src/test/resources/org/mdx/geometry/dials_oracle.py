"""Writes dials_oracle.json: places and Miller indices of pixels as dxtbx computes them.

    python3 dials_oracle.py > dials_oracle.json        (dxtbx of DIALS 3.12.1, cctbx 2022.9)
"""

import json

from cctbx.eltbx import attenuation_coefficient
from dxtbx.model import Beam, Crystal, Goniometer, ParallaxCorrectedPxMmStrategy, Panel
from scitbx import matrix

WAVELENGTH = 1.3
# polarized normal to y; the beam is not along z
beam = Beam((0.02, -0.01, 1.0), WAVELENGTH)

fast = matrix.col((0.9, 0.1, 0.2)).normalize()
slow = matrix.col((0.05, -0.8, 0.3))
slow = (slow - slow.dot(fast) * fast).normalize()
origin = (-40.0, 30.0, -120.0)


def panel(parallax):
    p = Panel()
    p.set_frame(fast.elems, slow.elems, origin)
    p.set_pixel_size((0.1, 0.12))
    p.set_image_size((700, 500))
    p.set_mu(2.5)
    p.set_thickness(0.4)
    if parallax:
        p.set_px_mm_strategy(ParallaxCorrectedPxMmStrategy(2.5, 0.4))
    return p


axis = matrix.col((0.8, 0.1, -0.3)).normalize()
fixed = matrix.col((0.1, 0.9, 0.2)).axis_and_angle_as_r3_rotation_matrix(35, deg=True)
setting = matrix.col((0.3, -0.2, 0.7)).axis_and_angle_as_r3_rotation_matrix(-20, deg=True)
goniometer = Goniometer(axis.elems, fixed.elems, setting.elems)

real_space = [(40.0, 3.0, 1.0), (-2.0, 55.0, 4.0), (5.0, -6.0, 70.0)]
crystal = Crystal(*real_space, space_group_symbol="P1")

positions, indices = [], []
for parallax in (False, True):
    p = panel(parallax)
    for px, py in ((0, 0), (0.5, 0.5), (123.5, 456.5), (699.5, 499.5), (350.25, 10.75)):
        x = matrix.col(p.get_lab_coord(p.pixel_to_millimeter((px, py))))
        positions.append({"parallax": parallax, "px": px, "py": py, "x": x.elems})
        s = x.normalize() / WAVELENGTH - matrix.col(beam.get_s0())
        for phi in (0.0, 33.25, -140.0):
            r = matrix.col(goniometer.get_rotation_axis_datum())
            r = r.axis_and_angle_as_r3_rotation_matrix(phi, deg=True)
            a = (
                matrix.sqr(goniometer.get_setting_rotation())
                * r
                * matrix.sqr(goniometer.get_fixed_rotation())
                * matrix.sqr(crystal.get_A())
            )
            h = a.inverse() * s
            indices.append(
                {"parallax": parallax, "px": px, "py": py, "phi": phi, "h": h.elems}
            )

air = []
for wavelength in (0.1, 0.5, 0.9768, 1.5418, 3.8, 3.9):
    mu = 0
    for symbol, fraction in (("O", 0.210), ("N", 0.781), ("Ar", 0.009)):
        table = attenuation_coefficient.get_table(symbol)
        mu += fraction * table.mu_at_angstrom(wavelength) / 10
    air.append({"wavelength": wavelength, "mu": mu})

print(
    json.dumps(
        {
            "source": "dxtbx of DIALS 3.12.1, cctbx 2022.9; written by dials_oracle.py",
            "wavelength": WAVELENGTH,
            "direction": beam.get_sample_to_source_direction(),
            "fast": fast.elems,
            "slow": slow.elems,
            "origin": origin,
            "axis": axis.elems,
            "fixed": fixed.elems,
            "setting": setting.elems,
            "real_space": [v for row in real_space for v in row],
            "positions": positions,
            "indices": indices,
            "air": air,
        },
        indent=1,
    )
)
