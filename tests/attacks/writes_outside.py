# rollback.2
import os
written = []
for folder in ('/', '/tmp', '/var/tmp', '/dev/shm', '/dev', '/answers', '/course/checks', '/usr/lib', '/root', '/home', {IN!r}, {OUT!r}):
    try:
        os.makedirs(folder, exist_ok=True)
        open(folder + '/PWNED', 'w').write('x'); written.append(folder)
    except OSError: pass
current_version = written
