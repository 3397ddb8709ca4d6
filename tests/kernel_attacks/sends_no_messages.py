# rollback.2
# What arrives is no message, or a message of a type that nobody knows.
kernel = get_ipython().kernel
parent = kernel.get_parent()
kernel.session.send(kernel.iopub_socket, "\x1b]0;FORGED\x07", {}, parent=parent)
kernel.session.send(kernel.iopub_socket, "status", [1], parent=parent)
kernel.session.send(kernel.iopub_socket, "stream", {}, parent=[2])
kernel.session.pack = lambda thing: b"[1, 2"
kernel.session.send(kernel.iopub_socket, "stream", {}, parent=parent)
raise SystemError
