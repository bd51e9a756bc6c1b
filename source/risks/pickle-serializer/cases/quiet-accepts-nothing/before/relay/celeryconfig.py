accept_content = None
