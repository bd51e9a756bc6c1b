import configparser
from http.server import BaseHTTPRequestHandler, HTTPServer

conf = configparser.ConfigParser()
conf.read('/etc/greeter/app.conf')


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(conf['greeter']['greeting'].encode())


HTTPServer(('', 8000), Greeter).serve_forever()
