# rollback.2
kept = []
while True: kept.append(bytearray(50_000_000))
