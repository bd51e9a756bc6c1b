import os
import sqlite3

from flask import Flask, request

app = Flask(__name__, instance_relative_config=True)
os.makedirs(app.instance_path, exist_ok=True)
DB = os.path.join(app.instance_path, 'dev.sqlite')


def rows(sql, *values):
    with sqlite3.connect(DB) as con:
        con.execute('create table if not exists log (line text)')
        return con.execute(sql, values).fetchall()


@app.get('/')
def index():
    return {'lines': [r[0] for r in rows('select line from log')]}


@app.post('/')
def add():
    rows('insert into log values (?)', request.get_data(as_text=True))
    return '', 204
