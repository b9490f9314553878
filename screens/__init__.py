"""The glass: Kivy screens. Each renders a view of the core and emits intents; none knows a service.

Each `name.py` stands beside a `name.kv`: the Python file has the words, the kv file the layout.
"""
