"""What whoever runs the server sees: faults, logs, metrics, memory. Imported from anywhere, imports nothing of the product."""
