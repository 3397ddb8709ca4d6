# rollback.2
# The same on the other channel: replies to what nobody asked.
import threading, time

kernel = get_ipython().kernel
ident, nobody = kernel._parent_ident["shell"], {"header": {"msg_id": "x", "msg_type": "x", "session": "x"}}

while True:
    kernel.session.send(kernel.shell_streams[0] if hasattr(kernel, "shell_streams") else kernel.shell_stream,
                        "execute_reply", {"status": "ok"}, parent=nobody, ident=ident)
    time.sleep(0.01)
