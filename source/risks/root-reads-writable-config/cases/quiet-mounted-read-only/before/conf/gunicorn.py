user = 1000
group = 1000
