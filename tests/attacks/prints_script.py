# rollback.4
print('</code></pre><script>alert(1)</script><svg onload=alert(1)><img src=x onerror=alert(1)>')
