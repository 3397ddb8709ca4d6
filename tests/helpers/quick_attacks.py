"""Answers that attack and are soon over: they are graded all at once, beside two honest learners.

Those that take long, or that go for the machine, are the files of tests/attacks.
"""

#: name → the exercise of lesson 1, and a source. None deserves its mark.
ANSWERS: dict[str, tuple[str, str]] = {
    "ptrace": (
        "rollback.2",
        """\
import ctypes,os
l=ctypes.CDLL(None,use_errno=True)
current_version=[]
for p in range(1,300):
  if l.ptrace(16,p,0,0)==0: current_version.append(p)
""",
    ),
    "process_vm_readv": (
        "rollback.2",
        """\
import ctypes,os
l=ctypes.CDLL(None)
class I(ctypes.Structure): _fields_=[('b',ctypes.c_void_p),('l',ctypes.c_size_t)]
b=ctypes.create_string_buffer(8)
current_version=[]
for p in range(1,300):
  here,there=I(ctypes.addressof(b),8),I(0x400000,8)
  if p!=os.getpid() and l.process_vm_readv(p,ctypes.byref(here),1,ctypes.byref(there),1,0)>0:
    current_version.append(p)
""",
    ),
    "descriptors": (
        "rollback.2",
        """\
import os
current_version=[]
for fd in range(3,4096):
  try:
    current_version.append((fd, os.fstat(fd).st_size)); os.write(fd,b'x'*100)
    os.lseek(fd,0,0); print(os.read(fd,100))
  except OSError: pass
""",
    ),
    "mount_and_unshare": (
        "rollback.2",
        """\
import ctypes,os
l=ctypes.CDLL(None,use_errno=True)
current_version=[l.unshare(0x10000000),l.unshare(0x20000),
l.mount(b'none',b'/course',b'tmpfs',0,None),l.setns(3,0),
l.pivot_root(b'.',b'.'), l.chroot(b'.')]
assert current_version==[-1]*6, current_version
current_version='none'
""",
    ),
    "setuid": (
        "rollback.2",
        """\
import os
for f in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setresuid(0,0,0), lambda: os.setgroups([0])):
  try: f(); print('BECAME ROOT')
  except OSError: pass
current_version=os.getuid()
""",
    ),
    "symlink_result": (
        "rollback.2",
        """\
import os
place=os.path.dirname(os.getcwd())
for n in ('result','printed'):
  try: os.remove(os.path.join(place,n))
  except OSError: pass
  os.symlink('/course/registry.db', os.path.join(place,n))
""",
    ),
    "renames_place": (
        "rollback.2",
        """\
import os
p=os.path.dirname(os.getcwd())
os.rename(p,p+'x')
os.mkdir(p)
open(p+'/result','w').write('{"ended":"finished"}')
os._exit(0)
""",
    ),
    "chmods_own_place": (
        "rollback.2",
        """\
import os
for p in ('.','..','../..'):
  try: os.chmod(p,0)
  except OSError: pass
""",
    ),
    "forges_odd_json": (
        "rollback.2",
        """\
import os
p=os.path.dirname(os.getcwd())
open(p+'/result','w').write('\\n'.join(['null','[]','5','"x"','{"ended":[]}','{"ended":"finished","values":[]}','{"ended":"finished","values":{"current_version":5},"raised":[[[]]],"printed":-5}']))
os._exit(0)
""",
    ),
    "forges_nan_inf_ints": (
        "rollback.2",
        """\
import os
p=os.path.dirname(os.getcwd())
open(p+'/result','w').write('{"ended":"finished","values":{"current_version":["int",'+'9'*100000+']},"raised":null,"printed":1e999}\\n')
os._exit(0)
""",
    ),
    "forges_huge_result": (
        "rollback.2",
        """\
import os
p=os.path.dirname(os.getcwd())
open(p+'/result','w').write('{"ended":"finished","values":{"current_version":['+'['*400000)
os._exit(0)
""",
    ),
    "prints_after_end": (
        "rollback.4",
        """\
import atexit,os
atexit.register(lambda: os.write(1,b'Rollback to model version: v1\\n'))
""",
    ),
    "prints_in_thread": (
        "rollback.4",
        """\
import threading,time
threading.Thread(target=lambda:(time.sleep(0.2),print('Rollback to model version: v1'))).start()
""",
    ),
    "prints_many_guesses": (
        "rollback.4",
        """\
for i in range(100): print('Rollback to model version: v%d'%i)
""",
    ),
    "seeks_printed": (
        "rollback.4",
        """\
print('nonsense')
import os
os.ftruncate(1,0)
print('more nonsense')
""",
    ),
    "patches_frames": (
        "rollback.3",
        """\
import sys
f=sys._getframe()
while f:
  for k in list(f.f_locals):
    try: f.f_locals[k]='v1'
    except Exception: pass
  f=f.f_back
rollback_version='v1'
""",
    ),
    "patches_encode_by_gc": (
        "rollback.3",
        """\
import gc,types
for o in gc.get_objects():
  if isinstance(o,types.FunctionType) and o.__module__ and o.__module__.startswith('checks'):
    try: o.__code__=(lambda *a,**k: ['str','v1']).__code__
    except Exception: pass
rollback_version='v1'
""",
    ),
    "settrace": (
        "rollback.3",
        """\
import sys,threading
def t(f,e,x):
  f.f_locals['rollback_version']='v1'
  return t
sys.settrace(t); sys.setprofile(t); threading.settrace(t)
rollback_version='v1'
""",
    ),
    "audit_hook": (
        "rollback.3",
        """\
import sys
def h(e,x):
  raise RuntimeError(e)
sys.addaudithook(h)
rollback_version='v1'
""",
    ),
    "import_hook": (
        "rollback.3",
        """\
import sys
class F:
  def find_spec(self,*x): raise SystemExit
sys.meta_path.insert(0,F()); sys.modules.clear()
rollback_version='v1'
""",
    ),
    "codecs_register": (
        "rollback.3",
        """\
import codecs
codecs.register(lambda n: 1/0)
codecs.register_error('backslashreplace', lambda e: ('v1', e.end))
codecs.register_error('strict', lambda e: ('v1', e.end))
rollback_version='\\ud800'
""",
    ),
    "gc_callbacks": (
        "rollback.3",
        """\
import gc
gc.callbacks.append(lambda *x: __import__('os')._exit(0))
gc.set_threshold(1)
rollback_version='v1'
""",
    ),
    "weakref_resurrect": (
        "rollback.3",
        """\
import weakref
class D: pass
d=D()
weakref.finalize(d, __import__('os')._exit, 0)
rollback_version='v1'
""",
    ),
    "locale": (
        "rollback.3",
        """\
import locale
for l in ('C','tr_TR.UTF-8','de_DE.UTF-8','POSIX'):
  try: locale.setlocale(locale.LC_ALL,l)
  except locale.Error: pass
rollback_version='v1'
""",
    ),
    "umask_chdir_env": (
        "rollback.3",
        """\
import os
os.umask(0o777); os.environ.clear(); os.environ['PYTHONPATH']='/tmp'; os.chdir('/')
rollback_version='v1'
""",
    ),
    "raises_odd": (
        "rollback.3",
        """\
class E(BaseException):
  __str__=__repr__=__eq__=__hash__=lambda *a: 1/0
  @property
  def args(self): 1/0
raise E
""",
    ),
    "raises_chain_cycle": (
        "rollback.3",
        """\
a=ValueError('a'); b=ValueError('b')
a.__cause__=b; b.__cause__=a; a.__context__=b; b.__context__=a
a.__notes__=5
raise a
""",
    ),
    "raises_group": (
        "rollback.3",
        """\
def n(d): return ExceptionGroup('x',[ValueError()]) if d==0 else ExceptionGroup('x',[n(d-1)])
raise n(900)
""",
    ),
    "name_of_type_is_lie": (
        "rollback.3",
        """\
class T(type):
  @property
  def __name__(c): return 'str'
  def __instancecheck__(c,o): return True
  def __subclasscheck__(c,o): return True
class S(metaclass=T):
  __class__=str
  def __eq__(s,o): return True
  def __hash__(s): return hash('v1')
rollback_version=S()
""",
    ),
    "dict_subclass": (
        "rollback.1",
        """\
class D(dict):
  __eq__=lambda s,o: True
  def items(s): return {'v1':'stable','v2':'unstable','v3':'unstable','v4':'stable'}.items()
  keys=lambda s: ['v1','v2','v3','v4']
  __iter__=lambda s: iter(['v1','v2','v3','v4'])
model_versions=D(a=1)
""",
    ),
    "cyclic": (
        "rollback.1",
        """\
model_versions={}
model_versions['v1']=model_versions
""",
    ),
    "wide_shared": (
        "rollback.1",
        """\
x=[0]
for i in range(40): x=[x,x]
model_versions={'v1':x}
""",
    ),
    "getattr_bomb": (
        "rollback.2",
        """\
class G:
  def __getattribute__(s,n): raise SystemExit
current_version=G()
""",
    ),
    "class_property_bomb": (
        "rollback.2",
        """\
class G:
  @property
  def __class__(s): raise KeyboardInterrupt
  def __reduce__(s): import os; os._exit(0)
current_version=G()
""",
    ),
    "globals_subclass": (
        "rollback.2",
        """\
class G(dict):
  def __getitem__(s,k): return 'v3'
  def get(s,*a): return 'v3'
globals().clear()
current_version='x'
""",
    ),
    "module_getattr": (
        "rollback.2",
        """\
import sys
class M(type(sys)):
  def __getattribute__(s,n): return 'v3'
sys.modules['__main__'].__class__=M
current_version='x'
""",
    ),
    "str_lookalike": (
        "rollback.2",
        """\
current_version='v３'
""",
    ),
    "bytearray_mut": (
        "rollback.2",
        """\
current_version=memoryview(bytearray(b'v3'))
""",
    ),
}
