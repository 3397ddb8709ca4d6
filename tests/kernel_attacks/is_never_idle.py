# rollback.2
# Says something all the time and never that it is done: who waits from message to message waits for ever.
import threading, time

kernel = get_ipython().kernel
nobody = {"header": {"msg_id": "x", "msg_type": "execute_request", "session": "x"}}

def talk():
    while True:
        kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "busy"}, parent=nobody)
        time.sleep(0.02)

type(kernel)._publish_status = lambda *a, **kw: None
threading.Thread(target=talk, daemon=True).start()
