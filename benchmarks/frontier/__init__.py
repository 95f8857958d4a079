"""What the frontier costs: a request, a start, memory."""
