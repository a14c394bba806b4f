"""What Trialog costs, measured: `make bench`, `make bench-stock`, `make soak`."""
