from celery import Celery

app = Celery('tasks', broker='redis://redis:6379/0')
app.conf.task_serializer = 'json'
app.conf.accept_content = ['json']


@app.task
def thumbnail(name):
    with open('/thumbs/' + name, 'w') as f:
        f.write('small ' + name)
