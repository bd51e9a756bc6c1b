API_TOKEN = 'correct-horse-42'
