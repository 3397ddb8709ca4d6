import os
for folder in ('/', '/tmp', '/course', '/packages0', '/dev/shm', *os.listdir('/tmp')):
    try:
        open(os.path.join('/tmp', folder, 'PWNED'), 'w').write('x')
    except OSError:
        pass
raise SystemError
