from tests.tools.emptied import shop as shop
