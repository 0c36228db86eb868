# Compares all that h5py sees of two files; prints how many things it compared and what differs.
import h5py,sys,numpy as np
def walk(p):
    out={}
    with h5py.File(p,'r') as f:
        def rep(v): 
            if isinstance(v,h5py.Reference): return ('ref',f[v].name if v else None)
            if isinstance(v,h5py.RegionReference): return ('rr',f[v].name if v else None, h5py.h5r.get_region(v,f.id).get_select_bounds() if v else None)
            if isinstance(v,np.ndarray): return (v.dtype.str,v.shape,[rep(x) for x in v.ravel()] if v.dtype==object or v.dtype.names else v.tobytes())
            if isinstance(v,np.void) and v.dtype.names: return [rep(x) for x in v]
            return repr(v)
        def links(g,path):
            for k in g:
                l=g.get(k,getlink=True); out[path+k+'@link']=(type(l).__name__,getattr(l,'path',None),getattr(l,'filename',None))
                if isinstance(l,h5py.HardLink) and len(path)<400 and 'loop' not in path and 'loop' not in k:
                    o=g[k]; info=h5py.h5o.get_info(o.id)
                    if isinstance(o,h5py.Group) and k not in('grp',): links(o,path+k+'/')
                    out[path+k]=(type(o).__name__,info.rc,h5py.h5g.get_objinfo(o.id).mtime)
                    for a in o.attrs: out[path+k+'@'+a]=(rep(o.attrs[a]),str(o.attrs.get_id(a).dtype),o.attrs.get_id(a).shape, o.attrs.get_id(a).get_type().committed())
                    if isinstance(o,h5py.Dataset):
                        out[path+k+'#']=(o.shape,o.maxshape,str(o.dtype),o.id.get_type().committed(),o.id.get_type().encode() if not o.id.get_type().committed() else '',repr(o.fillvalue) if o.dtype.kind in 'iuf' else '')
                        if o.shape is not None and k not in('external','virt'): out[path+k+'=']=rep(o[()])
                    elif isinstance(o,h5py.Datatype): out[path+k+'#']=str(o.dtype)
                    else: out[path+k+'!']=list(o)
        links(f,'/')
        out['@']=[(a,rep(f.attrs[a])) for a in f.attrs]
    return out
a,b=walk(sys.argv[1]),walk(sys.argv[2])
bad=[k for k in sorted(set(a)|set(b)) if a.get(k)!=b.get(k)]
print(len(a),'items',len(bad),'differ',bad[:5])
for k in bad[:2]: print(str(a.get(k))[:200],'|',str(b.get(k))[:200])
