"""One module for each kind of page. A view names the page, asks, and passes on."""
