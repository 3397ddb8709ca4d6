# rollback.2
while True: pass
