package parcels

default allow = false

allow { input.role == "clerk"; input.action == "hand_over" }
allow { input.role == "driver"; input.action == "load" }
