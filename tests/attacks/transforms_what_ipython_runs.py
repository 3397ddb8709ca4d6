# rollback.3
get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])
get_ipython().ast_transformers.append(object())
rollback_version = 'v1'
