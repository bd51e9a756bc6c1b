import os

SECRET_KEY = os.environ['SECRET_KEY']
PASSWORD_HASHERS = ['django.contrib.auth.hashers.PBKDF2PasswordHasher']
PASSWORD_RESET_TIMEOUT = 3600
CSRF_COOKIE_NAME = 'token'
LOGIN_URL = '/login/'
token = 'a-local-name'
