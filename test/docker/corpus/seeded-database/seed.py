import os, sqlite3
os.makedirs('db', exist_ok=True)
con = sqlite3.connect('db/shop.db')
con.execute('create table orders (item text)')
con.execute("insert into orders values ('the first one')")
con.commit()
