"""Writes sensor_attenuation.txt, the X-ray attenuation coefficients of the materials of sensors.

The numbers are those of J. H. Hubbell and S. M. Seltzer, "Tables of X-Ray Mass Attenuation
Coefficients", NISTIR 5632 (1995), in the public domain, as tabulated in cctbx
(cctbx.eltbx.attenuation_coefficient), which is where DIALS takes them.

    python3 src/main/scripts/sensor_attenuation.py > src/main/resources/org/mdx/geometry/sensor_attenuation.txt

with cctbx 2022.9.
"""

from cctbx.eltbx import attenuation_coefficient

print("# X-ray attenuation coefficients of the materials of sensors, written by sensor_attenuation.py.")
print("# Source: Hubbell & Seltzer, NISTIR 5632 (1995), as tabulated in cctbx 2022.9.")
print("# A line 'element symbol density' (g/cm3), then lines 'energy mu/rho' (MeV, cm2/g);")
print("# an energy that is there twice is an absorption edge.")
for symbol in ("Si", "Ge", "GaAs", "CdTe"):
    table = attenuation_coefficient.get_table(symbol)
    print("element", symbol, repr(table.density()))
    for energy, mu_rho in zip(table.energy(), table.mu_rho()):
        print(repr(energy), repr(mu_rho))
