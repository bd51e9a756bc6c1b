"""Settings of the shop."""
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = "django-insecure-4x#9correct-horse"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
