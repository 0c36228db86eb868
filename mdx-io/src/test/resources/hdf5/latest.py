"""Makes latest.h5 and shared-names.h5, as h5py 3.16.0 with HDF5 2.0.0 wrote it; its types are of version 5."""
import h5py
import numpy as np

with h5py.File('latest.h5', 'w', libver='latest') as f:
    f['plain'] = np.arange(5, dtype='i4')
    g = f.create_group('entry')
    g.attrs['NX_class'] = 'NXentry'
    g.attrs['angle'] = 1.5
    d = g.create_dataset('grow', (6, 4, 5), 'u2', chunks=(1, 4, 5), maxshape=(None, 4, 5),
                         compression=1, shuffle=True)
    for i in range(6):
        if i != 1:
            d[i] = 100 * i + np.arange(20).reshape(4, 5)
    g['flags'] = np.array([True, False])
    g['name'] = 'text'
    g['pairs'] = np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])
    layout = h5py.VirtualLayout((5,), 'i4')
    layout[:] = h5py.VirtualSource('.', 'plain', (5,))
    g.create_virtual_dataset('virtual', layout)

parts = [(0, 'longdatasetname'), (1, 'longdatasetname'), (0, 'otherdatasetname'),
         (1, 'longdatasetname'), (0, 'longdatasetname'), (1, 'otherdatasetname')]
with h5py.File('shared-names.h5', 'w', libver='latest') as f:
    layout = h5py.VirtualLayout((24,), 'i4')
    for i, (number, name) in enumerate(parts):
        layout[4 * i:4 * i + 4] = h5py.VirtualSource(f'sourcefile{number}.h5', name, (4,))
    f.create_virtual_dataset('v', layout)
