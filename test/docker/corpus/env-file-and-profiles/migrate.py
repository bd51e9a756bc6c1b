import os
import sqlite3

path = os.environ['DATABASE_URL'].removeprefix('sqlite://')
os.makedirs(os.path.dirname(path), exist_ok=True)
with sqlite3.connect(path) as con:
    con.execute('create table if not exists people (name text)')
print('migrated', path)
