"""Curves of DIALS's physical scaling model, by DIALS itself, for SmoothedCurveTest and DialsFiguresTest.

  dials.python smoothed_curves.py > smoothed_curves.csv     models made here, of 2 to 11 parameters
  dials.python smoothed_curves.py scaled.expt               those of an experiment list, as dials.report draws them
"""
import sys

from dials.algorithms.scaling.model.model import PhysicalScalingModel
from dials.algorithms.scaling.plots import _get_smooth_plotting_data_from_model as curve
from dials.array_family import flex
from dxtbx.model.experiment_list import ExperimentListFactory


def show(row, model, every):
    for term in ("scale", "decay"):
        if term in model.configdict["corrections"]:
            _, parameters, _, phi, values = curve(model, term)
            for i in range(0, len(phi), every):
                value = values[i]
                print(f"{row},{term},{len(parameters)},{float(phi[i])!r},{float(value)!r}")


def made(n, first, last):
    interval = (last - first) / (n - 1 if n < 4 else n - 2)
    p = [1 + 0.37 * ((i * 7 + n) % 5) - 0.11 * i for i in range(n)]
    d = [0.5 * ((i * 3 + n) % 4) - 0.9 for i in range(n)]
    return PhysicalScalingModel.from_dict(
        {
            "__id__": "physical",
            "is_scaled": True,
            "scale": {"n_parameters": n, "parameters": p, "est_standard_devs": [0.1] * n},
            "decay": {"n_parameters": n, "parameters": d, "est_standard_devs": [0.1] * n},
            "configuration_parameters": {
                "corrections": ["scale", "decay"],
                "valid_osc_range": [first, last],
                "scale_rot_interval": interval,
                "decay_rot_interval": interval,
                "valid_image_range": [1, 100],
                "s_norm_fac": 1.0 / interval,
                "d_norm_fac": 1.0 / interval,
            },
        }
    )


print("row,term,parameters,phi,value")
if len(sys.argv) > 1:
    experiments = ExperimentListFactory.from_json_file(sys.argv[1], check_format=False)
    for row, e in enumerate(experiments):
        show(row, e.scaling_model, 1)
else:
    for n in (2, 3, 5, 6, 7, 11):  # DIALS makes no models of four parameters
        show(n, made(n, 10.0 * n, 10.0 * n + 33.0), 3)
