# rollback.2
import socket
current_version = []
for family, address in ((socket.AF_INET, ('127.0.0.1', {PORT})), (socket.AF_UNIX, '\0workbook-attack')):
    try:
        s = socket.socket(family); s.settimeout(1)
        s.connect(address); s.send(b'hello'); current_version.append('connected')
    except OSError: pass
