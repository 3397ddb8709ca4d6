"""What a job and a kernel may use in the sandbox, and as whom they run there.

Used on both of its sides: where it is entered (isolate) and where it is made and tried (sandbox).
"""

#: Processes and threads that a job may have at a time, its supervisor included.
PROCESSES = 24
#: Bytes that a job or a kernel may write to files altogether, and how many files; both live in memory.
FILES = 64 << 20
INODES = 4096
#: Processes and threads of a kernel, and bytes of its address space.
KERNEL_PROCESSES, KERNEL_MEMORY = 64, 4 << 30
#: Host ids that own nothing, for when the instructor is root: RLIMIT_NPROC does not bind root.
NOBODY = 65534
