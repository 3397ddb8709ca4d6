# rollback.2
import os
os._exit(0)
