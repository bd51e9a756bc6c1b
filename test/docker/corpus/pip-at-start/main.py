from http.server import BaseHTTPRequestHandler, HTTPServer

import house_plugins


class Main(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(house_plugins.GREETING.encode())


HTTPServer(('', 8000), Main).serve_forever()
