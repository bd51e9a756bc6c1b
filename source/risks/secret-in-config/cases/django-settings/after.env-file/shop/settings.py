"""Settings of the shop."""
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = os.environ["SECRET_KEY"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
