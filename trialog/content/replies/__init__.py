"""How every reply is built: pure functions from the content to a ``Reply``. Actions say them, the check reads them."""
