// React as it is built: its development form takes twice as long, and nobody is given it. Imported before anything else.
process.env['NODE_ENV'] = 'production';
