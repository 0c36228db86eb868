# Files with everything that h5py can make: groups, links, types, layouts, filters, attributes.
# Arguments: folder, 'lzf' to use a filter that other programs do not know.
import h5py, numpy as np, sys
from h5py import h5f,h5p,h5t,h5d,h5s
LZF = len(sys.argv) > 2
def fill(f, latest):
    rng=np.random.default_rng(1)
    img=rng.poisson(3,(64,48,23)).astype('u2')
    g=f.create_group('Data/Image/abc')
    d=g.create_dataset('Data',data=img,chunks=(64,48,1),maxshape=(64,48,None)); d.attrs['unit']='counts'; d.attrs['big']=np.arange(100,dtype='>i4'); d.attrs['ref']=g.ref
    md=np.zeros((6000,23),'u1'); md[:40]=65
    m=g.create_dataset('Metadata',data=md,chunks=(6000,1),maxshape=(6000,None)); m.attrs['x']='vlen text ä'
    g.create_dataset('FrameLookupTable',data=np.arange(23,dtype='u4'),chunks=(1,),maxshape=(None,))
    for i,(name,dt) in enumerate([('i2','<i2'),('i2be','>i2'),('u4','<u4'),('i4be','>i4'),('f4','<f4'),('f8','<f8'),('u1','u1'),('u8','<u8')]):
        a=rng.poisson(50,(33,17,11)).astype(dt); a[0,0,0]=-3 if dt[-2]!='u' else 7
        e=f.create_group('Data/Image/'+name); e.create_dataset('Data',data=a); e['Data'].attrs['k']=i   # contiguous, frame fastest
        e.create_dataset('Metadata',data=np.full((100,11),i,'u1'))
    f.create_dataset('Data/Image/tiles/Data',data=rng.poisson(9,(40,50,37)).astype('u2'),chunks=(16,16,8))
    f.create_dataset('Data/Image/tilesgz/Data',data=rng.poisson(9,(40,50,37)).astype('u2'),chunks=(16,16,8),compression='gzip',shuffle=True,fletcher32=True,maxshape=(None,None,None) if not latest else None)
    if LZF: f.create_dataset('Data/Image/lzf/Data',data=rng.poisson(9,(40,50,37)).astype('u2'),chunks=(40,50,1),compression='lzf')
    f.create_dataset('Data/Image/gz/Data',data=rng.poisson(9,(40,50,37)).astype('u2'),chunks=(40,50,1),compression='gzip',maxshape=(40,50,None))
    sp=f.create_dataset('Data/Image/sparse/Data',shape=(40,50,37),dtype='u2',chunks=(40,50,1),fillvalue=7); sp[:,:,5]=3
    f.create_dataset('Data/Image/empty/Data',shape=(40,50,0),dtype='u2',chunks=(40,50,1),maxshape=(40,50,None))
    f.create_dataset('entry/frames',data=rng.poisson(9,(12,30,31)).astype('i4'))
    f.create_dataset('entry/framesc',data=rng.poisson(9,(12,30,31)).astype('i4'),chunks=(5,7,9),maxshape=(None,30,31))
    t=f.create_group('types')
    ct=np.dtype([('a','<i4'),('b','>f8'),('s','S5'),('arr','<u2',(3,2)),('v',h5py.string_dtype()),('r',h5py.ref_dtype)])
    c=np.zeros(5,ct); c['a']=range(5); c['s']=b'xyz'
    for i in range(5): c['v'][i]='text %d'%i; c['r'][i]=f['Data/Image/abc/Data'].ref
    t.create_dataset('compound',data=c)
    t.create_dataset('compoundchunk',data=c,chunks=(2,),maxshape=(None,))
    t.create_dataset('enum',data=np.array([0,1,2,1],'i1'),dtype=h5py.enum_dtype({'A':0,'Bee':1,'C':2},'i1'))
    t.create_dataset('bool',data=np.array([True,False]))
    t.create_dataset('complex',data=np.array([1+2j,3-1j]))
    t.create_dataset('vstr',data=['a','','ccc'*1000,'日本'],dtype=h5py.string_dtype())
    va=t.create_dataset('varr',(4,),dtype=h5py.vlen_dtype('<i4')); va[0]=[1,2,3]; va[2]=list(range(5000))
    va=t.create_dataset('varrc',(4,),dtype=h5py.vlen_dtype('<f8'),chunks=(3,),maxshape=(None,)); va[0]=[1,2,3]; va[3]=np.arange(7000)
    t.create_dataset('fstr',data=np.array([b'abc',b'de'],'S7'))
    t.create_dataset('fixutf',(2,),dtype=h5py.string_dtype('utf-8',10))
    t.create_dataset('opaque',data=np.array([b'12',b'34'],dtype='V2'))
    t.create_dataset('dt',data=np.array(['2020-01-01','2021-03-04'],'M8[s]').astype(h5py.opaque_dtype('M8[s]')))
    t.create_dataset('arr',data=np.zeros((3,),np.dtype(('<f4',(2,2)))))
    t.create_dataset('refs',data=np.array([f['Data'].ref,f['Data/Image/abc/Data'].ref,f['Data/Image/abc/Metadata'].ref],dtype=h5py.ref_dtype),dtype=h5py.ref_dtype)
    rr=t.create_dataset('regrefs',(3,),dtype=h5py.regionref_dtype); rr[0]=f['Data/Image/abc/Data'].regionref[3:10,2:4,1]; rr[1]=f['types/fstr'].regionref[1:2]
    t.create_dataset('null',data=h5py.Empty('f4')); t.create_dataset('scalar',data=3.5); t.attrs['empty']=h5py.Empty('i4'); t.create_dataset('sstr',data='scalar text')
    t.create_dataset('f2',data=np.array([1,2.5],'f2')); 
    tid=h5t.STD_B16LE.copy(); s=h5s.create_simple((4,)); dd=h5d.create(t.id,b'bitfield',tid,s); 
    f['named']=np.dtype('<i8'); t.create_dataset('usesnamed',data=[1,2,3],dtype=f['named']); t.attrs.create('named',7,dtype=f['named'])
    f['namedc']=np.dtype([('x','<f4'),('y','<i2')]); t.create_dataset('usesc',(3,),dtype=f['namedc']); f['namedc'].attrs['on type']='t'
    t.create_dataset('fill',shape=(100,),dtype='i4',fillvalue=-9,chunks=(10,)); t['fill'][5]=1
    t.create_dataset('szip' if False else 'so',data=np.arange(1000,dtype='i4'),chunks=(100,),scaleoffset=0)
    t.create_dataset('gz',data=np.arange(100000,dtype='i8'),chunks=(1000,),compression='gzip',shuffle=True,fletcher32=True,maxshape=(None,))
    t.create_dataset('big2d',data=np.arange(300*200).reshape(300,200),chunks=(7,9),maxshape=(None,None))
    t.create_dataset('big1u',data=np.arange(300*200).reshape(300,200),chunks=(7,9),maxshape=(None,200))
    t.create_dataset('long1u',data=np.arange(5000),chunks=(1,),maxshape=(None,))
    t.create_dataset('longgz1u',data=np.arange(5000),chunks=(2,),maxshape=(None,),compression='gzip')
    t.create_dataset('longfix',data=np.arange(5000),chunks=(1,))
    t.create_dataset('single',data=np.arange(50),chunks=(50,))
    t.create_dataset('singlegz',data=np.arange(50),chunks=(50,),compression='gzip')
    try: LZF and t.create_dataset('lzfo',data=np.arange(5000),chunks=(500,),compression='lzf')
    except Exception as e: print(e)
    p=h5p.create(h5p.DATASET_CREATE); p.set_layout(h5d.COMPACT); dd=h5d.create(t.id,b'compact',h5t.NATIVE_INT32,h5s.create_simple((10,)),p); dd.write(h5s.ALL,h5s.ALL,np.arange(10,dtype='i4'))
    l=f.create_group('links'); l['hard']=f['types/scalar']; l['hardstack']=f['Data/Image/abc/Data']; l['soft']=h5py.SoftLink('/types/scalar'); l['dang']=h5py.SoftLink('/nowhere'); l['ext']=h5py.ExternalLink('other.h5','/x'); l['grp']=f['types']
    l['hardgrouploop']=f['/']
    f.create_group('emptygroup')
    many=f.create_group('many')
    for i in range(700): many.create_group('g%05d'%i)
    order=f.create_group('order',track_order=True)
    for i in range(40): order['z%02d'%(39-i)]=i; 
    for i in range(30): order.attrs['q%02d'%(29-i)]=i
    am=f.create_dataset('attrs',data=1)
    for i in range(300): am.attrs['attr%04d'%i]='value %d'%i
    am.attrs['ref']=f['Data/Image/abc/Data'].ref
    if latest:
        am.attrs['huge']=np.arange(20000); f['types'].attrs['huge2']=np.arange(70000)
        big=f.create_group('manyattr')
        for i in range(60): big.attrs['h%d'%i]=np.arange(400+i)
        big.attrs['vl']='variable'
        f.create_dataset('vstrgzempty',(0,),dtype=h5py.string_dtype(),chunks=(10,),maxshape=(None,))
    else: am.attrs['sixtyK']=np.arange(8000)
    deep=f
    for i in range(50): deep=deep.create_group('d')
    if latest:
        if f.libver[1]!='v108': lay=h5py.VirtualLayout((5,),'i8'); lay[:]=h5py.VirtualSource('other.h5','x',(5,)); f.create_virtual_dataset('virt',lay)
    e=h5p.create(h5p.DATASET_CREATE); e.set_external(b'raw.bin',0,40); h5d.create(f.id,b'external',h5t.NATIVE_INT32,h5s.create_simple((10,)),e)
out=sys.argv[1]
for name,lv,ub in [('earliest',('earliest','latest'),0),('latest','latest',0),('v108',('earliest','v108'),0),('v108l',('v108','v108'),0),('ub',('earliest','latest'),512),('ubl','latest',2048)]:
    kw=dict(userblock_size=ub) if ub else {}
    with h5py.File(f'{out}/{name}.h5','w',libver=lv,**kw) as f: fill(f, name in('latest','v108l','ubl'))
    if ub:
        with open(f'{out}/{name}.h5','r+b') as f: f.write(b'USERBLOCK'*20)
with h5py.File(f'{out}/page.h5','w',libver='latest',fs_strategy='page',fs_page_size=4096) as f: fill(f,True)
fc=h5p.create(h5p.FILE_CREATE); fc.set_sym_k(8,9) if hasattr(fc,'set_sym_k') else None
try: fc.set_istore_k(7) if hasattr(fc,'set_istore_k') else None
except Exception as e: print(e)
fid=h5f.create(f'{out}/k.h5'.encode(),h5f.ACC_TRUNC,fc); f=h5py.File(fid); fill(f,False); f.close()
with h5py.File(f'{out}/modified.h5','w') as f: fill(f,False)
with h5py.File(f'{out}/modified.h5','r+') as f:
    for i in range(0,700,3): del f['many/g%05d'%i]
    del f['types/gz']; f['types/vstr'][1]='new longer text'*50
    for i in range(0,300,2): del f['attrs'].attrs['attr%04d'%i]
with h5py.File(f'{out}/modlatest.h5','w',libver='latest') as f: fill(f,True)
with h5py.File(f'{out}/modlatest.h5','r+',libver='latest') as f:
    for i in range(0,700,3): del f['many/g%05d'%i]
    del f['types/gz']; f['types/vstr'][1]='new longer text'*50
    for i in range(0,300,2): del f['attrs'].attrs['attr%04d'%i]
    del f['manyattr'].attrs['h3']
