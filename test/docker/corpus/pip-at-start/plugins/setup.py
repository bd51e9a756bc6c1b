from setuptools import setup

setup(name='house-plugins', version='0.1', py_modules=['house_plugins'])
