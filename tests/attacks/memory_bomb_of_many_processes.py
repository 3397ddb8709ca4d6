# rollback.2
import os, time
for _ in range(12):
    if os.fork() == 0: break
kept = bytearray(b'x') * 400_000_000
time.sleep(60)
