import os
for pid in (-1, 0, 1):
    os.kill(pid, 9)
