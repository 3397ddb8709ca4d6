# rollback.2
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open('/tmp/daemon', 'a').write('x'); time.sleep(0.01)
    os._exit(0)
