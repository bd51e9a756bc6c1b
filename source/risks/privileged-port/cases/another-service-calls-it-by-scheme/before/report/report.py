from urllib.request import urlopen

print(urlopen("https://books.internal/entries").read())
