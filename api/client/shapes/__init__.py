"""What goes over the wire, a module per part of the API. Made by api/client_making.py of the API's description; not edited by hand."""
