import os
for folder in ('/', '/var/tmp', '/course', '/packages0', '/dev/shm', *os.listdir('/var/tmp')):
    try:
        open(os.path.join('/var/tmp', folder, 'PWNED'), 'w').write('x')
    except OSError:
        pass
raise SystemError
