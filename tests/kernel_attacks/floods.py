# rollback.2
# Outputs of 4 MB without end: who reads them runs out of memory.
kernel = get_ipython().kernel
while True:
    kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": "x" * (4 << 20)})
