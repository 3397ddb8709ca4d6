# rollback.4
for _ in range(1000): print('x' * 100_000)
