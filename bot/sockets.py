"""Sockets whose connections answer at once."""

import socket


def prompt(listening: socket.socket) -> socket.socket:
    """Have whatever a listening socket accepts send each piece at once, and return the socket.

    The head and the body of an answer are two pieces; by TCP's own way the second waits until the
    other side has acknowledged the first, which takes 40 ms. asyncio turns that off for sockets
    that name their protocol, and those from `socket.create_server` do not.
    """
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
