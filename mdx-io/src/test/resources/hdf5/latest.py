"""Makes latest.h5 and shared-names.h5, as h5py 3.16.0 with HDF5 2.0.0 wrote it; its types are of version 5."""
import h5py
import numpy as np

with h5py.File('latest.h5', 'w', libver='latest') as f:
    f['a'] = np.arange(5, dtype='i4')
    f.create_dataset('c', data=np.arange(12, dtype='u2').reshape(3, 4), chunks=(1, 4), maxshape=(None, 4))
    f['e'] = np.array([True, False])
    f['t'] = 'text'
    f.attrs['x'] = 1.5

parts = [(0, 'longdatasetname'), (1, 'longdatasetname'), (0, 'otherdatasetname'),
         (1, 'longdatasetname'), (0, 'longdatasetname'), (1, 'otherdatasetname')]
with h5py.File('shared-names.h5', 'w', libver='latest') as f:
    layout = h5py.VirtualLayout((24,), 'i4')
    for i, (number, name) in enumerate(parts):
        layout[4 * i:4 * i + 4] = h5py.VirtualSource(f'sourcefile{number}.h5', name, (4,))
    f.create_virtual_dataset('v', layout)
