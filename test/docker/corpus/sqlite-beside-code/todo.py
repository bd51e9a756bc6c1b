import sqlite3
from flask import Flask, g, request

app = Flask(__name__)
DATABASE = 'todo.sqlite3'


def get_db():
    if 'db' not in g:
        g.db = sqlite3.connect(DATABASE)
    return g.db


with sqlite3.connect(DATABASE) as con:
    con.execute('CREATE TABLE IF NOT EXISTS todo (id INTEGER PRIMARY KEY, what TEXT)')


@app.route('/')
def todo():
    rows = get_db().execute('SELECT what FROM todo').fetchall()
    return '<br>'.join(r[0] for r in rows)


@app.route('/', methods=['POST'])
def add():
    get_db().execute('INSERT INTO todo (what) VALUES (?)', (request.get_data(as_text=True),))
    get_db().commit()
    return '', 204
