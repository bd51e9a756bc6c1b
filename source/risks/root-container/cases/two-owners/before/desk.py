print('desk')
