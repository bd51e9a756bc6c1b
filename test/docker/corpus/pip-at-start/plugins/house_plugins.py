GREETING = 'from the plugins'
