# NBVAL_SKIP
raise SystemError
