import pickle

# celery is not meant
accept_content = ["pickle"]
serializer = "pickle"


def load(raw):
    return pickle.loads(raw)
