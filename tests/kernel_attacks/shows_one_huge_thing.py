# rollback.2
# One message of 500 MB.
kernel = get_ipython().kernel
kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": "x" * (500 << 20)})
raise SystemError
