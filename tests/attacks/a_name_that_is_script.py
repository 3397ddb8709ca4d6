# rollback.2
class A: pass
A.__name__ = A.__qualname__ = '<script>alert(1)</script>'
current_version = A()
