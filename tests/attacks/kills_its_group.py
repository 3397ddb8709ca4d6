# rollback.2
import os
os.killpg(0, 9)
