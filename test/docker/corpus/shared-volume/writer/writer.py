import os
import time

n = 0
while True:
    n += 1
    # write aside, then move: the reader never sees half a file
    with open('/exchange/.tmp', 'w') as f:
        f.write(f'<rate n="{n}"/>')
    os.rename('/exchange/.tmp', '/exchange/rate.xml')
    with open('/exchange/history', 'a') as f:
        f.write('x')
    time.sleep(1)
