import os
reload = False
preload_app = os.environ.get('PRELOAD') == '1'
